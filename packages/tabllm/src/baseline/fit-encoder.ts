/**
 * What is learned of columns before rows become numbers. The rich encoding adds what is cheap to know of a
 * table without labels: rank scores of numbers, columns for numbers that stand out (0 of a capital gain, −1
 * for never), a column for whether there is a number at all, the order of categories that have one, parts of the
 * calendar and days between two dates, and the words and topics of free text, with what a language model makes of it
 * where one is given. Whether some of them count is decided by labels, see `tellingViews`. Means, ranks and
 * categories may come from rows without labels, too: with 4 labels that is worth .03 of AUC.
 */
import { featureColumns } from '../schema/feature-columns.ts';
import { missingTest } from '../schema/missing.ts';
import { readColumn } from '../schema/read-value.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import { gapsMayTell } from '../schema/telling-gaps.ts';
import { wordOrder } from '../schema/word-order.ts';
import type { TextStates } from '../scoring/text-states.ts';
import { type AmountRatio, ratiosOf } from './amount-ratios.ts';
import { calendarParts } from './calendar.ts';
import type { EncodedColumn } from './encoder.ts';
import { fitTextMeanings } from './fit-text-meanings.ts';
import { fitTextTopics } from './fit-text-topics.ts';
import { coreMoments, moments } from './moments.ts';
import { fitRankScores } from './rank-scores.ts';
import { DIFFERENCES_FROM, sideDifferences } from './side-differences.ts';
import { timeSpans } from './time-spans.ts';

/**
 * A number's two views weigh as much as one, and two different categories as two standard deviations:
 * chosen on the means over the nine tables of the TabLLM paper, 4 to 128 labels.
 */
const HALF = Math.SQRT1_2;
const CATEGORY = Math.SQRT2;
/** Chosen on six of the tables with numbers taken out, at random or more often of one class. */
const NO_NUMBER = 0.5;
const LIMIT = 2;
/** Where numbers lie far out of all others, they are drawn in to so many standard deviations of these. */
const FAR_LIMIT = 10;
/** A number stands out if so many rows have it, and so many times as many as have a common one. */
const STANDS_OUT = { share: 0.04, times: 4, most: 3, among: 15 };

/**
 * @param rows all rows that there are, labelled or not
 * @param encoding 'rich-and-far': of which no number is drawn in, unless it lies far out of all others, for
 * quantities may grow with it
 * @param states the language model that reads text; null: none does
 */
export function fitEncoder(
  schema: TableSchema,
  rows: readonly (readonly string[])[],
  encoding: 'plain' | 'rich' | 'rich-and-far' = 'plain',
  states: TextStates | null = null,
): readonly EncodedColumn[] {
  const isMissing = missingTest(schema.missing);
  const features = featureColumns(schema);
  const texts = features.filter(({ column }) => column.kind === 'text').length;
  const own = features.flatMap(({ column, index }): EncodedColumn[] => {
    if (column.kind === 'numeric' || column.kind === 'date') {
      const values = readColumn(index, schema, rows);
      const known = values.filter((value) => value !== null);
      if (encoding === 'plain') {
        return [{ index, weight: 1, ...scaleOf(known, encoding) }];
      }
      return [
        ...numberViews({ index }, values, encoding),
        ...(gapsMayTell(known.length, values.length - known.length)
          ? [{ index, weight: NO_NUMBER, kind: 'no-number' } as const]
          : []),
        ...(column.kind === 'date'
          ? calendarParts(column, known).map(
              (part): EncodedColumn => ({ index, weight: 1, kind: 'calendar', part }),
            )
          : []),
      ];
    }
    const written = rows.map((row) => row[index] ?? '').filter((cell) => !isMissing(cell));
    if (column.kind === 'text') {
      if (encoding === 'plain') return [];
      const text = fitTextTopics(written, texts);
      if (text === null) return [];
      const meanings = states && fitTextMeanings(states.model, states.read(written), texts);
      return [{ index, weight: CATEGORY, kind: 'text', ...text, meanings }];
    }
    // Another table may have other words for yes and no.
    const counts = countOf(
      column.kind === 'boolean'
        ? written.filter((cell) => cell === column.yes || cell === column.no)
        : written,
    );
    const values = [...counts.keys()].sort();
    if (encoding === 'plain') return [{ index, weight: 1, kind: 'one-hot', values }];
    return [{ index, weight: CATEGORY, kind: 'one-hot', values }, ...ordered(index, counts)];
  });
  if (encoding === 'plain') return own;
  const spans = timeSpans(schema, rows).flatMap(({ index, since, days }) =>
    numberViews({ index, since }, days, encoding),
  );
  return [...own, ...spans];
}

/** What is learned of a ratio of two columns. @param rows, encoding as of the columns themselves */
export function fitRatio(
  { index, per }: Pick<AmountRatio, 'index' | 'per'>,
  schema: TableSchema,
  rows: readonly (readonly string[])[],
  encoding: 'rich' | 'rich-and-far',
): readonly EncodedColumn[] {
  const ratios = ratiosOf(readColumn(index, schema, rows), readColumn(per, schema, rows));
  return numberViews({ index, per }, ratios, encoding);
}

/**
 * What is learned of the differences of two sides. Of quantities, too, they are drawn in: those grow with the columns
 * themselves, and e to the power of a difference would know no bounds.
 * @param rows all rows that there are @param labelled of them; of fewer than `DIFFERENCES_FROM` there is none
 */
export function fitDifferences(
  schema: TableSchema,
  rows: readonly (readonly string[])[],
  labelled: number,
): readonly EncodedColumn[] {
  if (labelled < DIFFERENCES_FROM) return [];
  return sideDifferences(schema, rows).flatMap(({ index, less, differences }) =>
    numberViews({ index, less }, differences, 'rich'),
  );
}

/** Of a number, and of the column that it is seen beside. */
interface NumberPlace {
  readonly index: number;
  readonly since?: number;
  readonly per?: number;
  readonly less?: number;
}

/** @param values null: there is none */
function numberViews(
  place: NumberPlace,
  values: readonly (number | null)[],
  encoding: 'rich' | 'rich-and-far',
): EncodedColumn[] {
  const known = values.filter((value) => value !== null);
  return [
    { ...place, weight: HALF, ...scaleOf(known, encoding) },
    { ...place, weight: HALF, kind: 'ranked', ...fitRankScores(known) },
    ...standingOut(known).map(
      (value): EncodedColumn => ({ ...place, weight: HALF, kind: 'equals', value }),
    ),
  ];
}

function scaleOf(values: readonly number[], encoding: 'plain' | 'rich' | 'rich-and-far') {
  const whole = moments(values);
  const core = coreMoments(values, whole);
  const far = core === null ? null : FAR_LIMIT;
  return { kind: 'scaled', limit: encoding === 'rich' ? LIMIT : far, ...(core ?? whole) } as const;
}

/** Numbers that many rows have, in a column of which most numbers are rare. */
function standingOut(values: readonly number[]): number[] {
  const counts = [...countOf(values)].sort((a, b) => b[1] - a[1]);
  if (counts.length <= STANDS_OUT.among) return [];
  const common = counts[STANDS_OUT.most]?.[1] as number;
  return counts
    .filter(
      ([, count]) => count > STANDS_OUT.share * values.length && count > STANDS_OUT.times * common,
    )
    .map(([value]) => value);
}

/** The order of a category's values as one standardised number. */
function ordered(index: number, counts: ReadonlyMap<string, number>): EncodedColumn[] {
  const order = wordOrder([...counts.keys()]);
  if (order === null) return [];
  const values = [...order.keys()];
  const { mean, sd } = moments(
    values.flatMap((value) =>
      new Array<number>(counts.get(value) as number).fill(order.get(value) as number),
    ),
  );
  const scores = values.map((value) => ((order.get(value) as number) - mean) / sd);
  return [{ index, weight: CATEGORY, kind: 'ordered', values, scores }];
}

function countOf<Item>(items: readonly Item[]): Map<Item, number> {
  const counts = new Map<Item, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
