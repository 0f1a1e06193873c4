/** The figures that formulas and weights are of, as a question names them. */
import type { Schema } from '../../schema/schema.ts';
import type { ColumnMeaning } from '../model/phrase.ts';
import { figuresAmong } from '../names/figure-steps.ts';
import type { Dictionary } from '../names/names.ts';
import type { PlacedUnit } from '../words/units.ts';

/** A question with what its words may name. */
export interface Named {
  readonly question: string;
  readonly units: readonly PlacedUnit[];
  readonly names: Dictionary;
  readonly schema: Schema;
}

export interface Operand {
  readonly meanings: readonly ColumnMeaning[];
  /** The unit behind it. */
  readonly end: number;
  /** Whether rows are called so, too. */
  readonly isRows: boolean;
}

/** Units of the longest name. */
const LONGEST = 8;

/** The longest name of figures that begins at a unit. */
export function operandAt(named: Named, at: number): Operand | undefined {
  const { question, units, names, schema } = named;
  for (let length = Math.min(LONGEST, units.length - at); length >= 1; length--) {
    const run = units.slice(at, at + length);
    if (!areAdjacent(run, question)) continue;
    const known = names.get(run.map(({ stem }) => stem).join(' ')) ?? [];
    const meanings = figuresAmong(schema, known);
    const isRows = known.some(({ kind }) => kind === 'table');
    const end = behindDone(named, meanings, at + length);
    if (meanings.length > 0) return { meanings, end, isRows };
    // `per sales rep`: no sales.
    if (known.length > 0) return undefined;
  }
  return undefined;
}

/** `units filled`: what is done in the rows of a figure says no more of it. */
function behindDone(
  { units, names }: Named,
  meanings: readonly ColumnMeaning[],
  at: number,
): number {
  const known = names.get(units[at]?.stem ?? '') ?? [];
  const tables = new Set(meanings.map(({ table }) => table));
  const isDone = known.some((one) => one.kind === 'column' && one.done && tables.has(one.table));
  return isDone && known.every(({ kind }) => kind === 'column') ? at + 1 : at;
}

function areAdjacent(run: readonly PlacedUnit[], question: string): boolean {
  return run.every(
    (unit, index) => index === 0 || /^[\s_-]*$/.test(question.slice(run[index - 1]?.to, unit.from)),
  );
}

/** The first unit from there on that is no article. */
export function skipArticles(units: readonly PlacedUnit[], at: number): number {
  let next = at;
  while (/^(?:the|a|an|its|their|our|total)$/.test(units[next]?.stem ?? '')) next++;
  return next;
}
