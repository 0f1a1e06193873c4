/** A statement with other texts, numbers and periods in the places of those that its question states. */
import { textComparisons } from '../calibrate/compared-texts.ts';
import { isIn } from '../retrieval/values/lookup.ts';
import { keyOf } from '../retrieval/values/units.ts';
import { findColumn, type Schema } from '../schema/schema.ts';
import { literal } from '../sql/literal.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { PeriodMeaning, ValueMeaning } from '../word-by-word/model/phrase.ts';
import { type Edit, numberEdits } from './fill-numbers.ts';
import type { Slot } from './question-form.ts';
import { isAsLong, rewritten, writesOnly } from './written-periods.ts';

/** What the known question states, and what the question that is asked states in its place. */
export interface Change {
  readonly from: Slot;
  readonly to: Slot;
}

/**
 * The statement with every change made; undefined where one cannot be made, or where the statement leaves
 * open in which place: a number that it has twice, a text that no condition compares with, a period beside
 * days that the question does not state.
 * @param slots all that the known question states
 */
export function fillStatement(
  sql: string,
  changes: readonly Change[],
  slots: readonly Slot[],
  schema: Schema,
): string | undefined {
  const tokens = tokenizeSql(sql);
  const changesTime = changes.some(({ from }) => from.meanings.some(isPeriod));
  // The year before, which the question does not state, would stay as it is.
  const periods = slots.flatMap(({ meanings }) => meanings.filter(isPeriod));
  if (changesTime && !writesOnly(tokens, periods)) return undefined;
  // Two of the same may stand in one place of the statement: one alone cannot be changed.
  const isTwice = ({ from }: Change): boolean =>
    slots.filter(({ text }) => keyOf(text) === keyOf(from.text)).length > 1;
  if (changes.some(isTwice)) return undefined;
  const written = new Map<number, string>();
  for (const change of changes) {
    const edits = editsOf(change, tokens, schema);
    if (edits === undefined || edits.some(([at]) => written.has(at))) return undefined;
    for (const [at, text] of edits) written.set(at, text);
  }
  const ends = tokens.map(({ start, text }) => start + text.length);
  const pieces = tokens.map(
    ({ start, text }, at) => sql.slice(ends[at - 1] ?? 0, start) + (written.get(at) ?? text),
  );
  return pieces.join('') + sql.slice(ends.at(-1) ?? 0);
}

/** The edits of the one way in which a change can be made; undefined where there is none, or several. */
function editsOf(
  { from, to }: Change,
  tokens: readonly SqlToken[],
  schema: Schema,
): readonly Edit[] | undefined {
  const values = to.meanings.filter(isValue);
  const asSpelled = values.filter(({ value }) => value === to.text);
  const texts = textEdits(from.meanings.filter(isValue), [...asSpelled, ...values], tokens, schema);
  const others = from.meanings.map((old): Edit[] => {
    const next = to.meanings.find(({ kind }) => kind === old.kind);
    if (old.kind === 'number' && next?.kind === 'number') return numberEdits(old, next, tokens);
    if (old.kind === 'period' && next?.kind === 'period') return periodEdits(old, next, tokens);
    return [];
  });
  const ways = [texts, ...others].filter((edits) => edits.length > 0);
  const [only] = ways;
  return new Set(ways.map((edits) => JSON.stringify(edits))).size === 1 ? only : undefined;
}

const isPeriod = (one: { readonly kind: string }): one is PeriodMeaning => one.kind === 'period';
const isValue = (one: { readonly kind: string }): one is ValueMeaning => one.kind === 'value';

/**
 * All conditions on columns that hold a text, with what each of them holds in its place, or where it holds
 * no such text, what the others hold: `buyer = 'Ann' or seller = 'Ann'`. None where the text stands
 * elsewhere as well.
 */
function textEdits(
  olds: readonly ValueMeaning[],
  next: readonly ValueMeaning[],
  tokens: readonly SqlToken[],
  schema: Schema,
): Edit[] {
  const found = textComparisons(tokens, schema).flatMap(({ owner, column, texts }) => {
    const stored = findColumn(owner, column)?.name ?? column;
    const inColumn = (one: ValueMeaning): boolean => isIn(one, owner.name, stored);
    const old = olds.find(inColumn)?.value;
    const value = next.find(inColumn)?.value;
    return texts.filter((at) => tokens[at]?.value === old).map((at) => ({ at, value }));
  });
  const held = new Set(found.flatMap(({ value }) => value ?? []));
  const [first] = held;
  const isEach = found.every(({ value }) => value !== undefined);
  if (first === undefined || !(isEach || held.size === 1)) return [];
  const keys = new Set(olds.map(({ value }) => keyOf(value)));
  const places = new Set(found.map(({ at }) => at));
  const stays = tokens.some(
    ({ kind, value }, at) =>
      (kind === 'string' || kind === 'quoted') && !places.has(at) && keys.has(keyOf(value)),
  );
  return stays ? [] : found.map(({ at, value = first }): Edit => [at, literal(value)]);
}

/** All places where a period is written, for another as long. */
function periodEdits(old: PeriodMeaning, next: PeriodMeaning, tokens: readonly SqlToken[]): Edit[] {
  if (!isAsLong(old, next)) return [];
  return tokens.flatMap((token, at): Edit[] => {
    const text = rewritten(token, old, next);
    if (text === undefined) return [];
    return [[at, token.kind === 'number' ? text : literal(text)]];
  });
}
