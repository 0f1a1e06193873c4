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
  const isOwn = first !== undefined && flatName(first.name).startsWith(flatName(name));
  return isOwn && /(?:id|code|no|number|key)$/i.test(first.name) ? first.name : undefined;
}

/** The words of a name, the singular of each, in one. */
export function flatName(name: string): string {
  return nameWords(name).map(singular).join('');
}

/** Whether a column that refers to another table is the whole key of its own. */
export function isOneToOne(schema: Schema, table: string, column: string): boolean {
  const key = soleKey(schema, table);
  return key !== undefined && fold(key) === column;
}
