/** Whether a pair gives away a held-out one: the same SQL, or a question in nearly the same words. */
import { buildExemplarIndex, questionKey } from '../../retrieval/exemplars.ts';
import { words } from '../../retrieval/words.ts';
import type { Schema } from '../../schema/schema.ts';
import { normalizeSql } from '../../sql/normalize.ts';
import type { TextToSqlItem } from '../text-to-sql-set.ts';

/** Questions that share this part of all their words are nearly the same. */
const NEARLY_SAME = 0.85;

export interface HeldOut {
  /** Whether the pair is, or nearly is, one of those held out. */
  leaks(question: string, sql: string): boolean;
}

/** @param items held out; @param schema of the database that all of them ask about */
export function heldOut(items: readonly TextToSqlItem[], schema: Schema): HeldOut {
  const index = buildExemplarIndex(items);
  const statements = new Set(items.map(({ sql }) => normalizeSql(sql, schema)));
  const questions = new Set(items.map(({ question }) => questionKey(question)));
  return {
    leaks(question, sql) {
      if (statements.has(normalizeSql(sql, schema))) return true;
      if (questions.has(questionKey(question))) return true;
      const own = new Set(words(question));
      return index
        .nearest(question, items[0]?.db ?? '', 3)
        .some(({ item }) => overlap(own, new Set(words(item.question))) >= NEARLY_SAME);
    },
  };
}

/** Jaccard index of two sets. */
function overlap(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const shared = [...left].filter((word) => right.has(word)).length;
  const all = left.size + right.size - shared;
  return all === 0 ? 0 : shared / all;
}
