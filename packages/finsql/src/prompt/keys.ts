/** Foreign keys in the prompt: which columns they need, and the lines that state them. */
import type { DatabaseContext, Link } from '../retrieval/context.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { identifier } from '../schema/identifiers.ts';
import type { ShownTable } from './render.ts';

const MOST_LINES = 6;
/** With more keys per table than this, each pair of tables has several and stating them is noise. */
const MANY_KEYS = 3;

/** Whether the keys are few enough to be stated. */
export function sparseKeys(context: DatabaseContext): boolean {
  return context.links.length <= MANY_KEYS * context.schema.tables.length;
}

/** `table.column` of the likeliest key between each two of the tables, both ends. */
export function joinsAmong(
  context: DatabaseContext,
  retrieval: Retrieval,
  names: readonly string[],
): string[] {
  const best = new Map<string, { readonly link: Link; readonly score: number }>();
  for (const link of linksAmong(context, names)) {
    const pair = sparseKeys(context)
      ? `${link.table}.${link.column} ${link.target}`
      : [link.table, link.target].sort().join(' ');
    const score =
      columnScore(retrieval, link.table, link.column) +
      columnScore(retrieval, link.target, link.targetColumn) +
      (link.column === link.targetColumn ? 1 : 0);
    if (score > (best.get(pair)?.score ?? -1)) best.set(pair, { link, score });
  }
  return [...best.values()].flatMap(({ link }) => [
    `${link.table}.${link.column}`,
    `${link.target}.${link.targetColumn}`,
  ]);
}

/** `a.x = b.y` for each key between shown columns. */
export function keyLines(context: DatabaseContext, tables: readonly ShownTable[]): string[] {
  if (!sparseKeys(context)) return [];
  const visible = new Set(
    tables.flatMap((table) => table.columns.map((column) => `${table.name}.${column.name}`)),
  );
  const lines = linksAmong(
    context,
    tables.map(({ name }) => name),
  )
    .filter(
      (link) =>
        visible.has(`${link.table}.${link.column}`) &&
        visible.has(`${link.target}.${link.targetColumn}`),
    )
    .map(
      (link) =>
        `${identifier(link.table)}.${identifier(link.column)} = ${identifier(link.target)}.${identifier(link.targetColumn)}`,
    );
  return [...new Set(lines)].slice(0, MOST_LINES);
}

function linksAmong(context: DatabaseContext, names: readonly string[]): Link[] {
  const shown = new Set(names);
  return context.links.filter((link) => shown.has(link.table) && shown.has(link.target));
}

function columnScore(retrieval: Retrieval, table: string, column: string): number {
  const found = retrieval.columnsOf(table).find(({ name }) => name === column);
  return found === undefined ? 0 : found.score + (found.column.kind === 'integer' ? 0.5 : 0);
}
