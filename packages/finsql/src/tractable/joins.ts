/** The tables of a reading, joined along keys. */

import type { Link } from '../retrieval/context.ts';
import { connectingTables } from '../retrieval/join-path.ts';
import { nameWords } from '../retrieval/words.ts';
import { fold, type Schema, type Table } from '../schema/schema.ts';
import { singular } from './units.ts';

/** The keys of a schema; where none is declared between two tables, those that their names tell. */
export function linksOf(schema: Schema, declared: readonly Link[]): Link[] {
  const told = schema.tables.flatMap((table) =>
    table.columns.flatMap((column): Link[] => {
      const target = schema.tables.find((other) => other !== table && isKeyTo(other, column.name));
      if (target === undefined) return [];
      const key = target.columns.find(({ primaryKey }) => primaryKey);
      if (key === undefined) return [];
      const link = {
        table: fold(table.name),
        column: fold(column.name),
        target: fold(target.name),
        targetColumn: fold(key.name),
      };
      const isDeclared = declared.some(
        ({ table: a, target: b }) =>
          (a === link.table && b === link.target) || (a === link.target && b === link.table),
      );
      return isDeclared ? [] : [link];
    }),
  );
  return [...declared, ...told];
}

/** `customer_id` tells of the key of `customers`, be that `id` or `customer_id`. */
function isKeyTo(table: Table, column: string): boolean {
  const keys = table.columns.filter(({ primaryKey }) => primaryKey);
  const [key, ...more] = keys;
  if (key === undefined || more.length > 0) return false;
  const own = flat(column);
  const thing = flat(table.name);
  const name = flat(key.name);
  if (own === name && name !== 'id') return name.startsWith(thing) || name.length > 4;
  return name === 'id' && own === `${thing}id`;
}

function flat(name: string): string {
  return nameWords(name).map(singular).join('');
}

export interface Joined {
  /** Folded names in the order of the FROM clause. */
  readonly tables: readonly string[];
  /** The key by which each but the first is joined to one before it. */
  readonly keys: readonly Link[];
}

/**
 * The smallest way along keys to join the tables; undefined where there is none, or where two keys lie
 * between two of them.
 */
export function joinTables(links: readonly Link[], wanted: readonly string[]): Joined | undefined {
  const chosen = [...new Set(wanted.map(fold))];
  const added = connectingTables(links, chosen, chosen);
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
