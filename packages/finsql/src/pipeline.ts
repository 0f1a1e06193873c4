/** Question → SQL → rows: the stages in order, each in the answer's trace. */
import { schemaProblems } from '@quaestor/peft';
import * as z from 'zod';
import { abstainedAnswer } from './abstain/abstained-answer.ts';
import { abstainConfig, beforeWriting, measureCoverage } from './abstain/abstention.ts';
import { askedOf } from './abstain/passed-over.ts';
import type { Answer } from './answer.ts';
import { answerConfig } from './answer-config.ts';
import type { ConfidenceModel } from './consistency/confidence.ts';
import { createSqlExecutor, type SqlExecutor } from './database/execute.ts';
import { rewriteFollowUp, type Turn } from './dialogue/rewrite.ts';
import { FinSqlError } from './errors.ts';
import { explainSql } from './explain/explain.ts';
import { findRows, withoutRows } from './find-rows.ts';
import { statements } from './generate/draft.ts';
import type { Generator } from './generate/generator.ts';
import { withSecondOpinion } from './generate/second-opinion.ts';
import { writeDrafts } from './generate/write-drafts.ts';
import { sqlGrammar } from './grammar/sql-automaton.ts';
import { judgeAnswer, judgeDraft } from './judge-answer.ts';
import { type Language, languageOf, languageOption } from './language.ts';
import { type Exemplars, latestIndex } from './latest-index.ts';
import { createPreparedDatabases, type DatabaseSource, sourceOf } from './prepared-databases.ts';
import { composePrompt } from './prompt/build.ts';
import { checkQuestion } from './question.ts';
import type { DatabaseContext } from './retrieval/context.ts';
import { retrieve } from './retrieval/retrieve.ts';
import { createTrace, type Trace, type TraceListener } from './trace.ts';
import { introspectDetail, promptDetail, retrieveDetail } from './trace-details.ts';
import type { Caution, Refusal } from './wording/messages.ts';
import { warningsOf } from './wording/warnings.ts';

export const finSqlConfig = answerConfig.extend({
  ...abstainConfig.shape,
  maxRows: z.int().positive().default(1000).describe('rows of an answer'),
  timeoutMs: z.int().positive().default(5000).describe('milliseconds until a statement is killed'),
  doubtBelow: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .describe('confidence below which an answer carries a warning'),
  language: languageOption,
});

/** Who writes the SQL, and how sure its answers are. */
export interface Writer {
  readonly generator: Generator;
  /** Another one, which writes too where the first is not sure. A function is asked with each question. */
  readonly adviser?: Generator | (() => Generator | undefined) | undefined;
  /**
   * The adapter's own figures; without them an answer has no confidence. A function is asked with each
   * question.
   */
  readonly confidence?: ConfidenceModel | (() => ConfidenceModel | undefined) | undefined;
}

export interface FinSqlOptions extends z.input<typeof finSqlConfig>, Writer {
  /**
   * Questions with known SQL; those of the database asked about guide retrieval and prompt. A function
   * is asked with each question; as long as it returns the same list, nothing is indexed anew.
   */
  readonly exemplars?: Exemplars;
  /** One to share; made here, and ended by `close`, unless given. */
  readonly executor?: SqlExecutor;
}

export interface AskOptions extends TraceListener {
  readonly signal?: AbortSignal | undefined;
  /** Rows of the answer; the pipeline's own limit unless given. */
  readonly maxRows?: number | undefined;
  readonly timeoutMs?: number | undefined;
  /** The SQL alone: nothing is run, so nothing can be repaired. Default false. */
  readonly dryRun?: boolean;
  /** Turns before this one, oldest first: a follow-up is answered as the question that it stands for. */
  readonly thread?: readonly Turn[] | undefined;
  /** In which it is explained; the pipeline's own unless given, else that of the question. */
  readonly language?: Language | undefined;
  /** Over the same base model, in place of the pipeline's own. */
  readonly writer?: Writer | undefined;
}

export interface FinSql {
  /**
   * Answers a question about a SQLite file, or abstains with a reason.
   * @throws FinSqlError `bad-question`, `no-such-database`, `not-a-database`, `generation-failed`,
   * `refused`, `timeout` or `out-of-memory`; `sql-error` only where it may not abstain; the signal's
   * reason
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
  const { generator, adviser, confidence: figures, ...others } = options;
  const { exemplars, executor: shared, ...rest } = others;
  const config = readConfig(rest);
  const executor = shared ?? createSqlExecutor();
  const databases = createPreparedDatabases(latestIndex(exemplars));
  const countTokens = (text: string) => generator.countTokens(text);

  const ask: FinSql['ask'] = async (text, database, asked = {}) => {
    const asWritten = checkQuestion(text);
    const { signal, dryRun = false, thread = [] } = asked;
    const writer = asked.writer ?? { generator, adviser, confidence: figures };
    const { maxRows = config.maxRows, timeoutMs = config.timeoutMs } = asked;
    const { maxTokens, seed, candidates, samples, temperature } = config;
    const source = sourceOf(database);
    const trace = createTrace(asked, signal);
    if (!dryRun) executor.warm();

    const { context } = await trace.run(
      'introspect',
      () => databases.get(source),
      (found) => introspectDetail(found.context, found.cached),
    );
    const { schema } = context;
    const standalone = await standaloneQuestion(asWritten, thread, context, trace);
    const question = standalone ?? asWritten;
    const language = asked.language ?? config.language ?? languageOf(question);
    const prompt = await trace.run(
      'retrieve',
      () => {
        const retrieval = retrieve(context, question, { nearValues: config.nearValues });
        return composePrompt(context, retrieval, { budget: config.budget, countTokens });
      },
      (composed) => retrieveDetail(context, composed),
    );
    const coverage = measureCoverage(context, prompt.retrieval);
    const abstain = (refusal: Refusal, written: Partial<Answer> = {}) =>
      abstainedAnswer(refusal, { coverage, trace, schema, standalone, language, written });
    const foreign = config.abstain ? beforeWriting(context, coverage, config) : undefined;
    if (foreign !== undefined) return abstain(foreign);
    await trace.note('prompt', promptDetail(prompt));

    const constraints = config.constrained ? [sqlGrammar(schema)] : undefined;
    const request = { maxTokens, seed, constraints, signal };
    const { secondDraft } = config;
    const writing = { generator: writer.generator, context, trace, request, secondDraft };
    const first = await writeDrafts(prompt, writing);
    const other = asOfNow(writer.adviser);
    const drafted =
      other === undefined || !config.secondOpinion
        ? first
        : await withSecondOpinion(first, prompt, other, writing);
    const judged = askedOf(context, prompt.retrieval);
    const sample = async (n: number): Promise<string[]> => {
      const sampling = { ...request, n, temperature };
      const [sampled = []] = await statements(writer.generator, [drafted.prompt.text], sampling);
      return sampled.map(({ sql }) => sql);
    };
    const found = dryRun
      ? withoutRows(drafted.sql)
      : await findRows(drafted.sql, {
          file: source.file,
          executor,
          limits: { maxRows, timeoutMs, signal, allow: source.allow },
          calibration: { ...context, question, without: config.withoutRules },
          trace,
          sampled: candidates === 1 ? undefined : () => sample(candidates - 1),
          samples,
          resample: () => sample(samples),
          asked: judged,
          others: drafted.others,
          alternative: drafted.alternative,
        });
    const { sql, failure } = found;
    if (failure !== null && !(failure.code === 'sql-error' && config.abstain)) throw failure;
    const { columns, rows, truncated } = found.result;
    const { confidence, refusal, cautions } = dryRun
      ? judgeDraft(sql, judged)
      : judgeAnswer(found, {
          ...judged,
          coverage,
          sureness: drafted.sureness,
          figures: asOfNow(writer.confidence) ?? {},
          config,
        });
    const made: readonly Caution[] = [
      ...(drafted.cutOff ? [{ code: 'cut-off', tokens: maxTokens } as const] : []),
      ...(truncated ? [{ code: 'more-rows', shown: rows.length } as const] : []),
      ...found.cautions,
    ];
    if (refusal !== undefined) {
      return abstain(refusal, { sql, confidence, warnings: warningsOf(made, language) });
    }
    const explanation = await trace.run(
      'explain',
      () => explainSql(sql, schema, language),
      (sentences) => ({ sentences: sentences.length }),
    );
    return {
      kind: 'answered',
      abstained: null,
      standalone_question: standalone,
      language,
      sql,
      columns,
      rows,
      truncated,
      trace: trace.stages,
      explanation,
      confidence,
      warnings: warningsOf([...made, ...cautions], language),
    };
  };

  return {
    ask,
    close() {
      if (shared === undefined) executor.close();
    },
  };
}

function asOfNow<Value>(value: Value | (() => Value)): Value {
  return typeof value === 'function' ? (value as () => Value)() : value;
}

function readConfig(options: z.input<typeof finSqlConfig>): z.infer<typeof finSqlConfig> {
  const parsed = finSqlConfig.safeParse(options);
  if (parsed.success) return parsed.data;
  throw new FinSqlError(
    'bad-config',
    { en: 'The pipeline options are not valid.', zh: '问答流程的选项无效。' },
    { problems: schemaProblems(finSqlConfig, options, parsed.error) },
  );
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
