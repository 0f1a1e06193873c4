/** Names that a statement gives itself: aliases, with AS or without, common tables and their columns. */
import { fold } from '../schema/schema.ts';
import { RESERVED, SOFT_KEYWORDS } from './keywords.ts';
import { closingOf } from './parentheses.ts';
import type { SqlToken } from './tokenize.ts';

/** Reserved words that end an operand: `case … end "Bucket"`. */
const ENDS_OPERAND = /^(?:end|null|current_date|current_time|current_timestamp)$/;

/** Folded. */
export function givenNames(tokens: readonly SqlToken[]): ReadonlySet<string> {
  const names = tokens.filter((_, at) => isAlias(tokens, at));
  return new Set([...names, ...commonNames(tokens)].map(({ value }) => fold(value)));
}

/** `sum(x) as "Total"`, `sum(x) "Total"`, `t x`. */
function isAlias(tokens: readonly SqlToken[], at: number): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (before === undefined || token === undefined) return false;
  if (before.kind === 'word' && fold(before.text) === 'as') return isWordOrQuoted(token);
  return isName(token) && tokens[at + 1]?.text !== '(' && endsOperand(before);
}

/** Tables that WITH defines, and the columns that it lists for them: `with t ("a b") as (`. */
function commonNames(tokens: readonly SqlToken[]): SqlToken[] {
  return tokens.flatMap((token, at) => {
    const begins = /^(?:with|recursive|,)$/i.test(tokens[at - 1]?.text ?? '');
    if (!begins || !isName(token)) return [];
    const listed = tokens[at + 1]?.text === '(';
    const end = listed ? closingOf(tokens, at + 1) : at;
    if (!/^as (?:\(|(?:not )?materialized \()/i.test(textFrom(tokens, end + 1))) return [];
    return [token, ...tokens.slice(at + 1, end).filter(isWordOrQuoted)];
  });
}

function textFrom(tokens: readonly SqlToken[], at: number): string {
  return tokens
    .slice(at, at + 4)
    .map(({ text }) => text)
    .join(' ');
}

function endsOperand(token: SqlToken): boolean {
  if (/^(?:string|number|blob|parameter)$/.test(token.kind) || token.text === ')') return true;
  return isName(token) || (token.kind === 'word' && ENDS_OPERAND.test(fold(token.text)));
}

function isName(token: SqlToken): boolean {
  const word = fold(token.text);
  return isWordOrQuoted(token) && !RESERVED.has(word) && !SOFT_KEYWORDS.has(word);
}

function isWordOrQuoted({ kind }: SqlToken): boolean {
  return kind === 'word' || kind === 'quoted';
}
