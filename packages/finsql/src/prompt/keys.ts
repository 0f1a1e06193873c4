/** Foreign keys in the prompt: which of them, which columns they need, and the lines that state them. */
import type { DatabaseContext, Link } from '../retrieval/context.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { identifier } from '../schema/identifiers.ts';

/**
 * The keys among the tables, those of the best tables first. Where each pair of tables has several,
 * only the likeliest of each pair.
 * @param names best first
 */
export function linksAmong(
  context: DatabaseContext,
  retrieval: Retrieval,
  names: readonly string[],
): Link[] {
  const rank = new Map(names.map((name, index) => [name, index]));
  const links = context.links.filter((link) => rank.has(link.table) && rank.has(link.target));
  const distinct = [...new Map(links.map((link) => [keyLine(link), link])).values()];
  const place = (link: Link) => (rank.get(link.table) ?? 0) + (rank.get(link.target) ?? 0);
  const sorted = distinct.sort((a, b) => place(a) - place(b));
  if (context.sparseKeys) return sorted;
  const best = new Map<string, { readonly link: Link; readonly score: number }>();
  for (const link of sorted) {
    const pair = [link.table, link.target].sort().join(' ');
    const score =
      columnScore(retrieval, link.table, link.column) +
      columnScore(retrieval, link.target, link.targetColumn) +
      (link.column === link.targetColumn ? 1 : 0);
    if (score > (best.get(pair)?.score ?? -1)) best.set(pair, { link, score });
  }
  return [...best.values()].map(({ link }) => link);
}

/** `table.column` of both ends. */
export function endsOf(link: Link): [string, string] {
  return [`${link.table}.${link.column}`, `${link.target}.${link.targetColumn}`];
}

/** `a.x = b.y`. */
export function keyLine(link: Link): string {
  return `${identifier(link.table)}.${identifier(link.column)} = ${identifier(link.target)}.${identifier(link.targetColumn)}`;
}

function columnScore(retrieval: Retrieval, table: string, column: string): number {
  const found = retrieval.columnsOf(table).find(({ name }) => name === column);
  return found === undefined ? 0 : found.score + (found.column.kind === 'integer' ? 0.5 : 0);
}
