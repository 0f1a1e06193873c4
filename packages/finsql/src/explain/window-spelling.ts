/** OVER as node-sql-parser reads it: it takes no window without PARTITION BY, and none with a frame. */
import { applyEdits, type Edit, textOf } from '../sql/edit.ts';
import { closingOf } from '../sql/parentheses.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { Expression, Over } from './ast.ts';

/** A window, as SQLite reads it. */
export interface Window {
  readonly partition: readonly Expression[];
  readonly order: NonNullable<Over['orderby']>;
  /** `rows between 2 preceding and current row`; `''` for none. */
  readonly frame: string;
}

/** Begins the texts that stand where the parser wants an expression; a frame is the rest of such a text. */
const MARK = '\ue05d';
const FRAME_WORD = /^(?:rows|range|groups)$/i;

/** A statement whose windows begin with PARTITION BY and have their frames among the terms of ORDER BY. */
export function withKnownWindows(sql: string): string {
  const tokens = tokenizeSql(sql);
  const edits = tokens.flatMap(({ kind, text }, at): Edit[] => {
    const isOver = kind === 'word' && text.toLowerCase() === 'over' && tokens[at + 1]?.text === '(';
    return isOver ? windowEdits(sql, tokens, at + 1) : [];
  });
  return applyEdits(sql, tokens, edits);
}

function windowEdits(sql: string, tokens: readonly SqlToken[], open: number): Edit[] {
  const isWord = (at: number, wanted: RegExp) =>
    tokens[at]?.kind === 'word' && wanted.test(tokens[at].text);
  const close = closingOf(tokens, open);
  const inside = outermost(tokens, open + 1, close);
  const start = isWord(open + 1, /^partition$/i)
    ? []
    : [{ at: open, text: `(partition by '${MARK}' ` }];
  const frame = inside.find((at) => isWord(at, FRAME_WORD) && !isWord(at - 1, /^by$/i));
  if (frame === undefined) return start;
  const isOrdered = inside.some((at) => isWord(at, /^order$/i));
  const written = textOf(sql, tokens.slice(frame, close)).replaceAll("'", "''");
  const term = `${isOrdered ? ',' : ' order by'} '${MARK}${written}'`;
  const cut = Array.from({ length: close - frame - 1 }, (_, i) => ({
    at: frame + 1 + i,
    text: '',
  }));
  return [...start, { at: frame, text: term }, ...cut];
}

/** Where the tokens stand that are in no parentheses within a range. */
function outermost(tokens: readonly SqlToken[], from: number, to: number): number[] {
  const found: number[] = [];
  for (let at = from; at < to; at++) {
    found.push(at);
    if (tokens[at]?.text === '(') at = closingOf(tokens, at);
  }
  return found;
}

/** The window of an OVER in the parser's tree. */
export function windowOf({ partitionby, orderby }: Over): Window {
  const frames = (orderby ?? []).flatMap(({ expr }) => markedOf(expr) ?? []);
  return {
    partition: (partitionby ?? []).flatMap(({ expr }) =>
      markedOf(expr) === undefined ? [expr] : [],
    ),
    order: (orderby ?? []).filter(({ expr }) => markedOf(expr) === undefined),
    frame: frames[0] ?? '',
  };
}

/** SQL that the parser made of a tree, without what was put there for it. */
export function withoutMarks(sql: string): string {
  const marked = new RegExp(`(?:(?:PARTITION|ORDER) BY|,) '${MARK}((?:[^']|'')*)'(?: ASC)?`, 'g');
  return sql.replace(marked, (_, frame: string) => frame && ` ${frame}`);
}

function markedOf(expression: Expression): string | undefined {
  const isMarked = expression.type === 'single_quote_string' && expression.value.startsWith(MARK);
  return isMarked ? expression.value.slice(MARK.length) : undefined;
}
