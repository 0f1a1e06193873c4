import type { SqlToken } from './tokenize.ts';

/** Where the parenthesis that stands at a place is closed; behind the last token where it never is. */
export function closingOf(tokens: readonly SqlToken[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const { text } = tokens[at] ?? {};
    if (text === '(') depth++;
    else if (text === ')' && --depth === 0) return at;
  }
  return tokens.length;
}
