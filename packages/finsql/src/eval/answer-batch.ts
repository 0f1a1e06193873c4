/** The answers to a batch of questions, beside gold. */
import type { TextAutomaton } from '@quaestor/peft';
import { askedOf, passedOver } from '../abstain/passed-over.ts';
import { answerKnown, type KnownRows } from '../answer-known.ts';
import { isFound } from '../consistency/flaws.ts';
import type { SqlExecutor } from '../database/execute.ts';
import { statements } from '../generate/draft.ts';
import { sqlGrammar } from '../grammar/sql-automaton.ts';
import { isFamiliar } from '../retrieval/familiar.ts';
import { createTrace } from '../trace.ts';
import { type Asked, type Drafted, draftBatch } from './draft-batch.ts';
import { errorClasses } from './error-classes.ts';
import type { EvaluateConfig, EvaluatedItem, EvaluateOptions } from './evaluate.ts';
import { finalSql } from './final-sql.ts';
import { score } from './score.ts';
import { settlingTools } from './stages.ts';

interface BatchTools extends Pick<EvaluateOptions, 'generator' | 'adviser'> {
  readonly signal: AbortSignal | undefined;
  readonly config: EvaluateConfig;
  readonly executor: SqlExecutor;
}

/** How an answer came about, and what it took. */
type Made = Omit<
  EvaluatedItem,
  'index' | 'question' | 'db' | 'gold' | 'passedOver' | 'familiar' | 'promptTokens' | keyof Scored
>;
type Scored = Pick<EvaluatedItem, 'correct' | 'skipped' | 'error' | 'errorClasses'>;

/** In the order of the questions; those that are known are not drafted. */
export async function answerBatch(
  asked: readonly Asked[],
  tools: BatchTools,
): Promise<EvaluatedItem[]> {
  const answered: EvaluatedItem[] = [];
  const open: Asked[] = [];
  for (const one of asked) {
    const began = performance.now();
    const known = await recalled(one, tools);
    const milliseconds = one.milliseconds + performance.now() - began;
    if (known === undefined) open.push({ ...one, milliseconds });
    else answered.push(await judged(one, fromKnown(known, milliseconds), tools));
  }
  if (open.length > 0) answered.push(...(await answerDrafted(open, tools)));
  return answered.toSorted((a, b) => a.index - b.index);
}

async function recalled(
  { item: { question }, context, prompt, instances }: Asked,
  tools: BatchTools,
): Promise<KnownRows | undefined> {
  const { config, signal } = tools;
  if (!config.knownQuestions || config.without.includes('known-question')) return undefined;
  const runner = settlingTools({ question, context, instances }, tools);
  return answerKnown(context, prompt.retrieval, { ...runner, trace: createTrace({}, signal) });
}

function fromKnown({ sql, changes, result }: KnownRows, milliseconds: number): Made {
  return {
    sql,
    milliseconds,
    draft: '',
    sureness: null,
    opinion: null,
    repaired: false,
    found: isFound(result),
    wordByWord: null,
    known: { changes: changes.length },
    vote: null,
  };
}

async function answerDrafted(asked: readonly Asked[], tools: BatchTools): Promise<EvaluatedItem[]> {
  const began = performance.now();
  const { generator, signal, config, executor } = tools;
  const { maxTokens, seed, temperature, candidates } = config;
  const greedy = { n: 1, temperature: 0, maxTokens, seed, signal };
  const drafts = await draftBatch(asked, tools, config, greedy);
  const prompts = drafts.map(({ prompt }) => prompt.text);
  const constraints = config.constrained
    ? asked.map(({ context }) => sqlGrammar(context.schema))
    : undefined;
  const sampled = { n: candidates - 1, temperature, maxTokens, seed, constraints, signal };
  const others = candidates > 1 ? await statements(generator, prompts, sampled) : [];
  const share = (performance.now() - began) / asked.length;
  const results: EvaluatedItem[] = [];
  for (const [at, drafted] of drafts.entries()) {
    const { context, instances, item, prompt, draft, opinion } = drafted;
    const started = performance.now();
    const tried = [draft?.sql ?? '', ...(others[at] ?? []).map(({ sql }) => sql)];
    const final = await finalSql(tried, prompt, {
      question: item.question,
      others: drafted.others.map(({ sql }) => sql),
      alternative: drafted.alternative,
      sureness: draft?.sureness ?? null,
      context,
      instances,
      generator,
      constraints: constraints && [constraints[at] as TextAutomaton],
      config,
      executor,
      signal,
    });
    const milliseconds = drafted.milliseconds + share + performance.now() - started;
    const made: Made = {
      ...final,
      draft: draft?.sql ?? '',
      sureness: draft === undefined ? 0 : draft.sureness,
      opinion,
      known: null,
      milliseconds,
    };
    results.push(await judged(drafted, made, tools));
  }
  return results;
}

/** With what gold says of it. */
async function judged(
  { index, item, context, instances, prompt }: Asked | Drafted,
  { sql, ...made }: Made,
  { config, executor, signal }: BatchTools,
): Promise<EvaluatedItem> {
  const gold = context.known(item).sql;
  const limits = { timeoutMs: config.timeoutMs, signal };
  const scored = await score(executor, instances, gold, sql, limits);
  return {
    index,
    question: item.question,
    db: item.db,
    gold: item.sql,
    sql,
    ...scored,
    errorClasses: errorClasses(gold, sql, context.schema, scored),
    ...made,
    passedOver: passedOver(sql, askedOf(context, prompt.retrieval)).length > 0,
    familiar: isFamiliar(context),
    promptTokens: prompt.tokens,
  };
}
