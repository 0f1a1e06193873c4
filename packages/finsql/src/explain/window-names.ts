/** Windows that a SELECT names in its WINDOW clause, which node-sql-parser doesn't know, put where they are used. */
import { fold } from '../schema/schema.ts';
import { applyEdits, type Edit, textOf } from '../sql/edit.ts';
import { closingOf } from '../sql/parentheses.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';

/** A WINDOW clause: its tokens, and the windows by their folded names as they are written in parentheses. */
interface WindowClause {
  readonly from: number;
  /** Behind its last token. */
  readonly to: number;
  readonly windows: ReadonlyMap<string, string>;
}

/** `sum(x) over w … window w as (order by b)` → `sum(x) over (order by b) …` */
export function withWindowsInPlace(sql: string): string {
  const tokens = tokenizeSql(sql);
  // Of several the innermost comes first, and its names are its own.
  const clause = firstClause(sql, tokens);
  if (clause === undefined) return sql;
  const { from, to, windows } = clause;
  const edits: Edit[] = [];
  for (let at = from; at < to; at++) edits.push({ at, text: '' });
  const [start, end] = selectAround(tokens, from);
  for (let at = start; at < end; at++) {
    if (!isWord(tokens[at], 'over') || (at >= from && at < to)) continue;
    const isOpened = tokens[at + 1]?.text === '(';
    const used = windows.get(nameOf(tokens[at + (isOpened ? 2 : 1)]));
    if (used !== undefined) {
      edits.push(isOpened ? { at: at + 2, text: used } : { at: at + 1, text: `(${used})` });
    }
  }
  return withWindowsInPlace(applyEdits(sql, tokens, edits));
}

function firstClause(sql: string, tokens: readonly SqlToken[]): WindowClause | undefined {
  for (const [from, token] of tokens.entries()) {
    if (!isWord(token, 'window')) continue;
    const windows = new Map<string, string>();
    let at = from;
    while (isWord(tokens[at + 2], 'as') && tokens[at + 3]?.text === '(') {
      const close = closingOf(tokens, at + 3);
      const inside = tokens.slice(at + 4, close);
      // It may go on from one before it.
      const base = windows.get(nameOf(inside[0]));
      const rest = base === undefined ? inside : inside.slice(1);
      windows.set(nameOf(tokens[at + 1]), [base, textOf(sql, rest)].filter(Boolean).join(' '));
      at = close + 1;
      if (tokens[at]?.text !== ',') return { from, to: Math.min(at, tokens.length), windows };
    }
  }
  return undefined;
}

/** The tokens of the query that a place is in: those within its parentheses. */
function selectAround(tokens: readonly SqlToken[], place: number): readonly [number, number] {
  let open = place;
  for (let depth = 0; open >= 0; open--) {
    const { text } = tokens[open] ?? {};
    if (text === ')') depth++;
    else if (text === '(' && --depth < 0) break;
  }
  return [open + 1, open < 0 ? tokens.length : closingOf(tokens, open)];
}

function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}

/** Folded; '' for what is no name. */
function nameOf(token: SqlToken | undefined): string {
  return token?.kind === 'word' || token?.kind === 'quoted' ? fold(token.value) : '';
}
