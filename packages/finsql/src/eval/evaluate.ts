/** Asks every question of a set and compares the rows with gold's. */
import { schemaProblems } from '@quaestor/peft';
import * as z from 'zod';
import { answerConfig } from '../answer-config.ts';
import type { Vote } from '../consistency/vote.ts';
import { marksOf } from '../data/description-marks.ts';
import { contextsOf } from '../data/set-contexts.ts';
import type { TextToSqlItem, TextToSqlSet } from '../data/text-to-sql-set.ts';
import { createSqlExecutor, type SqlExecutor } from '../database/execute.ts';
import { timeout } from '../database/timeout.ts';
import { FinSqlError } from '../errors.ts';
import type { Statement } from '../generate/draft.ts';
import type { Generator } from '../generate/generator.ts';
import { type Exemplars, exemplarsNow } from '../latest-index.ts';
import { buildPrompt } from '../prompt/build.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import { buildExemplarIndex } from '../retrieval/exemplars.ts';
import type { KeptReading } from '../word-by-word/answers-by-reading.ts';
import { answerBatch } from './answer-batch.ts';
import { openCheckpoint } from './checkpoint.ts';
import type { Asked } from './draft-batch.ts';
import { ERROR_CLASSES } from './error-classes.ts';
import type { ScoredPrediction } from './score-predictions.ts';
import { contextWithout, STAGES } from './stages.ts';

export const evaluateConfig = z.object({
  batch: z.int().positive().default(8).describe('prompts given to the generator at once'),
  limit: z.int().positive().optional().describe('only the first so many questions'),
  ...answerConfig.shape,
  without: z
    .array(z.enum(STAGES))
    .default([])
    .describe('stages that are left out; rules: all calibration rules'),
  timeoutMs: timeout.default(10_000).describe('milliseconds until a statement is killed'),
});

export type EvaluateConfig = z.infer<typeof evaluateConfig>;

export interface EvaluateOptions extends z.input<typeof evaluateConfig> {
  readonly set: TextToSqlSet;
  readonly generator: Generator;
  /** Another one, which writes too where the first is not sure. */
  readonly adviser?: Generator | undefined;
  /** A function is asked once. */
  readonly exemplars?: Exemplars;
  readonly executor?: SqlExecutor;
  /** File of results so far (JSON lines): a run that was stopped goes on from there. */
  readonly checkpoint?: string;
  /** Told when results are in that file: a later run has no need to make them again. */
  readonly onKept?: () => void;
  readonly signal?: AbortSignal;
}

/** One line of P.json. */
export interface EvaluatedItem extends ScoredPrediction {
  /** What the model wrote first. */
  readonly draft: string;
  /** Mean log-probability of the draft's tokens; null where the generator does not tell. */
  readonly sureness: number | null;
  /** What another generator wrote, and whether that was kept; null where it was not asked. */
  readonly opinion: (Statement & { readonly kept: boolean }) | null;
  /** Whether what was drafted had to be replaced, or found no rows. */
  readonly repaired: boolean;
  /** Whether it passes over a stored text that the question spells out. */
  readonly passedOver: boolean;
  /** Whether enough questions about its database are known. */
  readonly familiar: boolean;
  /** Whether there is anything but nulls in its rows. */
  readonly found: boolean;
  /** Of a statement read off the question word by word; null: another answers. */
  readonly wordByWord: KeptReading | null;
  /** Of a known question's statement: how many texts, numbers and periods of it are others; null: another answers. */
  readonly known: { readonly changes: number } | null;
  /** What the vote saw; null where only one candidate was asked for. */
  readonly vote: Pick<Vote, 'candidates' | 'agreement'> | null;
  readonly promptTokens: number;
  /** Retrieval, the item's share of its batch's generation, execution and repairs. */
  readonly milliseconds: number;
}

/**
 * Yields each item when it is scored, in the order of the set; those of an earlier, stopped run first.
 * @throws FinSqlError `bad-config`, or `bad-data` when the checkpoint is of another run
 *   or of other descriptions
 */
export async function* evaluate(options: EvaluateOptions): AsyncGenerator<EvaluatedItem> {
  const exemplars = options.exemplars && exemplarsNow(options.exemplars);
  const {
    set,
    generator,
    adviser,
    exemplars: _exemplars,
    executor: shared,
    checkpoint: file,
    onKept,
    signal,
    ...rest
  } = options;
  const settings = evaluateConfig.strict();
  const parsed = settings.safeParse(rest);
  if (!parsed.success) {
    throw new FinSqlError(
      'bad-config',
      { en: 'The evaluation options are not valid.', zh: '评测的选项无效。' },
      { problems: schemaProblems(settings, rest, parsed.error) },
    );
  }
  const config = parsed.data;
  const items = set.items.slice(0, config.limit);
  const run = {
    items: set.items,
    generator: generator.name,
    ...(adviser === undefined ? {} : { adviser: adviser.name }),
    exemplars: exemplars?.length ?? 0,
    ...config,
    errorClasses: ERROR_CLASSES,
    limit: 0,
  };
  const checkpoint =
    file === undefined
      ? undefined
      : openCheckpoint<EvaluatedItem>(file, run, marksOf(set.databases));
  const executor = shared ?? createSqlExecutor();
  try {
    const done = new Set<number>();
    for (const item of checkpoint?.items ?? []) {
      if (item.index >= items.length) continue;
      done.add(item.index);
      yield item;
    }
    const ask = createAsker({ set, generator, exemplars }, config);
    const open = [...items.entries()].filter(([index]) => !done.has(index));
    for (let at = 0; at < open.length; at += config.batch) {
      signal?.throwIfAborted();
      const asked = open.slice(at, at + config.batch).map(([index, item]) => ask(index, item));
      const results = await answerBatch(asked, { generator, adviser, config, executor, signal });
      checkpoint?.append(results);
      if (checkpoint !== undefined) onKept?.();
      yield* results;
    }
  } finally {
    checkpoint?.close();
    if (shared === undefined) executor.close();
  }
}

/** Prompts for items, with each database prepared once. */
function createAsker(
  {
    set,
    generator,
    exemplars,
  }: Pick<EvaluateOptions, 'set' | 'generator'> & {
    readonly exemplars: readonly TextToSqlItem[] | undefined;
  },
  { budget, nearValues, without }: EvaluateConfig,
) {
  const contextOf = contextsOf(set, exemplars && buildExemplarIndex(exemplars));
  const contexts = new Map<string, DatabaseContext>();
  const countTokens = (text: string) => generator.countTokens(text);
  return (position: number, item: TextToSqlItem): Asked => {
    const { instances } = set.databases.get(item.db) ?? {};
    const whole = contextOf(item.db);
    if (whole === undefined || instances === undefined) {
      throw new FinSqlError('no-such-database', {
        en: `The set has no database ${item.db}.`,
        zh: `问题集中没有数据库 ${item.db}。`,
      });
    }
    const context = contexts.get(item.db) ?? contextWithout(whole, without);
    contexts.set(item.db, context);
    const began = performance.now();
    const prompt = buildPrompt(context, item.question, {
      budget,
      countTokens,
      nearValues,
      exemplars: !without.includes('exemplars'),
      notes: !without.includes('notes'),
    });
    return {
      index: position,
      item,
      context,
      instances,
      prompt,
      milliseconds: performance.now() - began,
    };
  };
}
