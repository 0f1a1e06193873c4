/** What rows that others refer to are to them: the `manager` of manager_id, of a table that is called otherwise. */
import type { Link } from '../../retrieval/context.ts';
import { hasHan, singular } from '../../retrieval/words.ts';
import { type Column, fold, type Schema } from '../../schema/schema.ts';
import { keysAbove } from '../columns/keys-above.ts';
import { COST, type Naming, naming } from '../columns/name-costs.ts';
import { synonymsOf, tableWords, wordsOf } from '../columns/name-words.ts';

/** None where a table is called so, or in other words: a customer_id tells the customers themselves. */
export function saidOfRoles({ tables }: Schema, links: readonly Link[]): Naming[] {
  const called = new Set(tables.flatMap(({ name }) => tableWords(name).map(singular)));
  const isTable = (role: string) =>
    [role, ...synonymsOf([role])].some((text) => text.split(' ').some((word) => called.has(word)));
  return tables.flatMap((table) => {
    const referring = new Set([
      ...links.filter((link) => link.table === fold(table.name)).map(({ column }) => column),
      ...keysAbove(table).map(fold),
    ]);
    return table.columns
      .filter(({ name }) => referring.has(fold(name)))
      .flatMap((column) => {
        const role = roleOf(column);
        if (role === undefined || isTable(role)) return [];
        const place = { table: table.name, column: column.name } as const;
        return naming(role, { kind: 'column', ...place, role: true, cost: COST.verb });
      });
  });
}

/** The one word before `id` or `code`. */
function roleOf({ name }: Column): string | undefined {
  const [role, key, ...more] = hasHan(name) ? [] : wordsOf(name);
  const isKey = /^(?:id|code|number)$/.test(key ?? '') && more.length === 0;
  return isKey && role !== undefined ? singular(role) : undefined;
}
