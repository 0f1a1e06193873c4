import type { SqlToken } from './tokenize.ts';

/** A token's new text. */
export interface Edit {
  readonly at: number;
  readonly text: string;
}

/** The statement with some tokens replaced; the rest stays as it was written. */
export function applyEdits(
  sql: string,
  tokens: readonly SqlToken[],
  edits: readonly Edit[],
): string {
  let out = sql;
  for (const { at, text } of [...edits].sort((a, b) => b.at - a.at)) {
    const token = tokens[at];
    if (token === undefined) continue;
    out = out.slice(0, token.start) + text + out.slice(token.start + token.text.length);
  }
  return out;
}

/** What stands from the first to the last of some tokens in a row. */
export function textOf(sql: string, part: readonly SqlToken[]): string {
  const last = part.at(-1);
  return last === undefined ? '' : sql.slice(part[0]?.start, last.start + last.text.length);
}
