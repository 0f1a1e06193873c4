/** The calls of functions in a statement, innermost last. */
import { fold } from '../schema/schema.ts';
import type { SqlToken } from '../sql/tokenize.ts';

export interface Call {
  /** Folded. */
  readonly name: string;
  /** Offsets of its first and behind its last character. */
  readonly start: number;
  readonly end: number;
  /** Texts of its arguments. */
  readonly args: readonly string[];
}

export function callsIn(sql: string, tokens: readonly SqlToken[]): Call[] {
  return tokens.flatMap((token, at) =>
    token.kind === 'word' && tokens[at + 1]?.text === '(' ? (readCall(sql, tokens, at) ?? []) : [],
  );
}

/** Undefined where its parenthesis is never closed. */
function readCall(sql: string, tokens: readonly SqlToken[], at: number): Call | undefined {
  const name = tokens[at];
  const open = tokens[at + 1];
  if (name === undefined || open === undefined) return undefined;
  const args: string[] = [];
  let depth = 0;
  let from = open.start + 1;
  for (const token of tokens.slice(at + 2)) {
    if (token.text === ')' && depth === 0) {
      const last = sql.slice(from, token.start).trim();
      if (last !== '' || args.length > 0) args.push(last);
      return { name: fold(name.text), start: name.start, end: token.start + 1, args };
    }
    if (token.text === '(') depth++;
    else if (token.text === ')') depth--;
    else if (token.text === ',' && depth === 0) {
      args.push(sql.slice(from, token.start).trim());
      from = token.start + 1;
    }
  }
  return undefined;
}
