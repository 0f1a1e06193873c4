/** Ratios by that word: `ratio of net pay to gross pay`, `net pay to gross pay ratio`, `ratio of earned to written premium`. */
import { figuresAmong } from '../names/figure-steps.ts';
import { type Named, type Operand, operandAt, skipArticles } from './figure-operands.ts';

/** The two figures of a ratio; `end` is behind all that says it. */
export interface RatioOf {
  readonly first: Operand;
  readonly second: Operand;
  readonly end: number;
}

/** The ratio that begins at a unit; undefined where none does, and where a column or a figure is called a ratio. */
export function ratioAt(named: Named, at: number): RatioOf | undefined {
  const { units, names } = named;
  if (names.has('ratio')) return undefined;
  const stemAt = (index: number) => units[index]?.stem ?? '';
  const isAhead = stemAt(at) === 'ratio' && /^(?:of|between)$/.test(stemAt(at + 1));
  const begin = isAhead ? skipArticles(units, at + 2) : at;
  const first = operandAt(named, begin) ?? bareAt(named, begin);
  if (first === undefined) return undefined;
  const isJoint = stemAt(first.end) === 'to' || (isAhead && stemAt(first.end) === 'and');
  const second = isJoint ? operandAt(named, skipArticles(units, first.end + 1)) : undefined;
  if (second === undefined) return undefined;
  if (isAhead) return withNoun(named, { first, second, end: second.end }, begin);
  const isBehind = stemAt(second.end) === 'ratio';
  return isBehind ? withNoun(named, { first, second, end: second.end + 1 }, begin) : undefined;
}

/** A word that may be a figure once the noun of the other one stands behind it. */
function bareAt({ units, names }: Named, at: number): Operand | undefined {
  const isWord = units[at] !== undefined && units[at + 1]?.stem === 'to';
  const isTable = (names.get(units[at]?.stem ?? '') ?? []).some(({ kind }) => kind === 'table');
  return isWord && !isTable ? { meanings: [], end: at + 1, isRows: false } : undefined;
}

/** `earned to written premium`: the noun of the second is that of the first, where it has none. */
function withNoun(
  { units, names, schema }: Named,
  ratio: RatioOf,
  begin: number,
): RatioOf | undefined {
  const { first, second } = ratio;
  if (first.end !== begin + 1) return ratio;
  const noun = units[second.end - 1]?.stem;
  const known = names.get(`${units[begin]?.stem} ${noun}`) ?? [];
  const meanings = figuresAmong(schema, known);
  if (meanings.length > 0) return { ...ratio, first: { ...first, meanings } };
  return first.meanings.length === 0 ? undefined : ratio;
}
