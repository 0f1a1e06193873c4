/**
 * Descriptions stand in prompts: work that was begun under some and goes on under others would mix two
 * kinds of prompts. A mark of them, kept with the work, tells.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Description } from '../schema/descriptions.ts';
import { fold } from '../schema/schema.ts';
import type { TextToSqlDatabase } from './text-to-sql-set.ts';

/** By the database's name; one without descriptions has none. */
export const descriptionMarks = z.record(z.string(), z.string());

export type DescriptionMarks = Readonly<z.output<typeof descriptionMarks>>;

/** Marks of what is laid over the schemas of these databases. */
export function marksOf(databases: ReadonlyMap<string, TextToSqlDatabase>): DescriptionMarks {
  return Object.fromEntries(
    [...databases].flatMap(([name, { descriptions = [] }]) =>
      descriptions.length === 0 ? [] : [[name, markOf(descriptions)]],
    ),
  );
}

/** Names of the databases whose marks differ, one that is described only before or after included. */
export function differingMarks(before: DescriptionMarks, now: DescriptionMarks): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].filter((name) => before[name] !== now[name]).sort();
}

/** The same whatever their order, and however names are written. */
export function markOf(descriptions: readonly Description[]): string {
  const lines = descriptions.map(({ table, column, text }) =>
    JSON.stringify([fold(table), column === null ? null : fold(column), text]),
  );
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex').slice(0, 12);
}
