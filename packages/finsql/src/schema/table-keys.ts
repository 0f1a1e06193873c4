/** Keys of tables. */
import { nameWords, singular } from '../retrieval/words.ts';
import { findTable, fold, type Schema, type Table } from './schema.ts';

/** The key of a table; undefined where it has none, or one of several columns. */
export function soleKey(schema: Schema, table: string): string | undefined {
  const found = findTable(schema, table);
  return found && keyOf(found);
}

/** The same; where none is declared, the first column if it is called the table's own: `crop_code` of `crops`. */
export function keyOf({ name, columns }: Table): string | undefined {
  const keys = columns.filter(({ primaryKey }) => primaryKey);
  if (keys.length > 0) return keys.length === 1 ? keys[0]?.name : undefined;
  const [first] = columns;
  if (first === undefined) return undefined;
  // 工号 beside 姓名 tells a person, elsewhere it is someone's.
  const isOfPerson =
    NUMBER_OF_PERSON.test(first.name) && columns.some(({ name: one }) => /姓名$/u.test(one));
  const isOwn = flatName(first.name).startsWith(flatName(name.replace(/(?:信息)?表$/u, '')));
  const isKey = isOwn && /(?:id|code|no|number|key|号|代码|编码)$/i.test(first.name);
  return isKey || isOfPerson ? first.name : undefined;
}

/** What tells a person wherever it stands. */
export const NUMBER_OF_PERSON = /^(?:工号|学号)$/u;

/** The words of a name, the singular of each, in one. */
export function flatName(name: string): string {
  return nameWords(name).map(singular).join('');
}

/** Whether a column that refers to another table is the whole key of its own. */
export function isOneToOne(schema: Schema, table: string, column: string): boolean {
  const key = soleKey(schema, table);
  return key !== undefined && fold(key) === column;
}
