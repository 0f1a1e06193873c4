/** The statement that the pipeline ends with, of a question whose drafts were written in a batch. */
import type { TextAutomaton } from '@quaestor/peft';
import { askedOf } from '../abstain/passed-over.ts';
import { isFound } from '../consistency/flaws.ts';
import type { SqlExecutor } from '../database/execute.ts';
import { findRows } from '../find-rows.ts';
import { statements } from '../generate/draft.ts';
import type { Generator } from '../generate/generator.ts';
import type { Prompt } from '../prompt/build.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import { createTrace } from '../trace.ts';
import { wordByWord } from '../word-by-word/answers-by-reading.ts';
import type { EvaluateConfig, EvaluatedItem } from './evaluate.ts';
import { settlingTools } from './stages.ts';

/** What a statement is settled with. */
export interface FinalTools {
  readonly question: string;
  readonly others: readonly string[];
  readonly alternative: string | undefined;
  /** Of the draft. */
  readonly sureness: number | null;
  readonly context: DatabaseContext;
  readonly instances: readonly string[];
  readonly generator: Generator;
  readonly constraints: readonly TextAutomaton[] | undefined;
  readonly config: EvaluateConfig;
  readonly executor: SqlExecutor;
  readonly signal: AbortSignal | undefined;
}

/** What the pipeline would end with: the draft where it runs, a repaired one where one is found. */
export async function finalSql(
  drafts: readonly string[],
  prompt: Prompt,
  {
    question,
    others,
    alternative,
    sureness,
    context,
    instances,
    generator,
    constraints,
    config,
    executor,
    signal,
  }: FinalTools,
): Promise<Pick<EvaluatedItem, 'sql' | 'vote' | 'repaired' | 'found' | 'wordByWord'>> {
  const [written = ''] = drafts;
  if (written === '')
    return { sql: '', vote: null, repaired: true, found: false, wordByWord: null };
  const { maxTokens, seed, temperature, without } = config;
  const samples = without.includes('second-try') ? 0 : config.samples;
  const found = await findRows(written, {
    ...settlingTools({ question, context, instances }, { config, executor, signal }),
    trace: createTrace({}, signal),
    sampled: drafts.length > 1 ? async () => drafts.slice(1) : undefined,
    samples,
    resample: async () => {
      const request = { n: samples, temperature, maxTokens, seed, constraints, signal };
      const [again = []] = await statements(generator, [prompt.text], request);
      return again.map((statement) => statement.sql);
    },
    asked: askedOf(context, prompt.retrieval),
    others,
    alternative,
    wordByWord:
      config.wordByWord && !without.includes('word-by-word')
        ? wordByWord(context, prompt.retrieval, sureness)
        : undefined,
  });
  signal?.throwIfAborted();
  const seen = found.vote
    ? { candidates: found.vote.candidates, agreement: found.vote.agreement }
    : null;
  if (found.failure !== null) {
    return { sql: written, vote: seen, repaired: true, found: false, wordByWord: null };
  }
  const { sql, cautions, result } = found;
  const repaired = cautions.length > 0;
  return { sql, vote: seen, repaired, found: isFound(result), wordByWord: found.wordByWord };
}
