/** What a pipeline and a question may be given. */
import { type OwnWords, schemaProblems, type Translated } from '@quaestor/peft';
import * as z from 'zod';
import { abstainConfig } from './abstain/abstention.ts';
import { answerConfig } from './answer-config.ts';
import type { Rule } from './calibrate/rule.ts';
import type { ConfidenceModel } from './consistency/confidence.ts';
import type { SqlExecutor } from './database/execute.ts';
import { timeout } from './database/timeout.ts';
import type { Turn } from './dialogue/rewrite.ts';
import { FinSqlError } from './errors.ts';
import type { Generator } from './generate/generator.ts';
import { LANGUAGES, type Language, languageOption } from './language.ts';
import type { Exemplars } from './latest-index.ts';
import type { DatabaseSource } from './prepared-databases.ts';
import type { Retriever } from './retrieval/retrievers/retriever.ts';
import type { TraceListener } from './trace.ts';

export const finSqlConfig = answerConfig.extend({
  ...abstainConfig.shape,
  maxRows: z.int().positive().default(1000).describe('rows of an answer'),
  timeoutMs: timeout.default(5000).describe('milliseconds until a statement is killed'),
  doubtBelow: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .describe('confidence below which an answer carries a warning'),
  language: languageOption,
});

export type FinSqlConfig = z.infer<typeof finSqlConfig>;

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
  /** Ranks tables and columns for the prompt, in place of names, values and known questions. */
  readonly retriever?: Retriever | undefined;
  /** Rules of calibration in their order, `[...RULES, mine]`; default: `RULES`. */
  readonly rules?: readonly Rule[] | undefined;
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

const generator = z.custom<Generator>(
  (given) =>
    typeof given === 'object' &&
    given !== null &&
    ['generate', 'countTokens'].every(
      (method) => typeof (given as Record<string, unknown>)[method] === 'function',
    ),
  'expected a generator with generate and countTokens',
);
const writer = z.object({ generator });

/** A question's database and options, as they come. */
const askedFor = z.strictObject({
  database: z.union([
    z.string().min(1),
    z.strictObject({
      file: z.string().min(1),
      name: z.string().optional(),
      tables: z.unknown().optional(),
      descriptions: z.unknown().optional(),
      allow: z.unknown().optional(),
    }),
  ]),
  signal: z.instanceof(AbortSignal).optional(),
  maxRows: z.int().positive().optional(),
  timeoutMs: timeout.optional(),
  dryRun: z.boolean().optional(),
  thread: z.array(z.object({ question: z.string(), sql: z.string() })).optional(),
  language: z.enum(LANGUAGES).optional(),
  writer: writer.optional(),
  onStart: z.unknown().optional(),
  onStage: z.unknown().optional(),
});

const pipelineOptions = finSqlConfig.extend({ generator }).strict();

/** @throws FinSqlError `bad-config` with every problem */
export function readConfig(options: z.input<typeof pipelineOptions>): FinSqlConfig {
  return checked(pipelineOptions, options, {
    en: 'The pipeline options are not valid.',
    zh: '问答流程的选项无效。',
  });
}

/** @throws FinSqlError `bad-config` with every problem */
export function expectAsked(database: string | DatabaseSource, options: AskOptions): void {
  const given = { ...options, database };
  checked(askedFor, given, {
    en: 'The question cannot be asked with these options.',
    zh: '无法用这些选项提问。',
  });
}

function checked<Output>(schema: z.ZodType<Output>, given: unknown, message: Translated): Output {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = schemaProblems(schema, given, parsed.error, OWN_WORDS);
  throw new FinSqlError('bad-config', message, { problems });
}

const OWN_WORDS: OwnWords = {
  'expected a generator with generate and countTokens': '应为带有 generate 和 countTokens 的生成器',
};
