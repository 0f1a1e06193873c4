/** The tables of a reading, joined along keys. */
import type { Link } from '../../retrieval/context.ts';
import { connectingTables } from '../../retrieval/join-path.ts';
import { toldKeys } from '../../retrieval/told-keys.ts';
import { fold, type Schema } from '../../schema/schema.ts';

/** The keys of a schema; where none is declared between two tables, those that their names tell. */
export function linksOf(schema: Schema, declared: readonly Link[]): Link[] {
  const isDeclared = ({ table, target }: Link) =>
    declared.some(
      (link) =>
        (link.table === table && link.target === target) ||
        (link.table === target && link.target === table),
    );
  return [...declared, ...toldKeys(schema).filter((link) => !isDeclared(link))];
}

/** Tables in a row, each but the first joined to one before it. */
export interface Joined {
  /** Folded names in the order of the FROM clause. */
  readonly tables: readonly string[];
  /** The key by which each but the first is joined to one before it. */
  readonly keys: readonly Link[];
}

/**
 * The smallest way along keys to join the tables; undefined where there is none, or where two keys lie
 * between two of them, or two tables.
 */
export function joinTables(links: readonly Link[], wanted: readonly string[]): Joined | undefined {
  const chosen = [...new Set(wanted.map(fold))];
  const added = connectingTables(links, chosen, chosen);
  if (added.some((between) => isOneOfSeveral(links, between, [...chosen, ...added])))
    return undefined;
  const left = new Set([...chosen.slice(1), ...added]);
  const tables = chosen.slice(0, 1);
  const keys: Link[] = [];
  while (left.size > 0) {
    const step = nextStep(links, tables, left);
    if (step === undefined) return undefined;
    tables.push(step.table);
    keys.push(step.key);
    left.delete(step.table);
  }
  return { tables, keys };
}

/** Whether another table refers to the same rows as one between: employees and projects by their hours, or by their expenses. */
function isOneOfSeveral(
  links: readonly Link[],
  between: string,
  within: readonly string[],
): boolean {
  const joined = within.filter((table) => table !== between && refersTo(links, between, table));
  const others = new Set(links.map(({ table }) => table).filter((one) => !within.includes(one)));
  return (
    joined.length > 1 &&
    [...others].some((other) => joined.every((table) => refersTo(links, other, table)))
  );
}

function refersTo(links: readonly Link[], table: string, target: string): boolean {
  return links.some((link) => link.table === table && link.target === target);
}

function nextStep(
  links: readonly Link[],
  tables: readonly string[],
  left: ReadonlySet<string>,
): { readonly table: string; readonly key: Link } | undefined {
  for (const table of left) {
    for (const joined of tables) {
      const between = links.filter(
        (link) =>
          (link.table === table && link.target === joined) ||
          (link.table === joined && link.target === table),
      );
      const [key, ...others] = between;
      if (key !== undefined && others.length === 0) return { table, key };
    }
  }
  return undefined;
}
