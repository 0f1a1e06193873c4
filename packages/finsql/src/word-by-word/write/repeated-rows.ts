/** Whether a join makes the rows of a table stand several times: then they are counted by their key, and not added up. */
import { fold, type Schema } from '../../schema/schema.ts';
import { isOneToOne } from '../../schema/table-keys.ts';
import type { Joined } from '../columns/joins.ts';

/** Whether a join leads from a table to many rows for one of its own. */
export function repeatsRows({ tables, keys }: Joined, table: string, schema: Schema): boolean {
  const reached = new Set([fold(table)]);
  let many = false;
  for (let grown = true; grown; ) {
    grown = false;
    for (const { table: owner, column, target } of keys) {
      if (reached.has(owner) === reached.has(target)) continue;
      if (reached.has(target)) many ||= !isOneToOne(schema, owner, column);
      reached.add(owner).add(target);
      grown = true;
    }
  }
  return many && tables.length > 1;
}
