/** What the outermost SELECT of a statement asks for, and where its clauses begin. */
import { fold } from '../schema/schema.ts';
import type { SqlToken } from './tokenize.ts';

/** Functions that make one value of many rows. */
const AGGREGATE = /^(?:count|sum|avg|total|group_concat|max|min)$/;

/** Words with which something begins behind FROM and its joins. */
export const BEHIND_FROM = /^(?:where|group|order|having|limit|window|union|intersect|except)$/;

export interface SelectList {
  /** Index of the `from` behind it. */
  readonly from: number;
  /** Whether it says `distinct`. */
  readonly distinct: boolean;
  /** The tokens of each item. */
  readonly items: readonly (readonly SqlToken[])[];
}

/** Undefined where the statement does not begin with SELECT, or has no FROM. */
export function selectList(tokens: readonly SqlToken[]): SelectList | undefined {
  const from = topLevel(tokens, /^from$/);
  if (fold(tokens[0]?.text ?? '') !== 'select' || from === undefined) return undefined;
  const distinct = fold(tokens[1]?.text ?? '') === 'distinct';
  const items: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(distinct ? 2 : 1, from)) {
    depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
    if (token.text === ',' && depth === 0) items.push([]);
    else items.at(-1)?.push(token);
  }
  return { from, distinct, items };
}

/** Index of the first such word outside all parentheses, from `start` on. */
export function topLevel(
  tokens: readonly SqlToken[],
  words: RegExp,
  start = 0,
): number | undefined {
  let depth = 0;
  for (const [at, { kind, text }] of tokens.entries()) {
    depth += text === '(' ? 1 : text === ')' ? -1 : 0;
    if (at >= start && depth === 0 && kind === 'word' && words.test(fold(text))) return at;
  }
  return undefined;
}

/** What follows the ORDER BY of a statement that lists all its rows by one term; undefined for others. */
export function soleOrder(tokens: readonly SqlToken[]): readonly SqlToken[] | undefined {
  const order = topLevel(tokens, /^order$/);
  // The first or the last of an order is asked for in other words.
  if (order === undefined || topLevel(tokens, /^(?:limit|window)$/) !== undefined) return undefined;
  const term = tokens.slice(order + 2);
  return term.some(({ text }) => text === ',') ? undefined : term;
}

/** Whether a part of a statement counts, adds up or takes an extreme, itself or in a nested query. */
export function aggregates(part: readonly SqlToken[]): boolean {
  return part.some(({ kind, text }, at) => {
    return kind === 'word' && AGGREGATE.test(fold(text)) && part[at + 1]?.text === '(';
  });
}
