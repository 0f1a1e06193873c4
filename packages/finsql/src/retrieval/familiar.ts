import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import type { DatabaseContext } from './context.ts';

/** Fewer known questions than this do not tell how a database is asked. */
const ENOUGH_KNOWN = 50;

/** Whether too few of these questions are about a database to tell how it is asked. */
export function isNewDatabase(name: string, known: readonly TextToSqlItem[]): boolean {
  return known.filter(({ db }) => db === name).length < ENOUGH_KNOWN;
}

/** Whether enough questions about a database are known to guide retrieval, prompt and judgement. */
export function isFamiliar({
  exemplars,
  schema,
}: Pick<DatabaseContext, 'exemplars' | 'schema'>): boolean {
  return (exemplars?.count(schema.name) ?? 0) >= ENOUGH_KNOWN;
}
