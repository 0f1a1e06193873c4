/**
 * What tables and columns mean, in the words of an analyst: laid over the schema that the file itself
 * tells, so that the meaning counts wherever a comment of the file does, and in its place.
 */
import { described } from '@quaestor/peft';
import * as z from 'zod';
import { FinSqlError } from '../errors.ts';
import type { Language } from '../language.ts';
import { wordingOf } from '../wording/wording.ts';
import { findColumn, findTable, fold, type Schema } from './schema.ts';

const LONGEST = 500;
/** Control characters, line separators, marks that turn the direction of text, halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u;

/** Plain text of one line; `English | 中文` holds both languages. */
export const meaning = z
  .string()
  .trim()
  .min(1, 'is empty')
  .max(LONGEST, `is longer than ${LONGEST} characters`)
  .refine((text) => !UNSEEN.test(text), 'has line breaks or other control characters');

export const description = z.strictObject({
  table: z.string().min(1).max(200),
  column: z
    .string()
    .min(1)
    .max(200)
    .nullable()
    .apply(described, { en: 'null: the table itself', zh: 'null：表本身' }),
  text: meaning.apply(described, { en: 'what it means', zh: '含义' }),
});

/** What one table, or one column of it, means. */
export type Description = Readonly<z.output<typeof description>>;

/** A description, or the end of one. */
export type DescriptionChange = Omit<Description, 'text'> & { readonly text: string | null };

/** The schema with these meanings as its comments; what they name and the schema lacks is passed over. */
export function describeSchema(schema: Schema, descriptions: readonly Description[]): Schema {
  if (descriptions.length === 0) return schema;
  const texts = new Map(descriptions.map((one) => [keyOf(one), one.text]));
  return {
    ...schema,
    tables: schema.tables.map((table) => ({
      ...table,
      comment: texts.get(keyOf({ table: table.name, column: null })) ?? table.comment,
      columns: table.columns.map((column) => ({
        ...column,
        comment: texts.get(keyOf({ table: table.name, column: column.name })) ?? column.comment,
      })),
    })),
  };
}

/** Whether the schema has what is described. */
export function isKnown(schema: Schema, { table, column }: Omit<Description, 'text'>): boolean {
  const found = findTable(schema, table);
  return found !== undefined && (column === null || findColumn(found, column) !== undefined);
}

/**
 * The descriptions after these changes, under the names that the schema writes. What was described and
 * is no longer there stays, and may be taken away.
 *
 * @throws FinSqlError `not-found` naming every table and column that the schema lacks
 */
export function changeDescriptions(
  schema: Schema,
  before: readonly Description[],
  changes: readonly DescriptionChange[],
): readonly Description[] {
  const after = new Map(before.map((one) => [keyOf(one), one]));
  const unknown = changes.filter(
    (change) => !isKnown(schema, change) && !(change.text === null && after.has(keyOf(change))),
  );
  if (unknown.length > 0) throw lacks(schema, unknown);
  for (const change of changes) {
    const { text } = change;
    if (text === null) after.delete(keyOf(change));
    else after.set(keyOf(change), { ...asWritten(schema, change), text });
  }
  return [...after.values()];
}

function asWritten(
  schema: Schema,
  { table, column }: Omit<Description, 'text'>,
): Omit<Description, 'text'> {
  const found = findTable(schema, table);
  const name = column === null ? null : found && findColumn(found, column)?.name;
  return { table: found?.name ?? table, column: name ?? column };
}

function lacks(schema: Schema, unknown: readonly Omit<Description, 'text'>[]): FinSqlError {
  const tables = schema.tables.map(({ name }) => name);
  const lacking = (language: Language) => wordingOf(language).lacking;
  const problemIn = ({ table, column }: Omit<Description, 'text'>, language: Language): string => {
    const found = findTable(schema, table);
    if (found === undefined || column === null) return lacking(language).table(table);
    const names = found.columns.map(({ name }) => name);
    return lacking(language).column(found.name, column, names);
  };
  const problems = unknown.map((one) => ({ en: problemIn(one, 'en'), zh: problemIn(one, 'zh') }));
  const all = (language: Language): string =>
    lacking(language).all(
      schema.name,
      problems.map((problem) => problem[language]),
      tables,
    );
  return new FinSqlError('not-found', { en: all('en'), zh: all('zh') }, { problems });
}

/** The same for one table or column, however its name is written. */
function keyOf({ table, column }: Omit<Description, 'text'>): string {
  return JSON.stringify([fold(table), column === null ? null : fold(column)]);
}
