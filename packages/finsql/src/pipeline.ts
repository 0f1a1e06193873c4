/** Question → SQL → rows: the stages in order, each in the answer's trace. */
import * as z from 'zod';
import { abstainedAnswer } from './abstain/abstained-answer.ts';
import {
  abstainConfig,
  afterAnswering,
  beforeWriting,
  measureCoverage,
} from './abstain/abstention.ts';
import { unknownValues } from './abstain/unknown-values.ts';
import { unusedMentions } from './abstain/unused-mentions.ts';
import type { Answer, Stage } from './answer.ts';
import { answerConfig } from './answer-config.ts';
import { type ConfidenceModel, confidenceOf } from './consistency/confidence.ts';
import { isFound } from './consistency/flaws.ts';
import { type Vote, vote } from './consistency/vote.ts';
import { createSqlExecutor, type SqlExecutor } from './database/execute.ts';
import { rewriteFollowUp, type Turn } from './dialogue/rewrite.ts';
import { FinSqlError } from './errors.ts';
import { explainSql } from './explain/explain.ts';
import { draft, statementOf, statements, sureness } from './generate/draft.ts';
import type { Completion, Generator } from './generate/generator.ts';
import { readSql } from './generate/read-sql.ts';
import { isBetter, secondPrompt } from './generate/second-draft.ts';
import { sqlGrammar } from './grammar/sql-automaton.ts';
import { type Language, languageOf, languageOption } from './language.ts';
import { type Exemplars, latestIndex } from './latest-index.ts';
import { createPreparedDatabases, type DatabaseSource } from './prepared-databases.ts';
import { composePrompt } from './prompt/build.ts';
import { checkQuestion } from './question.ts';
import type { DatabaseContext } from './retrieval/context.ts';
import { isFamiliar } from './retrieval/familiar.ts';
import { type Retrieval, retrieve } from './retrieval/retrieve.ts';
import { type Settled, settle } from './settle.ts';
import { createTrace } from './trace.ts';
import {
  introspectDetail,
  promptDetail,
  redraftDetail,
  retrieveDetail,
  writtenDetail,
} from './trace-details.ts';
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

export interface FinSqlOptions extends z.input<typeof finSqlConfig> {
  readonly generator: Generator;
  /**
   * Questions with known SQL; those of the database asked about guide retrieval and prompt. A function
   * is asked with each question; as long as it returns the same list, nothing is indexed anew.
   */
  readonly exemplars?: Exemplars;
  /**
   * The adapter's own figures; without them an answer has no confidence. A function is asked with each
   * question.
   */
  readonly confidence?: ConfidenceModel | (() => ConfidenceModel | undefined) | undefined;
  /** One to share; made here, and ended by `close`, unless given. */
  readonly executor?: SqlExecutor;
}

export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with each stage when it is done. */
  readonly onStage?: ((stage: Stage) => void) | undefined;
  /** Rows of the answer; the pipeline's own limit unless given. */
  readonly maxRows?: number | undefined;
  readonly timeoutMs?: number | undefined;
  /** The SQL alone: nothing is run, so nothing can be repaired. Default false. */
  readonly dryRun?: boolean;
  /** Turns before this one, oldest first: a follow-up is answered as the question that it stands for. */
  readonly thread?: readonly Turn[] | undefined;
  /** In which it is explained; the pipeline's own unless given, else that of the question. */
  readonly language?: Language | undefined;
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
  const { generator, exemplars, executor: shared, confidence: figures, ...rest } = options;
  const config = readConfig(rest);
  const executor = shared ?? createSqlExecutor();
  const databases = createPreparedDatabases(latestIndex(exemplars));
  const countTokens = (text: string) => generator.countTokens(text);

  const ask: FinSql['ask'] = async (text, database, asked = {}) => {
    const asWritten = checkQuestion(text);
    const { signal, onStage, dryRun = false, thread = [] } = asked;
    const { maxRows = config.maxRows, timeoutMs = config.timeoutMs } = asked;
    const source = typeof database === 'string' ? { file: database } : database;
    const trace = createTrace(onStage, signal);
    if (!dryRun) executor.warm();

    const { context } = await trace.run(
      'introspect',
      () => databases.get(source),
      (found) => introspectDetail(found.context, found.cached),
    );
    const rewritten =
      thread.length === 0
        ? { question: asWritten, rule: null }
        : await trace.run(
            'rewrite',
            () =>
              rewriteFollowUp(asWritten, thread, {
                schema: context.schema,
                find: context.values.find,
              }),
            ({ question: standalone, rule }) => ({
              question: asWritten,
              standalone_question: rule === null ? null : standalone,
              rule,
            }),
          );
    const { question } = rewritten;
    const standalone = rewritten.rule === null ? null : question;
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
    const { schema } = context;
    const abstain = (refusal: Refusal, written: Partial<Answer> = {}) =>
      abstainedAnswer(refusal, { coverage, trace, schema, standalone, language, written });
    const foreign = config.abstain ? beforeWriting(context, coverage, config) : undefined;
    if (foreign !== undefined) return abstain(foreign);
    await trace.run('prompt', () => prompt, promptDetail);

    const { maxTokens, seed, candidates, samples, temperature } = config;
    const constraints = config.constrained ? [sqlGrammar(context.schema)] : undefined;
    const greedy = { n: 1, temperature: 0, maxTokens, seed, constraints, signal };
    const [first] = await trace.run(
      'generate',
      () => draft(generator, prompt.text, greedy),
      ([completion]) => ({ generator: generator.name, ...writtenDetail(completion) }),
    );
    const again =
      config.secondDraft && first !== undefined
        ? secondPrompt(context, prompt, statementOf(first), { countTokens })
        : undefined;
    const redrafted =
      again === undefined
        ? undefined
        : await trace.run(
            'redraft',
            async () => {
              const request = { ...greedy, likely: [first?.text ?? ''] };
              const [second] = await draft(generator, again.text, request);
              return { second, kept: keeps(context, prompt.retrieval, first, second) };
            },
            ({ second, kept }) => redraftDetail(again, second, kept),
          );
    const [written, shown] =
      again !== undefined && redrafted?.kept === true ? [redrafted.second, again] : [first, prompt];
    const other = written === first ? redrafted?.second : first;
    const others = other === undefined ? [] : [readSql(other.text)];
    const drafted = readSql(written?.text ?? '');
    if (drafted === '') throw wroteNothing(generator);
    const cautions: Caution[] =
      written?.finish === 'length' ? [{ code: 'cut-off', tokens: maxTokens }] : [];

    const sample = async (n: number): Promise<string[]> => {
      const request = { n, temperature, maxTokens, seed, constraints, signal };
      const [samples = []] = await statements(generator, [shown.text], request);
      return samples.map(({ sql }) => sql);
    };
    const tools = {
      file: source.file,
      executor,
      limits: { maxRows, timeoutMs, signal, allow: source.allow },
      calibration: {
        ...context,
        without: config.withoutRules,
      },
    };
    const consistent =
      candidates === 1 || dryRun
        ? undefined
        : await trace.run(
            'vote',
            async () => vote([drafted, ...(await sample(candidates - 1))], tools),
            ({ candidates: tried, best }) => ({ candidates: tried, sql: best?.sql ?? null }),
          );
    const sql = consistent?.best?.sql ?? drafted;
    let settled: Settled = {
      sql,
      result: { columns: [], rows: [], truncated: false, milliseconds: 0 },
      cautions: [],
    };
    let failure: string | null = null;
    try {
      if (!dryRun) {
        const asked = { question, context, mentions: prompt.retrieval.evidence };
        const trying = { ...tools, trace, samples, resample: () => sample(samples), asked, others };
        settled = await settle(sql, trying);
      }
    } catch (error) {
      const failed = error instanceof FinSqlError && error.code === 'sql-error';
      if (!failed || !config.abstain) throw error;
      failure = error.cause instanceof Error ? error.cause.message : error.message;
    }
    const { columns, rows, truncated } = settled.result;
    if (truncated) cautions.push({ code: 'more-rows', shown: rows.length });
    cautions.push(...settled.cautions);
    const sure = written === undefined ? null : sureness(written);
    const passedOver = unusedMentions(settled.sql, context, prompt.retrieval.evidence);
    const confidence =
      dryRun || sure === null
        ? null
        : confidenceOf((typeof figures === 'function' ? figures() : figures) ?? {}, {
            sureness: sure,
            agreement: consistent?.agreement ?? null,
            repaired: settled.cautions.length > 0,
            passedOver: passedOver.length > 0,
            familiar: isFamiliar(context),
          });
    const unknown = dryRun ? [] : unknownValues(settled.sql, context);
    const doubted =
      dryRun || !config.abstain
        ? undefined
        : afterAnswering(
            context,
            {
              coverage,
              failure,
              found: isFound(settled.result),
              repaired: settled.cautions.length > 0,
              unknownValues: unknown,
              votes: consistent ? { agreement: consistent.agreement, candidates } : null,
              confidence,
            },
            config,
          );
    if (doubted !== undefined) {
      const warnings = warningsOf(cautions, language);
      return abstain(doubted, { sql: settled.sql, confidence, warnings });
    }
    cautions.push(
      ...unknown.map((value): Caution => ({ code: 'value-not-stored', ...value })),
      ...passedOver.map(
        ({ table, column, value }): Caution => ({
          code: 'passed-over',
          column: `${table}.${column}`,
          text: value,
        }),
      ),
    );
    if (confidence !== null && confidence < config.doubtBelow) {
      cautions.push(doubt(confidence, consistent));
    }
    const explanation = await trace.run(
      'explain',
      () => explainSql(settled.sql, schema, language),
      (sentences) => ({ sentences: sentences.length }),
    );
    return {
      kind: 'answered',
      abstained: null,
      standalone_question: standalone,
      language,
      sql: settled.sql,
      columns,
      rows,
      truncated,
      trace: trace.stages,
      explanation,
      confidence,
      warnings: warningsOf(cautions, language),
    };
  };

  return {
    ask,
    close() {
      if (shared === undefined) executor.close();
    },
  };
}

function readConfig(options: z.input<typeof finSqlConfig>): z.infer<typeof finSqlConfig> {
  const parsed = finSqlConfig.safeParse(options);
  if (parsed.success) return parsed.data;
  throw new FinSqlError('bad-config', 'The pipeline options are not valid.', {
    problems: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
  });
}

function keeps(
  context: DatabaseContext,
  retrieval: Retrieval,
  first: Completion | undefined,
  second: Completion | undefined,
): boolean {
  if (first === undefined || second === undefined) return false;
  return isBetter(context, retrieval, statementOf(first), statementOf(second));
}

function doubt(confidence: number, voted: Vote | undefined): Caution {
  const percent = Math.round(confidence * 100);
  const others = voted?.candidates.filter(({ sql }) => sql !== voted.best?.sql).length ?? null;
  return { code: 'doubtful', percent, others };
}

function wroteNothing(generator: Generator): FinSqlError {
  return new FinSqlError(
    'generation-failed',
    `${generator.name} wrote no SQL for this question. Ask it in other words.`,
  );
}
