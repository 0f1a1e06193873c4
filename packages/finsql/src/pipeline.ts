/** Question → SQL → rows: the stages in order, each in the answer's trace. */
import { abstainedAnswer } from './abstain/abstained-answer.ts';
import { beforeWriting, measureCoverage } from './abstain/abstention.ts';
import { leftOutTies } from './abstain/left-out-ties.ts';
import { outsideData } from './abstain/outside-data.ts';
import { askedOf } from './abstain/passed-over.ts';
import type { Answer } from './answer.ts';
import { answerKnown } from './answer-known.ts';
import { isDoubtful, nearTo, unexplainedWords } from './beside-doubt.ts';
import type { CalibrationContext } from './calibrate/rule.ts';
import { createSqlExecutor, type ExecuteOptions } from './database/execute.ts';
import { rewriteFollowUp, type Turn } from './dialogue/rewrite.ts';
import { explainSql } from './explain/explain.ts';
import { type FoundRows, findRows, withoutRows } from './find-rows.ts';
import { statements } from './generate/draft.ts';
import { withSecondOpinion } from './generate/second-opinion.ts';
import { writeDrafts } from './generate/write-drafts.ts';
import { sqlGrammar } from './grammar/sql-automaton.ts';
import { judgeAnswer, judgeDraft, unexplained } from './judge-answer.ts';
import { languageOf } from './language.ts';
import { exemplarsNow, latestIndex } from './latest-index.ts';
import {
  type AskOptions,
  expectAsked,
  type FinSqlOptions,
  readConfig,
} from './pipeline-options.ts';
import type { Found, Judged, Posed, Prepared, Shared, Written } from './pipeline-records.ts';
import { createPreparedDatabases, type DatabaseSource, sourceOf } from './prepared-databases.ts';
import { composePrompt } from './prompt/build.ts';
import { checkQuestion } from './question.ts';
import type { DatabaseContext } from './retrieval/context.ts';
import { rankedBy } from './retrieval/ranked-by.ts';
import { retrieve } from './retrieval/retrieve.ts';
import { runStatement, type StatementRunner } from './run-statement.ts';
import { guard } from './settle.ts';
import { createTrace, type Trace } from './trace.ts';
import { introspectDetail, promptDetail, retrieveDetail } from './trace-details.ts';
import { wordByWord } from './word-by-word/answers-by-reading.ts';
import type { Caution, Refusal } from './wording/messages.ts';
import { warningsOf } from './wording/warnings.ts';

export interface FinSql {
  /**
   * Answers a question about a SQLite file, or abstains with a reason.
   * @throws FinSqlError `bad-config` with every problem of the options, `bad-question`,
   * `no-such-database`, `not-a-database`, `database-in-use`, `generation-failed`, `refused`, `timeout` or `out-of-memory`;
   * `sql-error` only where it may not abstain; the signal's reason
   */
  ask(question: string, database: string | DatabaseSource, options?: AskOptions): Promise<Answer>;
  /** Ends the query processes that were started here. */
  close(): void;
}

/**
 * The pipeline over one language model.
 * @throws FinSqlError `bad-config` with every problem
 */
export function createFinSql(options: FinSqlOptions): FinSql {
  const { generator, adviser, confidence, exemplars, executor: given, ...more } = options;
  const { retriever, rules, ...rest } = more;
  const config = readConfig({ ...rest, generator });
  if (typeof exemplars !== 'function') exemplarsNow(exemplars ?? []);
  const executor = given ?? createSqlExecutor();
  const databases = createPreparedDatabases(latestIndex(exemplars));
  const countTokens = (text: string) => generator.countTokens(text);
  const shared: Shared = { config, executor, databases, countTokens, retriever, rules };
  return {
    async ask(text, database, asked = {}) {
      expectAsked(database, asked);
      const { writer = { generator, adviser, confidence } } = asked;
      const trace = createTrace(asked, asked.signal);
      const asWritten = checkQuestion(text);
      const source = sourceOf(database);
      const prepared = await prepare({
        ...shared,
        asWritten,
        source,
        options: asked,
        writer,
        trace,
      });
      const foreign = config.abstain
        ? beforeWriting(prepared.context, prepared.coverage, config)
        : undefined;
      if (foreign !== undefined) return abstain(prepared, foreign);
      const judged = judge((await recall(prepared)) ?? (await settle(await write(prepared))));
      const { refusal } = judged.judgement;
      return refusal === undefined ? answer(judged) : abstain(judged, refusal, draftOf(judged));
    },
    close() {
      if (given === undefined) executor.close();
    },
  };
}

/** Database, prompt and coverage of a question. */
async function prepare(posed: Posed): Promise<Prepared> {
  const { asWritten, source, options, trace, config, countTokens } = posed;
  if (!options.dryRun || source.allow !== undefined) posed.executor.warm();
  const { context } = await trace.run(
    'introspect',
    () => posed.databases.get(source),
    (found) => introspectDetail(found.context, found.cached),
  );
  const standalone = await standaloneQuestion(asWritten, options.thread ?? [], context, trace);
  const question = standalone ?? asWritten;
  const language = options.language ?? config.language ?? languageOf(question);
  const prompt = await trace.run(
    'retrieve',
    async () => {
      const found = retrieve(context, question, { nearValues: config.nearValues });
      const ranking = await posed.retriever?.rank(context, question, { exemplars: true });
      const retrieval = ranking === undefined ? found : rankedBy(found, ranking);
      return composePrompt(context, retrieval, { budget: config.budget, countTokens });
    },
    (composed) => retrieveDetail(context, composed),
  );
  const coverage = measureCoverage(context, prompt.retrieval, posed.config);
  return { ...posed, context, standalone, question, language, prompt, coverage };
}

/** Where the question is known, or is like a known one: the rows of its statement, and nothing is written. */
async function recall(prepared: Prepared): Promise<Found | undefined> {
  const { config, context, prompt, trace, options } = prepared;
  if (!config.knownQuestions) return undefined;
  const runner = runnerOf(prepared, { dryRun: options.dryRun === true });
  const calibration = calibrationOf(prepared);
  const known = await answerKnown(context, prompt.retrieval, { ...runner, calibration, trace });
  if (known === undefined) return undefined;
  const { sql, result } = known;
  const none: Caution[] = result.rows.length === 0 && !options.dryRun ? [{ code: 'no-rows' }] : [];
  const found = { ...withoutRows(sql), result, cautions: none, known };
  const drafted = { sql, sureness: null, logProbability: null, cutOff: null, prompt, others: [] };
  const asked = askedOf(context, prompt.retrieval);
  const written = { ...prepared, drafted, asked, sample: async () => [] };
  return options.dryRun ? { ...written, found, outside: [], ties: [] } : looked(written, found);
}

/** @throws FinSqlError `generation-failed` */
async function write(prepared: Prepared): Promise<Written> {
  const { config, context, prompt, trace, writer, options } = prepared;
  const { maxTokens, seed, secondDraft, temperature } = config;
  await trace.note('prompt', promptDetail(prompt));
  const constraints = config.constrained ? [sqlGrammar(context.schema)] : undefined;
  const request = { maxTokens, seed, constraints, signal: options.signal };
  const tools = { generator: writer.generator, context, trace, request, secondDraft };
  const first = await writeDrafts(prompt, tools);
  const adviser = asOfNow(writer.adviser);
  const drafted =
    adviser === undefined || !config.secondOpinion
      ? first
      : await withSecondOpinion(first, prompt, adviser, tools);
  const sample = async (n: number): Promise<string[]> => {
    const sampling = { ...request, n, temperature };
    const [sampled = []] = await statements(writer.generator, [drafted.prompt.text], sampling);
    return sampled.map(({ sql }) => sql);
  };
  return { ...prepared, drafted, asked: askedOf(context, prompt.retrieval), sample };
}

/** @throws FinSqlError where there are no rows for a reason that is none to abstain */
async function settle(written: Written): Promise<Found> {
  const { config, drafted, sample, options, trace, asked } = written;
  const readOff = config.wordByWord
    ? wordByWord(written.context, written.prompt.retrieval, drafted.sureness)
    : undefined;
  if (options.dryRun) {
    const sql = readOff?.sql ?? drafted.sql;
    const refused = await guard(sql, trace);
    if (refused !== undefined) throw refused;
    const cautions = [
      ...unexplained(readOff?.passedOver, written.context),
      ...(await failing(sql, written)),
    ];
    const found = { ...withoutRows(sql), cautions };
    return { ...written, found, outside: [], ties: [] };
  }
  const { candidates, samples } = config;
  const found = await findRows(drafted.sql, {
    ...runnerOf(written),
    calibration: calibrationOf(written),
    trace,
    sampled: candidates === 1 ? undefined : () => sample(candidates - 1),
    samples,
    resample: () => sample(samples),
    asked,
    wordByWord: readOff,
    others: drafted.others,
    alternative: drafted.alternative,
  });
  const { failure } = found;
  if (failure !== null && !(failure.code === 'sql-error' && config.abstain)) throw failure;
  return looked(written, found);
}

/** With what is to be said of the rows by looking at the data again. */
async function looked(written: Written, found: FoundRows): Promise<Found> {
  const runner = runnerOf(written);
  const { quantities } = written.prompt.retrieval;
  const outside = await outsideData(found, quantities, written.context.schema, runner);
  const ties = await leftOutTies(found, runner);
  return { ...written, found, outside, ties };
}

/** @param more limits of running a statement */
function runnerOf(
  { config, options, source, executor }: Posed,
  more: Pick<ExecuteOptions, 'dryRun'> = {},
): StatementRunner {
  const { maxRows = config.maxRows, timeoutMs = config.timeoutMs, signal } = options;
  const limits = { maxRows, timeoutMs, signal, allow: source.allow, ...more };
  return { file: source.file, executor, limits };
}

function calibrationOf({ context, question, rules, config }: Prepared): CalibrationContext {
  return { ...context, question, rules, without: config.withoutRules };
}

/**
 * What SQLite has against a statement that is not run, where only a part of the database may be read.
 * @throws FinSqlError for other reasons, as where it is run
 */
async function failing(sql: string, written: Written): Promise<Caution[]> {
  if (written.source.allow === undefined) return [];
  const checked = await runStatement(sql, runnerOf(written, { dryRun: true }));
  if ('result' in checked) return [];
  if (checked.error.code !== 'sql-error') throw checked.error;
  return [{ code: 'would-fail', error: checked.error.message }];
}

function judge(settled: Found): Judged {
  const { found, outside, ties, drafted, asked, config, coverage, writer, options } = settled;
  const { truncated, rows } = found.result;
  const { sureness } = drafted;
  const judgement = options.dryRun
    ? judgeDraft(found, asked)
    : judgeAnswer(found, {
        ...asked,
        coverage,
        sureness,
        outside,
        figures: asOfNow(writer.confidence) ?? {},
        config,
      });
  const cautions: readonly Caution[] = [
    ...(drafted.cutOff === null ? [] : [{ code: 'cut-off', tokens: drafted.cutOff } as const]),
    ...(truncated ? [{ code: 'more-rows', shown: rows.length } as const] : []),
    ...found.cautions,
    ...ties,
  ];
  const unknown = unexplainedWords(settled, judgement);
  return { ...settled, judgement, cautions, unknown };
}

async function answer(judged: Judged): Promise<Answer> {
  const { found, judgement, cautions, unknown, language, trace, context, standalone } = judged;
  const { sql, result } = found;
  const explanation = await trace.run(
    'explain',
    () => explainSql(sql, context.schema, language),
    (sentences) => ({ sentences: sentences.length }),
  );
  return {
    kind: 'answered',
    abstained: null,
    standalone_question: standalone,
    language,
    sql,
    columns: result.columns,
    rows: result.rows,
    truncated: result.truncated,
    trace: trace.stages,
    explanation,
    confidence: judgement.confidence,
    warnings: warningsOf([...cautions, ...judgement.cautions, ...unknown], language),
    near_questions: isDoubtful(judgement) ? nearTo(judged) : [],
  };
}

function abstain(
  prepared: Prepared,
  refusal: Refusal,
  written: Partial<Answer> = {},
): Promise<Answer> {
  const { context, coverage, trace, standalone, language } = prepared;
  return abstainedAnswer(refusal, {
    ...{ coverage, trace, schema: context.schema, standalone, language, written },
    near: refusal.code === 'off-topic' ? [] : nearTo(prepared),
  });
}

/** What an answer without rows still shows. */
function draftOf({ found, judgement, cautions, unknown, language }: Judged): Partial<Answer> {
  const { confidence } = judgement;
  const told = cautions.filter(({ code }) => code !== 'more-rows' && code !== 'ties');
  return { sql: found.sql, confidence, warnings: warningsOf([...told, ...unknown], language) };
}

function asOfNow<Value>(value: Value | (() => Value)): Value {
  return typeof value === 'function' ? (value as () => Value)() : value;
}

/** What a follow-up stands for; null where the question stands alone as it is. */
async function standaloneQuestion(
  asWritten: string,
  thread: readonly Turn[],
  { schema, values }: DatabaseContext,
  trace: Trace,
): Promise<string | null> {
  if (thread.length === 0) return null;
  const { question, rule } = await trace.run(
    'rewrite',
    () => rewriteFollowUp(asWritten, thread, { schema, find: values.find }),
    (rewritten) => ({
      question: asWritten,
      standalone_question: rewritten.rule === null ? null : rewritten.question,
      rule: rewritten.rule,
    }),
  );
  return rule === null ? null : question;
}
