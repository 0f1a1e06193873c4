/**
 * Value linking: which stored texts does a question mention, and in which columns? An index of the
 * distinct texts of every text column, built once per database and kept in a side file.
 */
import type { Database } from '../database/sqlite.ts';
import type { Schema } from '../schema/schema.ts';
import { openCategories } from './values/categories.ts';
import { findDerived, readNameStems } from './values/derived.ts';
import { findExact } from './values/exact.ts';
import { findNear } from './values/fuzzy.ts';
import { isIn, openLookup, type Place } from './values/lookup.ts';
import { findPadded } from './values/padded.ts';
import { isFresh, refreshValues, type ValueLimits } from './values/refresh.ts';
import { refreshApart } from './values/refresh-apart.ts';
import { findRomanised } from './values/romanised.ts';
import { openValueStore } from './values/store.ts';
import { keyOf, pairOf } from './values/units.ts';
import { hasHan } from './words.ts';

export interface LinkedValue extends Place {
  /** Words (characters in Chinese) that matched. */
  readonly length: number;
  /** 1: spelled out but for case and signs; less: nearly, or in part. */
  readonly similarity: number;
  /** A category in another form, `insurers` for `Insurance`, a name in other letters, or a code without its zeros: similarity 0.99; a name that known questions teach: 0.98. */
  readonly derived?: true;
  /** Where the question has it, in UTF-16 units, `to` exclusive; not of what is only near. */
  readonly from?: number;
  readonly to?: number;
}

export interface CappedColumn {
  /** `table.column`. */
  readonly column: string;
  /** Distinct texts of it in the index. */
  readonly held: number;
}

export interface ValueIndex {
  /** Distinct texts held, once for each column that has them. */
  readonly size: number;
  /** Columns that hold more than the index took of them. */
  readonly capped: readonly CappedColumn[];
  /** Columns that could not be read, with the reason. */
  readonly unread: readonly { readonly column: string; readonly reason: string }[];
  /** Text columns that were looked at; 0: there is nothing to link. */
  readonly columns: number;
  /** False when the database went on changing while it was read. */
  readonly settled: boolean;
  /** Exact mentions in the order of length, then derived, then near ones. */
  find(question: string): LinkedValue[];
  /**
   * The stored text of a column that equals `text` but for case, spaces and signs.
   * Undefined when `text` itself is stored, or nothing is that close.
   */
  spelling(table: string, column: string, text: string): string | undefined;
  /** Where the texts that equal `text` but for case, spaces and signs are stored, in the order of the schema. */
  holders(text: string): Place[];
}

export interface ValueIndexOptions {
  /** Distinct texts taken of one column. Default 50,000. */
  readonly perColumn?: number;
  /** Distinct texts over all columns. Default 1,000,000. */
  readonly total?: number;
  /** Rows of a table that are looked at. Default 2,000,000. */
  readonly rows?: number;
  /** Where the side file is kept; without it the index is in memory. */
  readonly folder?: string | undefined;
}

const DERIVED = 0.99;

/** An index of nothing, for databases whose values are not to be read. */
export const NO_VALUES: ValueIndex = {
  size: 0,
  capped: [],
  unread: [],
  columns: 0,
  settled: true,
  find: () => [],
  spelling: () => undefined,
  holders: () => [],
};

function limitsOf({ perColumn, total, rows }: ValueIndexOptions): ValueLimits {
  return {
    perColumn: perColumn ?? 50_000,
    total: total ?? 1_000_000,
    rows: rows ?? 2_000_000,
  };
}

/**
 * Brings the side file of a database up to date in a process of its own, so that `buildValueIndex` finds
 * nothing to do. A failure is left to that: it tries again, and tells.
 */
export async function refreshValueIndexApart(
  file: string,
  schema: Schema,
  folder: string,
): Promise<void> {
  const { database, kept } = openValueStore(file, folder);
  const needed = kept && !isFresh(database, file, schema, limitsOf({}));
  database.close();
  if (needed) await refreshApart({ file, schema, folder });
}

/**
 * Opens the index of a database, after bringing it up to date. The database is only read.
 * @throws FinSqlError when the file can't be opened, or another program keeps it locked
 */
export function buildValueIndex(
  file: string,
  schema: Schema,
  options: ValueIndexOptions = {},
): ValueIndex {
  const { database: store } = openValueStore(file, options.folder);
  const settled = refreshOrClose(store, file, schema, limitsOf(options));
  const places = store
    .prepare<[], { column: string; held: number; full: number; unread: string | null }>(
      `select tab || '.' || col as "column", held, full, unread from place order by position`,
    )
    .all();
  const lookup = openLookup(store);
  /** Chinese texts have no key in the store: they are found by how they begin. */
  const spelledLike = (text: string): Place[] => {
    const key = keyOf(text);
    if (!hasHan(text)) return lookup.byKey(key);
    return lookup.byPair(pairOf(text)).filter(({ value }) => keyOf(value) === key);
  };
  const categories = openCategories(store);
  const names = readNameStems(schema);
  return {
    size: places.reduce((sum, { held }) => sum + held, 0),
    columns: places.length,
    capped: places
      .filter(({ full, unread }) => full === 0 && unread === null)
      .map(({ column, held }) => ({ column, held })),
    unread: places.flatMap(({ column, unread }) =>
      unread === null ? [] : [{ column, reason: unread }],
    ),
    settled,
    find(question) {
      const { mentions, covered } = findExact(lookup, question);
      const derived = [
        ...findPadded(lookup, question, covered),
        ...findDerived(categories, question, names, covered),
        ...findRomanised(lookup.byKey, question, covered),
      ];
      return [
        ...mentions.map(({ place, ...rest }) => ({ ...place, ...rest, similarity: 1 })),
        ...derived.map(({ place, ...rest }) => ({
          ...place,
          ...rest,
          similarity: DERIVED,
          derived: true as const,
        })),
        ...findNear(lookup, question, covered).map(({ place, ...rest }) => ({ ...place, ...rest })),
      ];
    },
    spelling(table, column, text) {
      const here = spelledLike(text).filter((place) => isIn(place, table, column));
      return here.some(({ value }) => value === text) ? undefined : here[0]?.value;
    },
    holders: spelledLike,
  };
}

function refreshOrClose(
  store: Database,
  file: string,
  schema: Schema,
  limits: ValueLimits,
): boolean {
  try {
    return refreshValues(store, file, schema, limits);
  } catch (error) {
    store.close();
    throw error;
  }
}
