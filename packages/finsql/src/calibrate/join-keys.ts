/** The keys between tables, as conditions of joins. */
import type { Link } from '../retrieval/context.ts';
import { identifier } from '../schema/identifiers.ts';

/** Folded names of the tables that a key links with it. */
export function neighboursOf(links: readonly Link[], name: string): ReadonlySet<string> {
  return new Set(
    links.flatMap(({ table, target }) =>
      table === name ? [target] : target === name ? [table] : [],
    ),
  );
}

/** The key between two tables, each given by its folded name and its handle. */
export function conditionOf(
  links: readonly Link[],
  [theirs, theirHandle]: readonly [string, string],
  [own, handle]: readonly [string, string],
): string | undefined {
  const link = links.find(
    ({ table, target }) =>
      (table === own && target === theirs) || (table === theirs && target === own),
  );
  if (link === undefined) return undefined;
  const outward = link.table === own;
  const mine = outward ? link.column : link.targetColumn;
  const yours = outward ? link.targetColumn : link.column;
  return `${identifier(theirHandle)}.${identifier(yours)} = ${identifier(handle)}.${identifier(mine)}`;
}
