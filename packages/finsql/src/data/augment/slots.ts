/**
 * What may stand in the slots of a pattern: lists of entries, each with its SQL, its names in words
 * and further fields. A slot's entries are written out, or read from the database.
 */

import type { Translated } from '@quaestor/peft';
import * as z from 'zod';
import type { Database } from '../../database/sqlite.ts';
import { FinSqlError } from '../../errors.ts';
import { literal } from '../../sql/literal.ts';
import { sqliteInChinese } from '../../wording/sqlite-in-chinese.ts';
import { dateEntry, monthEntry } from './date-words.ts';
import { thresholds } from './thresholds.ts';

export type Language = 'en' | 'zh';

/** Words of each language, alternatives between `|`. */
const words = z.strictObject({ en: z.string(), zh: z.string().optional() });
const value = z.union([z.string(), z.number()]);
const unit = z.enum(['million', 'thousand', 'yuan', 'percent', 'count', 'plain']);
const entryObject = z
  .looseObject({
    value: value.optional(),
    value_zh: value.optional().describe('the value that Chinese questions compare with'),
    en: z.string().optional(),
    zh: z.string().optional(),
    table: z.string().optional().describe('table of a column, whose figures give thresholds'),
    unit: unit.optional().describe('how those thresholds are said'),
  })
  .describe('further fields are SQL (text) or words ({ en, zh })');
const entry = z.union([
  z
    .tuple([value, z.string(), z.string()])
    .describe('SQL, English words, Chinese words; alternatives between |'),
  z.tuple([value, z.string()]),
  entryObject,
]);
const slot = z.union([
  z.array(entry).min(1).describe('values, written as literals'),
  z.strictObject({
    sql: z.array(entry).min(1).describe('entries whose value is SQL: a column, a sign, an order'),
    table: z
      .string()
      .optional()
      .describe('their table; its figures give each column the thresholds {slot.at}'),
    unit: unit.default('plain').describe('how those thresholds are said'),
  }),
  z.strictObject({
    query: z.string().describe('rows of: value, English words, Chinese words'),
    names: z
      .boolean()
      .default(false)
      .describe('Chinese questions compare with the Chinese words instead of the value'),
    date: z.enum(['day', 'month']).optional().describe('say the value as a date'),
  }),
]);

/** `slots.json`: what each slot may be. */
export const slotFile = z.record(z.string(), slot);
export type SlotFile = z.infer<typeof slotFile>;

export interface Entry {
  /** The value as SQL, by language of the question. */
  readonly sql: Readonly<Record<Language, string>>;
  readonly words: Readonly<Record<Language, readonly string[]>>;
  /** Further SQL, words or, for thresholds, entries. */
  readonly fields: ReadonlyMap<string, string | Entry['words'] | readonly Entry[]>;
}

export type Slots = ReadonlyMap<string, readonly Entry[]>;

/**
 * Reads the entries of all slots; what names no row of the database becomes an empty list.
 * @throws FinSqlError `bad-data` with every slot whose query or table the database doesn't know
 */
export function resolveSlots(file: SlotFile, database: Database): Slots {
  const slots = new Map<string, readonly Entry[]>();
  const problems: Translated[] = [];
  for (const [name, definition] of Object.entries(file)) {
    try {
      slots.set(name, resolve(definition, database));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      problems.push({ en: `${name}: ${message}`, zh: `${name}：${sqliteInChinese(message)}` });
    }
  }
  if (problems.length === 0) return slots;
  throw new FinSqlError(
    'bad-data',
    { en: 'The slots do not fit the database.', zh: '槽位与数据库不符。' },
    { problems },
  );
}

function resolve(definition: SlotFile[string], database: Database): readonly Entry[] {
  if (Array.isArray(definition)) return definition.map((item) => readEntry(item, literal));
  if ('query' in definition) return queryEntries(definition, database);
  return definition.sql.map((item) => {
    const read = readEntry(item, String);
    const own = Array.isArray(item) ? {} : item;
    const table = own.table ?? definition.table;
    if (table === undefined) return read;
    const at = thresholds(database, table, read.sql.en, own.unit ?? definition.unit);
    const fields = new Map([...read.fields, ['table', table] as const]);
    if (at.length === 0) return { ...read, fields };
    const middle = Math.ceil(at.length / 2);
    const halves = [
      ['at_low', at.slice(0, middle)],
      ['at_high', at.slice(middle)],
    ] as const;
    return { ...read, fields: new Map([...fields, ['at', at], ...halves]) };
  });
}

function queryEntries(
  definition: { query: string; names: boolean; date?: 'day' | 'month' | undefined },
  database: Database,
): Entry[] {
  const rows = database.prepare(definition.query).raw().all() as (string | number | null)[][];
  return rows.flatMap(([first, second, third]) => {
    // A value with the signs of a pattern would be read as one.
    if (first === null || first === undefined || /[{}[\]|]/.test(String(first))) return [];
    if (definition.date === 'day') return [dateEntry(String(first))];
    if (definition.date === 'month') return [monthEntry(String(first))];
    const english = String(second ?? first);
    const chinese = String(third ?? english);
    return [
      {
        sql: { en: literal(first), zh: literal(definition.names ? chinese : first) },
        words: { en: english.split('|'), zh: chinese.split('|') },
        fields: new Map(),
      },
    ];
  });
}

function readEntry(item: z.infer<typeof entry>, write: (value: string | number) => string): Entry {
  const {
    value: given,
    value_zh,
    en,
    zh,
    unit: _unit,
    ...more
  }: z.infer<typeof entryObject> = Array.isArray(item)
    ? { value: item[0], en: item[1], zh: item[2] }
    : item;
  const english = en ?? String(given ?? '');
  const text = given === undefined ? '' : write(given);
  const fields = Object.entries(more).flatMap(
    ([name, content]): [string, string | Entry['words']][] => {
      if (typeof content === 'string') return [[name, content]];
      const parsed = words.safeParse(content);
      return parsed.success ? [[name, both(parsed.data.en, parsed.data.zh)]] : [];
    },
  );
  const chinese = value_zh === undefined ? text : write(value_zh);
  return { sql: { en: text, zh: chinese }, words: both(english, zh), fields: new Map(fields) };
}

function both(english: string, chinese: string | undefined): Entry['words'] {
  return { en: english.split('|'), zh: (chinese ?? english).split('|') };
}
