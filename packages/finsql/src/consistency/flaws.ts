/**
 * What shows, once a statement has run, that it is hardly what was asked for (execution-guided
 * decoding, Wang et al. 2018, arXiv 1807.03100): it finds nothing, it joins everything with everything,
 * or it passes over stored texts and numbers that the question spells out.
 */
import { type Asked, passedOver } from '../abstain/passed-over.ts';
import { unknownValues } from '../abstain/unknown-values.ts';
import type { QueryResult } from '../database/execute.ts';
import { keyOf } from '../retrieval/values/units.ts';
import { joinsEverything } from '../sql/conditions.ts';

/** Whether there is anything but nulls in the rows. */
export function isFound({ rows }: Pick<QueryResult, 'rows'>): boolean {
  return rows.some((row) => row.some((cell) => cell !== null));
}

/** Whether nothing but nulls was found, or a lone count or sum of nothing. */
export function isNothing({ rows }: Pick<QueryResult, 'rows'>): boolean {
  const [only = [], ...more] = rows;
  const isNone = (cell: unknown) => cell === null || cell === 0 || cell === 0n;
  return more.length === 0 ? only.every(isNone) : !isFound({ rows });
}

/** Whether a row stands there more than once. */
export function hasEqualRows({ rows }: Pick<QueryResult, 'rows'>): boolean {
  return new Set(rows.map((row) => JSON.stringify(row.map(String)))).size < rows.length;
}

/** How many flaws there are; 0: nothing speaks against the statement. */
export function flawsOf(sql: string, result: Pick<QueryResult, 'rows'>, asked: Asked): number {
  const others = [joinsEverything(sql), !isFound(result)].filter(Boolean);
  return passedOver(sql, asked).length + others.length;
}

/**
 * Whether nothing can be found, since the question itself spells out a text that is stored nowhere: a
 * statement with rows would be about something else. One that another column holds is stored.
 */
export function asksForUnknown(sql: string, { question, context, mentions }: Asked): boolean {
  const spelled = keyOf(question);
  const stored = mentions.filter(({ similarity }) => similarity === 1);
  return unknownValues(sql, context).some(({ text }) => {
    const key = keyOf(text);
    const isStored = stored.some(({ value }) => keyOf(value).includes(key));
    return spelled.includes(key) && !isStored;
  });
}
