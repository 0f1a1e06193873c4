/** What stands in a database: counts, gaps and ranges of each column. */

import { type Database, quoteIdentifier } from '@quaestor/finsql/sqlite';
import { described, type Translated, text } from '@quaestor/peft';
import * as z from 'zod';
import { component } from '../api/component.ts';

const value = z.union([z.string(), z.number()]).nullable();

export const columnProfile = z.object({
  name: z.string(),
  type: z.string().apply(described, { en: 'as declared', zh: '声明的类型' }),
  nulls: z.int(),
  distinct: z.int().nullable().apply(described, {
    en: 'null where counting them would take too long',
    zh: '计数耗时过长时为 null',
  }),
  min: value,
  max: value,
  samples: z.array(z.string()).apply(described, { en: 'a few of the values', zh: '若干个值' }),
  frequent: z.array(z.object({ value: z.string(), count: z.int() })).apply(described, {
    en: 'the most frequent values, where some come more than once',
    zh: '最常见的值，有值重复出现时才有',
  }),
  histogram: z.array(z.int()).nullable().apply(described, {
    en: 'rows of each of as many equal parts from min to max; null unless all are numbers',
    zh: '把 min 到 max 等分，每一份中的行数；不全是数字时为 null',
  }),
});

export const databaseProfile = component(
  'DatabaseProfile',
  z.object({
    tables: z.array(z.object({ name: z.string(), rows: z.int(), columns: z.array(columnProfile) })),
    warnings: z.array(text).apply(described, {
      en: 'what was changed or not understood while reading',
      zh: '读取时改动过或未能理解的内容',
    }),
  }),
);

export type DatabaseProfile = z.output<typeof databaseProfile>;
type ColumnProfile = z.output<typeof columnProfile>;

/** Rows of a table above which distinct values are not counted. */
const COUNTABLE = 2_000_000;
const SAMPLES = 5;
const FREQUENT = 5;
const PARTS = 12;
const LONGEST_VALUE = 100;

/** What is told while a table is read. */
export function lookingAt(table: string): Translated {
  return { en: `looking at ${table}`, zh: `正在统计 ${table}` };
}

/** Views are left out: looking at one may take as long as any query. */
export function profileDatabase(
  database: Database,
  onTable: (name: string, done: number, total: number) => void = () => {},
): Omit<DatabaseProfile, 'warnings'> {
  const names = database
    .prepare<[], string>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid",
    )
    .pluck()
    .all();
  const tables = names.map((name, i) => {
    onTable(name, i, names.length);
    const rows = database
      .prepare<[], number>(`SELECT count(*) FROM ${quoteIdentifier(name)}`)
      .pluck()
      .get() as number;
    const columns = database
      .prepare<[string], { name: string; type: string }>(
        'SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden <> 1',
      )
      .all(name);
    return {
      name,
      rows,
      columns: columns.map((column) => profileColumn(database, name, column, rows)),
    };
  });
  return { tables };
}

function profileColumn(
  database: Database,
  table: string,
  { name, type }: { readonly name: string; readonly type: string },
  rows: number,
): ColumnProfile {
  const [column, from] = [quoteIdentifier(name), quoteIdentifier(table)];
  const distinct = rows <= COUNTABLE ? `count(DISTINCT ${column})` : 'NULL';
  const figures = database
    .prepare<[], { filled: bigint; low: unknown; high: unknown; different: bigint | null }>(
      `SELECT count(${column}) AS filled, min(${column}) AS low, max(${column}) AS high,
       ${distinct} AS different FROM ${from}`,
    )
    .safeIntegers()
    .get();
  const samples = database
    .prepare<[], unknown>(
      `SELECT DISTINCT ${column} FROM (SELECT ${column} FROM ${from} WHERE ${column} IS NOT NULL LIMIT 500) LIMIT ${SAMPLES}`,
    )
    .pluck()
    .safeIntegers()
    .all();
  const repeated = figures?.different != null && figures.different < figures.filled;
  return {
    name,
    type,
    nulls: rows - Number(figures?.filled ?? 0),
    distinct: figures?.different == null ? null : Number(figures.different),
    min: toJson(figures?.low),
    max: toJson(figures?.high),
    samples: samples.map((sample) => String(toJson(sample))),
    frequent: repeated ? frequentValues(database, table, name) : [],
    histogram:
      figures?.different == null
        ? null
        : histogramOf(database, table, name, figures.low, figures.high),
  };
}

function frequentValues(database: Database, table: string, name: string) {
  const column = quoteIdentifier(name);
  return database
    .prepare<[], { value: unknown; count: bigint }>(
      `SELECT ${column} AS value, count(*) AS count FROM ${quoteIdentifier(table)} WHERE ${column} IS NOT NULL
       GROUP BY ${column} ORDER BY 2 DESC, 1 LIMIT ${FREQUENT}`,
    )
    .safeIntegers()
    .all()
    .map(({ value: found, count }) => ({ value: String(toJson(found)), count: Number(count) }));
}

/** Texts sort after numbers, so a column whose greatest value is a number has nothing else. */
function histogramOf(
  database: Database,
  table: string,
  name: string,
  lowest: unknown,
  greatest: unknown,
): number[] | null {
  if (!isNumber(lowest) || !isNumber(greatest)) return null;
  const [low, high] = [Number(lowest), Number(greatest)];
  if (!(low < high) || !Number.isFinite(high - low)) return null;
  const [column, from] = [quoteIdentifier(name), quoteIdentifier(table)];
  const parts = new Array<number>(PARTS).fill(0);
  const rows = database
    .prepare<object, { part: number; count: number }>(
      `SELECT min(${PARTS - 1}, CAST((${column} * 1.0 - @low) * ${PARTS} / (@high - @low) AS INTEGER)) AS part,
       count(*) AS count FROM ${from} WHERE ${column} IS NOT NULL GROUP BY 1`,
    )
    .all({ low, high });
  for (const { part, count } of rows) parts[part] = count;
  return parts;
}

function isNumber(found: unknown): found is number | bigint {
  return typeof found === 'number' || typeof found === 'bigint';
}

/** Whole numbers that JSON cannot hold, and long texts, become (shorter) texts. */
function toJson(found: unknown): string | number | null {
  if (found === null || found === undefined) return null;
  if (typeof found === 'number') return Number.isFinite(found) ? found : String(found);
  if (typeof found === 'bigint') {
    return Number.isSafeInteger(Number(found)) ? Number(found) : String(found);
  }
  const text = Buffer.isBuffer(found) ? `${found.length} bytes` : String(found);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
