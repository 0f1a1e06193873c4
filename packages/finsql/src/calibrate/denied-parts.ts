import { fold } from '../schema/schema.ts';
import { closingOf } from '../sql/parentheses.ts';
import type { SqlToken } from '../sql/tokenize.ts';

/** Rows that find no partner are those that a condition does not hold for. */
const WITHOUT_PARTNER = /\bleft (?:outer )?join .* is null\b/i;

/**
 * Whether the comparison that ends at a place tells which rows are not meant, so that its sign is the
 * other one on purpose: `not in (… >= 2)`, `except … >= 2`, `1 - avg(x >= 2)`, `case when x >= 2 then 0`.
 */
export function isDenied(tokens: readonly SqlToken[], at: number): boolean {
  const opened = openedBefore(tokens, at);
  return (
    followsNot(tokens, at - 2) ||
    isBehindExcept(tokens, at) ||
    givesNothing(tokens, at) ||
    opened.some((open) => isComplement(tokens, open)) ||
    WITHOUT_PARTNER.test(tokens.map(({ text }) => text).join(' '))
  );
}

/** Whether `not` stands before the column, call or query that ends at that index. */
function followsNot(tokens: readonly SqlToken[], end: number): boolean {
  const begin = beginningOf(tokens, end);
  const before = tokens[begin - 1]?.text === '(' ? begin - 2 : begin - 1;
  return wordAt(tokens, begin) === 'not' || wordAt(tokens, before) === 'not';
}

/** Where what ends at an index begins: with a function's name, a qualifier, or, of a query, the word before it. */
function beginningOf(tokens: readonly SqlToken[], end: number): number {
  if (tokens[end]?.text !== ')') return tokens[end - 1]?.text === '.' ? end - 2 : end;
  const open = openedBefore(tokens, end)[0] ?? end;
  return tokens[open - 1]?.kind === 'word' ? open - 1 : open;
}

/** Indices of the parentheses around a place, the innermost first. */
function openedBefore(tokens: readonly SqlToken[], at: number): number[] {
  const opened: number[] = [];
  for (const [index, { text }] of tokens.slice(0, at).entries()) {
    if (text === '(') opened.unshift(index);
    else if (text === ')') opened.shift();
  }
  return opened;
}

/** Whether a parenthesis is negated, subtracted from something, or asked to come to none. */
function isComplement(tokens: readonly SqlToken[], open: number): boolean {
  const [before, first] = [wordAt(tokens, open - 1), wordAt(tokens, open - 2)];
  if (before === 'not' || (/^(?:in|exists)$/.test(before) && first === 'not')) return true;
  const close = closingOf(tokens, open);
  const isNone = /^={1,2}$/.test(wordAt(tokens, close + 1)) && wordAt(tokens, close + 2) === '0';
  return isNone || isSubtracted(tokens, open);
}

/** Whether a minus stands before a parenthesis, its function and what it is multiplied with. */
function isSubtracted(tokens: readonly SqlToken[], open: number): boolean {
  let at = tokens[open - 1]?.kind === 'word' ? open - 2 : open - 1;
  while (/^[*/]$/.test(tokens[at]?.text ?? '')) at -= 2;
  return tokens[at]?.text === '-';
}

/** Whether an EXCEPT stands before a place, beside it or around its parentheses. */
function isBehindExcept(tokens: readonly SqlToken[], at: number): boolean {
  let depth = 0;
  for (const { text } of tokens.slice(0, at).reverse()) {
    if (text === ')') depth++;
    else if (text === '(') depth = Math.max(0, depth - 1);
    else if (depth === 0 && fold(text) === 'except') return true;
  }
  return false;
}

/** Whether the branch of CASE that a condition leads to gives 0 or NULL. */
function givesNothing(tokens: readonly SqlToken[], at: number): boolean {
  const branch = tokens.findIndex(({ text }, index) => index > at && /^(?:then|when)$/i.test(text));
  const isWhen = tokens.slice(0, at).findLast(({ text }) => /^(?:when|then|end)$/i.test(text));
  if (fold(isWhen?.text ?? '') !== 'when' || wordAt(tokens, branch) !== 'then') return false;
  return /^(?:0(?:\.0*)?|null)$/.test(wordAt(tokens, branch + 1));
}

function wordAt(tokens: readonly SqlToken[], at: number): string {
  return fold(tokens[at]?.text ?? '');
}
