/** Spider's tables.json: names in words and foreign keys, laid over what the files themselves say. */
import { schemaProblems } from '@quaestor/peft';
import * as z from 'zod';
import { FinSqlError } from '../errors.ts';
import { type Column, type ForeignKey, fold, type Schema } from './schema.ts';

const columnEntry = z.tuple([z.int(), z.string()]);

export const spiderTables = z.object({
  db_id: z.string().min(1),
  table_names_original: z.array(z.string()),
  table_names: z.array(z.string()).describe('each table in words'),
  column_names_original: z
    .array(columnEntry)
    .describe('[table index, column]; the first is [-1, "*"]'),
  column_names: z.array(columnEntry).describe('[table index, the column in words]'),
  column_types: z.array(z.string()).optional(),
  foreign_keys: z.array(z.tuple([z.int(), z.int()])).describe('pairs of column indices'),
  primary_keys: z.array(z.union([z.int(), z.array(z.int())])),
});

export type SpiderTables = z.infer<typeof spiderTables>;

/**
 * The parsed content of a tables.json.
 * @throws FinSqlError `bad-data` with every problem
 */
export function parseSpiderTables(content: unknown, source = 'tables.json'): SpiderTables[] {
  const list = z.array(spiderTables);
  const parsed = list.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new FinSqlError(
    'bad-data',
    {
      en: `${source} is not a list of Spider schemas (db_id, table_names_original, column_names_original, …).`,
      zh: `${source} 不是由 Spider 数据结构（db_id、table_names_original、column_names_original 等）组成的列表。`,
    },
    { problems: schemaProblems(list, content, parsed.error) },
  );
}

/** The schema with comments, keys and primary keys of its Spider entry; names that the file lacks are passed over. */
export function overlaySpiderTables(schema: Schema, entry: SpiderTables): Schema {
  const words = new Map<string, string>();
  const keys = new Set<string>();
  const foreign = new Map<string, ForeignKey[]>();
  const tableAt = (index: number) => entry.table_names_original[index] ?? '';
  const at = (index: number) => {
    const [table, column] = entry.column_names_original[index] ?? [-1, ''];
    return { table: tableAt(table), column, key: fold(`${tableAt(table)}.${column}`) };
  };
  for (const [index, [, text]] of entry.column_names.entries()) words.set(at(index).key, text);
  for (const index of entry.primary_keys.flat()) keys.add(at(index).key);
  for (const [from, to] of entry.foreign_keys) {
    const source = at(from);
    const target = at(to);
    const list = foreign.get(fold(source.table)) ?? [];
    list.push({ column: source.column, table: target.table, target: target.column });
    foreign.set(fold(source.table), list);
  }
  const tableWords = new Map(
    entry.table_names_original.map((name, index) => [fold(name), entry.table_names[index] ?? '']),
  );
  return {
    ...schema,
    tables: schema.tables.map((table) => ({
      ...table,
      comment: table.comment || (tableWords.get(fold(table.name)) ?? ''),
      columns: table.columns.map((column): Column => {
        const key = fold(`${table.name}.${column.name}`);
        return {
          ...column,
          comment: column.comment || (words.get(key) ?? ''),
          primaryKey: column.primaryKey || keys.has(key),
        };
      }),
      foreignKeys: merge(table.foreignKeys, foreign.get(fold(table.name)) ?? []),
    })),
  };
}

function merge(declared: readonly ForeignKey[], added: readonly ForeignKey[]): ForeignKey[] {
  const all = new Map<string, ForeignKey>();
  for (const key of [...declared, ...added]) {
    const id = fold(`${key.column}>${key.table}.${key.target}`);
    if (!all.has(id)) all.set(id, key);
  }
  return [...all.values()];
}
