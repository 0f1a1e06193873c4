/** Scores statements that were written elsewhere, by the same rules as those of the pipeline. */
import { contextsOf } from '../data/set-contexts.ts';
import type { TextToSqlSet } from '../data/text-to-sql-set.ts';
import { createSqlExecutor, type SqlExecutor } from '../database/execute.ts';
import { FinSqlError } from '../errors.ts';
import { normalizeSql } from '../sql/normalize.ts';
import { type ErrorClass, errorClasses } from './error-classes.ts';
import { type Score, score } from './score.ts';

/** A statement and what it is worth. */
export interface ScoredPrediction extends Score {
  /** Position in the set. */
  readonly index: number;
  readonly question: string;
  readonly db: string;
  readonly gold: string;
  readonly sql: string;
  /** In what a wrong answer differs from gold; empty for the others. */
  readonly errorClasses: readonly ErrorClass[];
}

export interface ScorePredictionsOptions {
  readonly set: TextToSqlSet;
  /** One for each item of the set, in its order; empty: no answer, which is wrong. */
  readonly predictions: readonly string[];
  /** One to share; made here, and ended, unless given. */
  readonly executor?: SqlExecutor;
  /** Milliseconds until a statement is killed. Default 10,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Yields each prediction when it is scored, in the order of the set: right where its rows equal gold's on
 * every instance of the database. Nothing is calibrated or tried again; as in gold, a text in double
 * quotes is one.
 * @throws FinSqlError 'bad-data' for another number of predictions; the signal's reason
 */
export async function* scorePredictions({
  set,
  predictions,
  executor: shared,
  timeoutMs = 10_000,
  signal,
}: ScorePredictionsOptions): AsyncGenerator<ScoredPrediction> {
  const { items, databases } = set;
  if (predictions.length !== items.length) {
    throw new FinSqlError('bad-data', {
      en: `expected ${items.length} predictions, one for each question; got ${predictions.length}`,
      zh: `应有 ${items.length} 条预测，与问题一一对应；实际有 ${predictions.length} 条`,
    });
  }
  const executor = shared ?? createSqlExecutor();
  const contextOf = contextsOf(set);
  try {
    for (const [index, item] of items.entries()) {
      signal?.throwIfAborted();
      const context = contextOf(item.db);
      const { instances = [] } = databases.get(item.db) ?? {};
      if (context === undefined) {
        throw new FinSqlError('no-such-database', {
          en: `The set has no database ${item.db}.`,
          zh: `问题集中没有数据库 ${item.db}。`,
        });
      }
      const sql = predictions[index] as string;
      const gold = context.known(item).sql;
      const written = normalizeSql(sql, context.schema);
      const scored = await score(executor, instances, gold, written, { timeoutMs, signal });
      const classes = errorClasses(gold, sql, context.schema, scored);
      const { question, db } = item;
      yield { index, question, db, gold: item.sql, sql, ...scored, errorClasses: classes };
    }
  } finally {
    if (shared === undefined) executor.close();
  }
}
