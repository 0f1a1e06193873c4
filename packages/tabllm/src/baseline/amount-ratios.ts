/** Ratios of two columns of amounts, such as debt per income: what a sum over columns does not say. */
import { featureColumns } from '../schema/feature-columns.ts';
import { readColumn } from '../schema/read-value.ts';
import type { TableSchema } from '../schema/table-schema.ts';

export interface AmountRatio {
  /** Places of the columns, that of the amounts and that of those that they are divided by. */
  readonly index: number;
  readonly per: number;
  /** Of each row; null where there is none. */
  readonly ratios: readonly (number | null)[];
}

/** Columns that are compared: 190 ratios. */
const MOST_COLUMNS = 20;
/** A number of fewer different values is a grade or a count rather than an amount. */
const FEWEST_VALUES = 10;
/** Share of the numbers that others are divided by which have to be above 0. */
const ABOVE_ZERO = 0.98;

/**
 * Of each two columns of amounts one, what is larger in most rows below, so that most ratios lie between 0 and 1.
 * @param rows cells in the schema's order
 */
export function amountRatios(
  schema: TableSchema,
  rows: readonly (readonly string[])[],
): readonly AmountRatio[] {
  const columns = featureColumns(schema)
    .filter(({ column }) => column.kind === 'numeric')
    .flatMap(({ index }) => {
      const amounts = readColumn(index, schema, rows);
      const known = amounts.filter((amount) => amount !== null);
      if (new Set(known).size < FEWEST_VALUES) return [];
      const divides = known.filter((amount) => amount > 0).length >= ABOVE_ZERO * known.length;
      return [{ index, amounts, divides }];
    })
    .slice(0, MOST_COLUMNS);
  return columns.flatMap((a, i) =>
    columns.slice(i + 1).flatMap((b): AmountRatio[] => {
      if (!a.divides && !b.divides) return [];
      const isBelow = a.divides && !(b.divides && isMostlyLess(a.amounts, b.amounts));
      const [above, below] = isBelow ? [b, a] : [a, b];
      const ratios = ratiosOf(above.amounts, below.amounts);
      return [{ index: above.index, per: below.index, ratios }];
    }),
  );
}

function isMostlyLess(a: readonly (number | null)[], b: readonly (number | null)[]): boolean {
  const signs = a.map((one, row) => {
    const other = b[row] ?? null;
    return one === null || other === null ? 0 : Math.sign(other - one);
  });
  return signs.reduce<number>((sum, sign) => sum + sign, 0) > 0;
}

/** Of each row; null where there is none. */
export function ratiosOf(
  amounts: readonly (number | null)[],
  per: readonly (number | null)[],
): (number | null)[] {
  return amounts.map((amount, row) => ratioOf(amount, per[row] ?? null));
}

/** null without either, where the one below is not above 0, and where a number cannot hold it. */
export function ratioOf(amount: number | null, per: number | null): number | null {
  if (amount === null || per === null || per <= 0) return null;
  const ratio = amount / per;
  return Number.isFinite(ratio) ? ratio : null;
}
