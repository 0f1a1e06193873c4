/** Answers as JSON. Stages and their details grow with the pipeline, so those objects are open. */
import { LANGUAGES, languageOption, MOST_TURNS } from '@quaestor/finsql';
import * as z from 'zod';
import { problemSchema } from '../../http-error.ts';
import { component } from '../component.ts';
import { pageFields } from './page.ts';

const sqlValue = component(
  'SqlValue',
  z
    .union([z.string(), z.number(), z.null()])
    .describe("integers beyond 2^53 are exact strings, blobs x'…'"),
);

const stage = component(
  'Stage',
  z.looseObject({
    name: z.string(),
    milliseconds: z.number().min(0),
    detail: z.looseObject({}).describe('what the stage found; differs by stage'),
  }),
);

export const rowsFields = {
  columns: z.array(z.string()).readonly(),
  rows: z.array(z.array(sqlValue).readonly()).readonly(),
  truncated: z.boolean().describe('whether there were more rows than these'),
};

const warning = component(
  'Warning',
  z.object({
    code: z.string().describe('what, in one word that programs may rely on'),
    text: z.string().describe('what, and what to do, in the language of the answer'),
  }),
);

export const answerSchema = component(
  'Answer',
  z.looseObject({
    id: z.string().describe('under which /api/answers keeps it'),
    kind: z
      .enum(['answered', 'abstained'])
      .describe('abstained: no rows but a reason, and perhaps a draft of the SQL'),
    abstained: z
      .object({
        code: z.string().describe('why, in one word that programs may rely on'),
        reason: z.string().describe('why, and what to do'),
      })
      .nullable(),
    standalone_question: z
      .string()
      .nullable()
      .describe('what was answered in place of a follow-up; null where it stood alone'),
    language: z.enum(LANGUAGES).describe('that of explanation, warnings and reason'),
    sql: z.string(),
    ...rowsFields,
    trace: z.array(stage).readonly(),
    explanation: z.array(z.string()).readonly().describe('what the SQL does, by clause'),
    warnings: z.array(warning).readonly().describe('what to know before trusting the rows'),
  }),
);

export const askBody = z.strictObject({
  question: z
    .string()
    .trim()
    .min(1, 'is empty: write what you want to know')
    .max(2000, 'is longer than 2000 characters: ask for one thing at a time'),
  database: z.string().min(1, 'is empty: pick one of GET /api/databases'),
  dry_run: z.boolean().default(false).describe('write the SQL and run nothing'),
  max_rows: z.int().min(1).max(10_000).optional().describe('rows of the answer; default 1000'),
  thread: z
    .array(
      z.strictObject({
        question: z.string().trim().min(1).max(2000),
        sql: z.string().max(20_000).default('').describe('what answered it; empty: nothing did'),
      }),
    )
    .max(MOST_TURNS)
    .optional()
    .describe('turns before this one, oldest first: a follow-up is answered as what it stands for'),
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
    problem: problemSchema.nullable().describe('why there is no answer'),
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
  language: z.enum(LANGUAGES).default('en').describe('language of the explanation'),
});

export const queryResult = component(
  'QueryResult',
  z.object({
    ...rowsFields,
    milliseconds: z.number(),
    explanation: z.array(z.string()).readonly(),
  }),
);
