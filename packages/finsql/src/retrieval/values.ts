/**
 * Value linking: which stored texts does a question mention, and in which columns?
 * Built once per database, then a look-up of the question's word runs (longest first);
 * Chinese values are found as substrings, through their first two characters.
 */
import { openReadOnly } from '../database/open.ts';
import type { Database } from '../database/sqlite.ts';
import { quote } from '../schema/identifiers.ts';
import { fold, type Schema } from '../schema/schema.ts';
import { hasHan, isStopWord } from './words.ts';

export interface LinkedValue {
  readonly table: string;
  readonly column: string;
  /** As stored. */
  readonly value: string;
  /** Words (characters in Chinese) that matched. */
  readonly length: number;
}

export interface ValueIndex {
  /** Distinct values held. */
  readonly size: number;
  /** Columns left out because they hold too many values, as `table.column`. */
  readonly skipped: readonly string[];
  find(question: string): LinkedValue[];
  /**
   * The stored text of a column that equals `text` but for case, spaces and signs.
   * Undefined when `text` itself is stored, or nothing is that close.
   */
  spelling(table: string, column: string, text: string): string | undefined;
}

export interface ValueIndexOptions {
  /** Columns with more distinct values than this are left out. Default 5,000. */
  readonly perColumn?: number;
  /** Distinct values over all columns. Default 200,000. */
  readonly total?: number;
}

interface Place {
  readonly table: string;
  readonly column: string;
  readonly value: string;
}

const LONGEST_RUN = 12;
const LONGEST_VALUE = 80;

/** An index of nothing, for databases whose values are not to be read. */
export const NO_VALUES: ValueIndex = {
  size: 0,
  skipped: [],
  find: () => [],
  spelling: () => undefined,
};

/**
 * Reads the distinct texts of the text columns of a database.
 * @throws FinSqlError when the file can't be opened
 */
export function buildValueIndex(
  file: string,
  schema: Schema,
  options: ValueIndexOptions = {},
): ValueIndex {
  const perColumn = options.perColumn ?? 5_000;
  let left = options.total ?? 200_000;
  const byRun = new Map<string, Place[]>();
  const byPair = new Map<string, Place[]>();
  const skipped: string[] = [];
  let size = 0;
  const database = openReadOnly(file);
  try {
    for (const table of schema.tables) {
      if (table.rowCount === undefined) continue; // a view repeats its tables' values
      for (const column of table.columns) {
        if (column.kind !== 'text') continue;
        const values = distinct(database, table.name, column.name, Math.min(perColumn, left));
        if (values === undefined) {
          skipped.push(`${table.name}.${column.name}`);
          continue;
        }
        left -= values.length;
        size += values.length;
        for (const value of values) {
          const place = { table: table.name, column: column.name, value };
          if (hasHan(value)) push(byPair, [...value.trim()].slice(0, 2).join(''), place);
          else push(byRun, runs(value).join(' '), place);
        }
      }
    }
  } finally {
    database.close();
  }
  byRun.delete('');
  return {
    size,
    skipped,
    find: (question) => [...findRuns(byRun, question), ...findHan(byPair, question)],
    spelling(table, column, text) {
      const here = (byRun.get(runs(text).join(' ')) ?? []).filter(
        (place) => fold(place.table) === fold(table) && fold(place.column) === fold(column),
      );
      return here.some(({ value }) => value === text) ? undefined : here[0]?.value;
    },
  };
}

function distinct(
  database: Database,
  table: string,
  column: string,
  limit: number,
): string[] | undefined {
  try {
    const name = quote(column);
    const values = database
      .prepare<[number], string>(
        `select distinct ${name} from ${quote(table)}
         where typeof(${name}) = 'text' and length(${name}) between 2 and ${LONGEST_VALUE} limit ?`,
      )
      .pluck()
      .all(limit + 1);
    return values.length > limit ? undefined : values;
  } catch {
    return undefined;
  }
}

function push(index: Map<string, Place[]>, key: string, place: Place): void {
  const places = index.get(key);
  if (places === undefined) index.set(key, [place]);
  else places.push(place);
}

function runs(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function findRuns(index: ReadonlyMap<string, Place[]>, question: string): LinkedValue[] {
  const matches = [...question.matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => word);
  const lower = matches.map((word) => word.toLowerCase());
  const covered = new Uint8Array(lower.length);
  const found: LinkedValue[] = [];
  for (let length = Math.min(LONGEST_RUN, lower.length); length >= 1; length--) {
    for (let at = 0; at + length <= lower.length; at++) {
      if (covered.subarray(at, at + length).every((flag) => flag === 1)) continue;
      const run = lower.slice(at, at + length);
      const places = index.get(run.join(' ')) ?? index.get(singular(run).join(' '));
      if (places === undefined || !telling(run, matches.slice(at, at + length))) continue;
      covered.fill(1, at, at + length);
      for (const place of places) found.push({ ...place, length });
    }
  }
  return found;
}

/** A lone short word or number matches by accident, unless it is written like a name or a code. */
function telling(run: readonly string[], written: readonly string[]): boolean {
  if (run.every(isStopWord)) return false;
  const [word = ''] = run;
  if (run.length > 1) return true;
  if (/^\d+$/.test(word)) return word.length >= 5;
  return word.length >= 3 || /^\p{Lu}{2}$/u.test(written[0] ?? '');
}

function singular(run: readonly string[]): string[] {
  const last = run.at(-1) ?? '';
  return last.length >= 4 && last.endsWith('s')
    ? [...run.slice(0, -1), last.slice(0, -1)]
    : [...run];
}

function findHan(index: ReadonlyMap<string, Place[]>, question: string): LinkedValue[] {
  if (index.size === 0 || !hasHan(question)) return [];
  const characters = [...question];
  const found: LinkedValue[] = [];
  for (let at = 0; at + 1 < characters.length; at++) {
    const rest = characters.slice(at).join('');
    const hits = (index.get(`${characters[at]}${characters[at + 1]}`) ?? []).filter((place) =>
      rest.startsWith(place.value.trim()),
    );
    const longest = Math.max(0, ...hits.map((place) => [...place.value.trim()].length));
    for (const place of hits) {
      if ([...place.value.trim()].length === longest) found.push({ ...place, length: longest });
    }
    if (longest > 1) at += longest - 1;
  }
  return found;
}
