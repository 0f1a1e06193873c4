/** `average rate weighted by balance`, `par-weighted average coupon`: means in which each row counts as much as a figure of it. */
import type { Schema } from '../../schema/schema.ts';
import type { Meaning, Phrase } from '../model/phrase.ts';
import type { Dictionary } from '../names/names.ts';
import { type PlacedUnit, placedUnits } from '../words/units.ts';
import { type Named, type Operand, operandAt, skipArticles } from './figure-operands.ts';

/** A weight with the units that say it. */
interface Weight extends Operand {
  readonly start: number;
}

/** The word for such a mean with its weight, and what says the weight as phrases that say nothing; none where no mean is weighted. */
export function weightedMeans(
  question: string,
  { names, schema }: { readonly names: Dictionary; readonly schema: Schema },
): Phrase[] {
  const units = placedUnits(question);
  const within = { question, units, names, schema };
  const places = units.flatMap(({ stem }, at) => (stem === 'weighted' ? at : []));
  const weights = places.flatMap(
    (at) => weightBehind(within, at) ?? weightBefore(within, at) ?? [],
  );
  const means = units.filter(({ stem }) => /^(?:average|mean|avg)$/.test(stem));
  const [weight, ...others] = weights;
  const [mean, ...more] = means;
  if (weight === undefined || others.length + more.length > 0) return [];
  const meanings = weight.meanings.map(
    ({ table, column, cost }): Meaning => ({
      ...{ kind: 'word', word: 'measure', call: 'avg', cost },
      weight: { table, column },
    }),
  );
  const silent = places
    .filter((at) => at < weight.start || at >= weight.end)
    .flatMap((at) => units[at] ?? []);
  const span = spanOf(units, weight.start, weight.end);
  // `balance-weighted rate`.
  if (mean === undefined) return places.includes(weight.end - 1) ? [{ ...span, meanings }] : [];
  return [
    { from: mean.from, to: mean.to, meanings },
    { ...span, meanings: [SILENT] },
    ...silent.map(({ from, to }) => ({ from, to, meanings: [SILENT] })),
  ];
}

const SILENT: Meaning = { kind: 'word', word: 'named', cost: 0 };

/** `weighted by balance`, `weighted with the balance`. */
function weightBehind(within: Named, at: number): Weight | undefined {
  const { units } = within;
  if (!/^(?:by|with)$/.test(units[at + 1]?.stem ?? '')) return undefined;
  const found = operandAt(within, skipArticles(units, at + 2));
  return found && { ...found, start: at };
}

/** `balance-weighted`. */
function weightBefore(within: Named, at: number): Weight | undefined {
  for (let start = Math.max(0, at - 4); start < at; start++) {
    const found = operandAt(within, start);
    if (found?.end === at) return { ...found, start, end: at + 1 };
  }
  return undefined;
}

function spanOf(
  units: readonly PlacedUnit[],
  start: number,
  end: number,
): { readonly from: number; readonly to: number } {
  return { from: units[start]?.from ?? 0, to: units[end - 1]?.to ?? 0 };
}
