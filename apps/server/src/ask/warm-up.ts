/**
 * The first question before it comes: what it would have to wait for (a database is read, known questions
 * are indexed, the model runs for the first time) is done as soon as the model is loaded.
 */
import type { TextToSqlItem } from '@quaestor/finsql';
import type { DatabaseCatalog } from '../database-catalog.ts';
import type { ModelLoader } from '../model-loader.ts';
import type { AnswerStore } from './answer-store.ts';
import type { AskQueue } from './ask-queue.ts';

/** Answers among which a database is looked for that is asked about nowadays. */
const LOOKED_AT = 20;

export interface WarmUpTools {
  readonly model: ModelLoader;
  readonly catalog: DatabaseCatalog;
  readonly queue: AskQueue;
  readonly answers: AnswerStore;
  /** Questions that the page offers. */
  readonly examples: readonly TextToSqlItem[];
}

/**
 * Writes the SQL of one question, runs nothing and keeps nothing: of the question that was asked last,
 * else of one that is offered. Does nothing where people ask already, or there is nothing to ask.
 * What goes wrong is left to the first question, which tells.
 */
export async function warmUp(tools: WarmUpTools, signal: AbortSignal): Promise<void> {
  const { model, catalog, queue } = tools;
  try {
    const likely = await likelyQuestion(tools);
    if (likely === undefined || model.state.state !== 'ready') return;
    if (queue.running + queue.waiting > 0) return;
    const source = await catalog.source(likely.db, null);
    const ask = () => model.finSql.ask(likely.question, source, { signal, dryRun: true });
    await queue.run(ask, { signal, work: { what: 'warm-up', client: null } });
  } catch {
    // The server ends, or the first question will meet the same.
  }
}

async function likelyQuestion({
  catalog,
  answers,
  examples,
}: WarmUpTools): Promise<{ readonly db: string; readonly question: string } | undefined> {
  const there = new Set(await catalog.names());
  const asked = answers
    .list(null, { limit: LOOKED_AT })
    .map(({ database, question }) => ({ db: database, question }));
  return [...asked, ...examples].find(({ db }) => there.has(db));
}
