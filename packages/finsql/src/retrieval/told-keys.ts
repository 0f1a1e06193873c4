/** Keys that nobody declared, as the names of columns tell them: `customer_id` that of `customers`. */
import { fold, type Schema, type Table } from '../schema/schema.ts';
import { soleKey } from '../schema/table-keys.ts';
import type { Link } from './context.ts';
import { nameWords, singular } from './words.ts';

/** Columns of so short a name, as `code`, may share it by chance. */
const SHORT_NAME = 4;

/** Keys of one column each; none of a table to itself. */
export function toldKeys(schema: Schema): Link[] {
  return schema.tables.flatMap((table) =>
    table.columns.flatMap((column) => keyTold(schema, table, column.name) ?? []),
  );
}

/** The key that the name of a column tells: `customer_id` that of `customers`, be it `id` or `customer_id`. */
function keyTold(schema: Schema, table: Table, column: string): Link | undefined {
  for (const target of schema.tables) {
    const key = soleKey(schema, target.name);
    if (target === table || key === undefined || !refersTo(column, target.name, key)) continue;
    return {
      table: fold(table.name),
      column: fold(column),
      target: fold(target.name),
      targetColumn: fold(key),
    };
  }
  return undefined;
}

function refersTo(column: string, table: string, key: string): boolean {
  const [own, thing, name] = [flat(column), flat(table), flat(key)];
  if (name === 'id' || name === 'code' || name === 'no') return own === `${thing}${name}`;
  return own === name && (name.startsWith(thing) || name.length > SHORT_NAME);
}

function flat(name: string): string {
  return nameWords(name).map(singular).join('');
}
