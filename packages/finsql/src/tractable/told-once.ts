import type { Table } from '../schema/schema.ts';

/** What a table tells, found once: each of thousands of columns may ask for it. */
export function toldOnce<Told>(find: (table: Table) => Told): (table: Table) => Told {
  const known = new WeakMap<Table, { readonly told: Told }>();
  return (table) => {
    const found = known.get(table) ?? { told: find(table) };
    known.set(table, found);
    return found.told;
  };
}
