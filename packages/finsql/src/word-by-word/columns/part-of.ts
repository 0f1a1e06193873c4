/** Rows that belong to others by the keys of tables. */
import type { Link } from '../../retrieval/context.ts';
import { fold } from '../../schema/schema.ts';

/** Whether rows of a table belong to those of another, over as many keys as it takes. */
export function isPartOf(links: readonly Link[], table: string, whole: string): boolean {
  const reached = new Set([fold(table)]);
  for (const owner of reached) {
    for (const link of links) if (link.table === owner) reached.add(link.target);
  }
  return fold(table) !== fold(whole) && reached.has(fold(whole));
}

/** Whether a column refers to the rows of a table. */
export function isReference(
  links: readonly Link[],
  { table, column }: { readonly table: string; readonly column: string },
): boolean {
  return links.some((link) => link.table === fold(table) && link.column === fold(column));
}

/** The keys by which rows of a table refer to those of another. */
export function keysTo(links: readonly Link[], table: string, other: string): readonly Link[] {
  return links.filter((link) => link.table === fold(table) && link.target === fold(other));
}
