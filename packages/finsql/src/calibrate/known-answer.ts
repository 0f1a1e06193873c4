import { structureOf } from '../consistency/structure.ts';
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import { questionKey } from '../retrieval/exemplars.ts';
import { normalizeSql } from '../sql/normalize.ts';
import type { CalibrationContext } from './rule.ts';

/** Questions in the very same words are the nearest there are; a few have several statements. */
const SAME = 20;

/**
 * The known question that is the very question asked, but for case, spaces and signs that tell nothing, and whose statement
 * asks for what this one does: somebody has said that it is right. Undefined where there is none.
 */
export function knownAnswer(
  sql: string,
  { question, exemplars, schema }: CalibrationContext,
): TextToSqlItem | undefined {
  if (question === undefined || exemplars === undefined) return undefined;
  const key = questionKey(question);
  const same = exemplars
    .nearest(question, schema.name, SAME)
    .filter(({ item }) => questionKey(item.question) === key);
  if (same.length === 0) return undefined;
  const written = normalizeSql(sql, schema);
  return same.find(({ item }) => isAlike(written, normalizeSql(item.sql, schema)))?.item;
}

/** A structure has nothing of the queries that WITH names. */
function isAlike(one: string, other: string): boolean {
  if (one === other) return true;
  if (/\bwith\b/.test(one) || /\bwith\b/.test(other)) return false;
  return structureOf(one) === structureOf(other);
}
