/**
 * Statements with parts masked. The skeleton keeps keywords, functions and signs (RESDSQL,
 * arXiv 2302.05965 §3.4): `select _ , count ( _ ) from _ where _ = _ group by _`.
 */
import { fold } from '../schema/schema.ts';
import { RESERVED } from './keywords.ts';
import { type SqlToken, tokenizeSql } from './tokenize.ts';

/** The statement with `_` for every text and number. */
export function withoutLiterals(sql: string): string {
  return tokenizeSql(sql)
    .map((token) => (isLiteral(token) ? '_' : fold(token.text)))
    .join(' ');
}

/** Keywords, functions and signs; a name, qualified or not, and a literal become `_`. */
export function skeleton(sql: string): string {
  const tokens = tokenizeSql(sql);
  const parts: string[] = [];
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1]?.text;
    if (token.text === ';' || (token.text === '.' && parts.at(-1) === '_')) continue;
    const isCall = token.kind === 'word' && next === '(';
    const isWord = token.kind === 'word' && (RESERVED.has(fold(token.text)) || isCall);
    const isName = !isWord && (token.kind === 'word' || token.kind === 'quoted');
    if (isName && tokens[index - 1]?.text === '.') continue;
    parts.push(isName || isLiteral(token) ? '_' : fold(token.text));
  }
  return parts.join(' ');
}

function isLiteral({ kind }: SqlToken): boolean {
  return kind === 'string' || kind === 'number' || kind === 'blob';
}
