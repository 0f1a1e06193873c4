/** Answers as JSON. Stages and their details grow with the pipeline, so those objects are open. */
import { LANGUAGES, languageOption, MOST_TURNS } from '@quaestor/finsql';
import { described } from '@quaestor/peft';
import * as z from 'zod';
import { problemSchema } from '../../http-error.ts';
import { component } from '../component.ts';
import { pageFields } from './page.ts';

const sqlValue = component(
  'SqlValue',
  z.union([z.string(), z.number(), z.null()]).apply(described, {
    en: "integers beyond 2^53 are exact strings, blobs x'…'",
    zh: "超过 2^53 的整数为精确的字符串，二进制数据写作 x'…'",
  }),
);

const stage = component(
  'Stage',
  z.looseObject({
    name: z.string(),
    milliseconds: z.number().min(0),
    detail: z.looseObject({}).apply(described, {
      en: 'what the stage found; differs by stage',
      zh: '该阶段的发现，因阶段而异',
    }),
  }),
);

export const rowsFields = {
  columns: z.array(z.string()).readonly(),
  rows: z.array(z.array(sqlValue).readonly()).readonly(),
  truncated: z
    .boolean()
    .apply(described, { en: 'whether there were more rows than these', zh: '是否还有更多的行' }),
};

const warning = component(
  'Warning',
  z.object({
    code: z.string().apply(described, {
      en: 'what, in one word that programs may rely on',
      zh: '警告的代码，程序可以依赖',
    }),
    text: z.string().apply(described, {
      en: 'what, and what to do, in the language of the answer',
      zh: '是什么，以及怎么办，用回答的语言写成',
    }),
  }),
);

export const answerSchema = component(
  'Answer',
  z.looseObject({
    id: z.string().apply(described, {
      en: 'under which /api/answers keeps it',
      zh: '/api/answers 保存它所用的 id',
    }),
    kind: z.enum(['answered', 'abstained']).apply(described, {
      en: 'abstained: no rows but a reason, and perhaps a draft of the SQL',
      zh: 'abstained：没有行，只有原因，可能附有 SQL 草稿',
    }),
    abstained: z
      .object({
        code: z.string().apply(described, {
          en: 'why, in one word that programs may rely on',
          zh: '原因的代码，程序可以依赖',
        }),
        reason: z.string().apply(described, { en: 'why, and what to do', zh: '原因，以及怎么办' }),
      })
      .nullable(),
    standalone_question: z.string().nullable().apply(described, {
      en: 'what was answered in place of a follow-up; null where it stood alone',
      zh: '代替追问而实际回答的问题；问题本身完整时为 null',
    }),
    language: z.enum(LANGUAGES).apply(described, {
      en: 'that of explanation, warnings and reason',
      zh: '解释、警告和原因所用的语言',
    }),
    sql: z.string(),
    ...rowsFields,
    trace: z.array(stage).readonly(),
    explanation: z
      .array(z.string())
      .readonly()
      .apply(described, { en: 'what the SQL does, by clause', zh: '逐个子句说明 SQL 做了什么' }),
    warnings: z.array(warning).readonly().apply(described, {
      en: 'what to know before trusting the rows',
      zh: '采信这些行之前应知道的事',
    }),
    near_questions: z.array(z.string()).readonly().apply(described, {
      en: 'known questions that are like it, to ask instead where the answer is withheld or doubtful',
      zh: '相近的已知问题，回答未给出或存疑时可改问这些',
    }),
  }),
);

export const askBody = z.strictObject({
  question: z
    .string()
    .trim()
    .min(1, 'is empty: write what you want to know')
    .max(2000, 'is longer than 2000 characters: ask for one thing at a time'),
  database: z.string().min(1, 'is empty: pick one of GET /api/databases'),
  dry_run: z
    .boolean()
    .default(false)
    .apply(described, { en: 'write the SQL and run nothing', zh: '只写 SQL，不运行' }),
  max_rows: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .apply(described, { en: 'rows of the answer; default 1000', zh: '回答的行数；默认 1000' }),
  thread: z
    .array(
      z.strictObject({
        question: z.string().trim().min(1).max(2000),
        sql: z.string().max(20_000).default('').apply(described, {
          en: 'what answered it; empty: nothing did',
          zh: '当时回答所用的语句；空：没有回答',
        }),
      }),
    )
    .max(MOST_TURNS)
    .optional()
    .apply(described, {
      en: 'turns before this one, oldest first: a follow-up is answered as what it stands for',
      zh: '之前的各轮，最早的在前：追问会按其完整的含义回答',
    }),
  language: languageOption,
});

export const answerStates = ['running', 'answered', 'abstained', 'failed'] as const;

const summaryFields = {
  id: z.string(),
  created: z.iso.datetime(),
  database: z.string(),
  question: z.string(),
  status: z.enum(answerStates),
  sql: z.string().nullable(),
};

export const answerSummary = component('AnswerSummary', z.object(summaryFields));

export const acceptedAsk = component(
  'AcceptedAsk',
  z.object({ id: z.string(), status: z.literal('running'), events: z.string() }),
);

export const storedAnswer = component(
  'StoredAnswer',
  z.object({
    ...summaryFields,
    answer: answerSchema.nullable(),
    problem: problemSchema
      .nullable()
      .apply(described, { en: 'why there is no answer', zh: '没有回答的原因' }),
  }),
);

export const answerList = z.object({ data: z.array(answerSummary).readonly(), ...pageFields });

export const rowsPage = z.object({
  columns: z.array(z.string()).readonly(),
  data: z.array(z.array(sqlValue).readonly()).readonly(),
  truncated: z.boolean(),
  ...pageFields,
});

export const queryBody = z.strictObject({
  sql: z.string().trim().min(1, 'is empty').max(20_000, 'is longer than 20000 characters'),
  max_rows: z.int().min(1).max(10_000).default(1000),
  language: z
    .enum(LANGUAGES)
    .default('en')
    .apply(described, { en: 'language of the explanation', zh: '解释所用的语言' }),
});

export const queryResult = component(
  'QueryResult',
  z.object({
    ...rowsFields,
    milliseconds: z.number(),
    explanation: z.array(z.string()).readonly(),
  }),
);
