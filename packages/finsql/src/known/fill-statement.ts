/** A statement with other texts, numbers and periods in the places of those that its question states. */
import { textComparisons } from '../calibrate/compared-texts.ts';
import { isIn } from '../retrieval/values/lookup.ts';
import { findColumn, fold, type Schema } from '../schema/schema.ts';
import { literal } from '../sql/literal.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { NumberMeaning, PeriodMeaning, ValueMeaning } from '../tractable/phrase.ts';
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

/** A token's index and what stands in its place. */
type Edit = readonly [at: number, text: string];

/** The edits of the one way in which a change can be made; undefined where there is none, or several. */
function editsOf(
  { from, to }: Change,
  tokens: readonly SqlToken[],
  schema: Schema,
): readonly Edit[] | undefined {
  const ways = from.meanings
    .map((old): Edit[] => {
      const next = to.meanings.filter((one) => one.kind === old.kind);
      if (old.kind === 'value') {
        const values = next.filter(isValue);
        const asSpelled = values.filter(({ value }) => value === to.text);
        return textEdits(old, [...asSpelled, ...values], tokens, schema);
      }
      const [first] = next;
      if (old.kind === 'number' && first?.kind === 'number') return numberEdits(old, first, tokens);
      if (old.kind === 'period' && first?.kind === 'period') return periodEdits(old, first, tokens);
      return [];
    })
    .filter((edits) => edits.length > 0);
  const [only] = ways;
  return new Set(ways.map((edits) => JSON.stringify(edits))).size === 1 ? only : undefined;
}

const isPeriod = (one: { readonly kind: string }): one is PeriodMeaning => one.kind === 'period';
const isValue = (one: { readonly kind: string }): one is ValueMeaning => one.kind === 'value';

/** Conditions on the column of a text, with what the same column holds in its place. */
function textEdits(
  old: ValueMeaning,
  next: readonly ValueMeaning[],
  tokens: readonly SqlToken[],
  schema: Schema,
): Edit[] {
  const value = next.find((one) => isIn(one, old.table, old.column))?.value;
  if (value === undefined) return [];
  return textComparisons(tokens, schema).flatMap(({ owner, column, texts }) => {
    const stored = findColumn(owner, column)?.name ?? column;
    if (!isIn(old, owner.name, stored)) return [];
    return texts
      .filter((at) => tokens[at]?.value === old.value)
      .map((at): Edit => [at, literal(value)]);
  });
}

/** Powers of ten by which a column may count in another unit than the question: percent, 万, millions, 亿. */
const SCALES: readonly number[] = [1, 1e2, 1e3, 1e4, 1e6, 1e8, 1e9].flatMap((by) => [by, 1 / by]);

/** The one number of a statement that is the one of the question, in the unit of its column. */
function numberEdits(old: NumberMeaning, next: NumberMeaning, tokens: readonly SqlToken[]): Edit[] {
  const edits = tokens.flatMap((token, at): Edit[] => {
    if (token.kind !== 'number') return [];
    // The first of an order is hardly the 1 of a question: 一级行业.
    if (fold(tokens[at - 1]?.text ?? '') === 'limit' && old.value === 1) return [];
    const stored = Number(token.text);
    const scale = SCALES.find((by) => Math.abs(old.value * by - stored) <= 1e-9 * stored);
    return scale === undefined ? [] : [[at, numeral(next.value * scale)]];
  });
  return edits.length === 1 ? edits : [];
}

/** Without what binary fractions add to it. */
const numeral = (value: number): string => String(Number(value.toPrecision(12)));

/** All places where a period is written, for another as long. */
function periodEdits(old: PeriodMeaning, next: PeriodMeaning, tokens: readonly SqlToken[]): Edit[] {
  if (!isAsLong(old, next)) return [];
  return tokens.flatMap((token, at): Edit[] => {
    const text = rewritten(token, old, next);
    if (text === undefined) return [];
    return [[at, token.kind === 'number' ? text : literal(text)]];
  });
}
