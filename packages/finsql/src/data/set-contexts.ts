import { type DatabaseContext, prepareDatabase } from '../retrieval/context.ts';
import type { ExemplarIndex } from '../retrieval/exemplars.ts';
import { buildValueIndex } from '../retrieval/values.ts';
import type { TextToSqlSet } from './text-to-sql-set.ts';

/**
 * The databases of a set as contexts of questions, each prepared once, when it is first asked for.
 * @param exemplars known questions, shared by all of them
 * @returns undefined for a database that the set does not have
 */
export function contextsOf(
  { databases }: Pick<TextToSqlSet, 'databases'>,
  exemplars?: ExemplarIndex,
): (db: string) => DatabaseContext | undefined {
  const known = new Map<string, DatabaseContext>();
  return (db) => {
    const found = known.get(db);
    const { schema, instances } = databases.get(db) ?? {};
    const file = instances?.[0];
    if (found !== undefined || schema === undefined || file === undefined) return found;
    const context = prepareDatabase(schema, { values: buildValueIndex(file, schema), exemplars });
    known.set(db, context);
    return context;
  };
}
