/** SQL spelled as node-sql-parser reads it, where it doesn't know SQLite's spelling. */
import { applyEdits, type Edit } from '../sql/edit.ts';
import { RESERVED } from '../sql/keywords.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import { withCasesForFilters } from './filter-spelling.ts';
import { withWindowsInPlace } from './window-names.ts';
import { withKnownWindows } from './window-spelling.ts';

interface Spelled {
  readonly sql: string;
  /** What each JOIN was, in the order in which they are written: `LEFT JOIN`, `NATURAL JOIN`. */
  readonly joins: readonly string[];
}

/** Stands for a backslash, with which the parser would take the quote behind it for a part of the text. */
const BACKSLASH = '\ue05c';
/** Stands before what `sum(distinct x)` sums up: behind DISTINCT the parser takes no other aggregate than a count. */
export const DISTINCT = '\ue05e';
/** Before the argument of an aggregate; the lowest and the highest of different values are those of all. */
const DISTINCT_SPELLING: Readonly<Record<string, string>> = {
  sum: `'${DISTINCT}',`,
  avg: `'${DISTINCT}',`,
  min: '',
  max: '',
};
const JOIN_WORD = /^(?:natural|left|right|full|inner|cross|outer)$/i;
/** It knows only inner and left joins; other words become the name of the table before them. */
const KNOWN_JOINS: Readonly<Record<string, string>> = {
  natural: '',
  right: 'left',
  full: 'left',
  cross: 'inner',
};
const KNOWN_TESTS: Readonly<Record<string, string>> = {
  isnull: 'is null',
  notnull: 'is not null',
};

/** A statement in the parser's words, and what its joins were. */
export function spelledForParser(written: string): Spelled {
  const sql = withKnownWindows(withWindowsInPlace(withCasesForFilters(written)));
  const tokens = tokenizeSql(sql);
  const edits: Edit[] = [];
  const joins: string[] = [];
  for (const [at, token] of tokens.entries()) {
    const word = token.kind === 'word' ? token.text.toLowerCase() : '';
    const test = KNOWN_TESTS[word];
    if (test !== undefined) edits.push({ at, text: test });
    const called = word === 'distinct' && tokens[at - 1]?.text === '(' ? tokens[at - 2]?.text : '';
    const distinct = DISTINCT_SPELLING[called?.toLowerCase() ?? ''];
    if (distinct !== undefined) edits.push({ at, text: distinct });
    if (isTestForNull(tokens, at)) edits.push({ at, text: 'is not' });
    if (token.kind === 'string' && token.text.includes("\\'")) {
      edits.push({ at, text: token.text.replaceAll('\\', BACKSLASH) });
    }
    if (word !== 'join') continue;
    const words = joinWords(tokens, at);
    for (const [index, before] of words.entries()) {
      const text = KNOWN_JOINS[before];
      if (text !== undefined) edits.push({ at: at - words.length + index, text });
    }
    const kinds = words.filter((kind) => kind !== 'outer' && kind !== 'inner');
    joins.push([...(kinds.length === 0 ? ['inner'] : kinds), 'join'].join(' ').toUpperCase());
  }
  return { sql: applyEdits(sql, tokens, edits), joins };
}

/** A text of the tree as the statement has it. */
export function asWrittenInSql(text: string): string {
  return text.replaceAll(BACKSLASH, '\\');
}

/** Whether `x not null` has its NOT at a place. */
function isTestForNull(tokens: readonly SqlToken[], at: number): boolean {
  const [before, not, missing] = tokens.slice(Math.max(at - 1, 0), at + 2);
  const isWord = (token: SqlToken | undefined, word: string) =>
    token?.kind === 'word' && token.text.toLowerCase() === word;
  if (before === undefined || !isWord(not, 'not') || !isWord(missing, 'null')) return false;
  if (before.kind === 'symbol') return before.text === ')';
  return (
    before.kind !== 'word' || !RESERVED.has(before.text.toLowerCase()) || isWord(before, 'end')
  );
}

/** The words right before a JOIN that tell its kind. */
function joinWords(tokens: readonly SqlToken[], join: number): string[] {
  const words: string[] = [];
  for (let at = join - 1; at >= 0; at--) {
    const token = tokens[at];
    if (token?.kind !== 'word' || !JOIN_WORD.test(token.text)) break;
    words.unshift(token.text.toLowerCase());
  }
  return words;
}
