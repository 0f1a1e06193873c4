/**
 * When not to answer, and what to say then: because the question is not about the data, because nothing
 * that was written fits or runs, or because what was written is most likely wrong.
 */
import * as z from 'zod';
import type { DatabaseContext } from '../retrieval/context.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { hasHan } from '../retrieval/words.ts';
import { type Coverage, coverageOf, LEAST_SIMILARITY } from './coverage.ts';
import type { UnknownValue } from './unknown-values.ts';

export type AbstentionCode =
  | 'off-topic' // the data has nothing to do with the question
  | 'not-in-data' // a part of the question has no table, column or value
  | 'no-such-value' // nothing was found, and a text of the statement is stored nowhere
  | 'nothing-runs' // no candidate is a statement that SQLite accepts
  | 'candidates-disagree'
  | 'low-confidence';

export interface Abstention {
  readonly code: AbstentionCode;
  /** What is missing and what to do, in a sentence or two. */
  readonly reason: string;
}

export const abstainConfig = z.object({
  abstain: z
    .boolean()
    .default(true)
    .describe('give a reason instead of rows where an answer would most likely be wrong'),
  minCoverage: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('share of a question that the data must have words for, with known questions'),
  minAgreement: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .describe('share of several candidates that must give the same rows'),
  minConfidence: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe('probability of being right that an answer must have, where the adapter tells it'),
});
export type AbstainConfig = z.infer<typeof abstainConfig>;

/** What is known once a question has been answered. */
export interface AnswerEvidence {
  readonly coverage: Coverage;
  /** What SQLite says against every candidate; null where one runs. */
  readonly failure: string | null;
  /** Whether there is anything but nulls in the rows. */
  readonly found: boolean;
  /** Whether what was drafted had to be replaced. */
  readonly repaired: boolean;
  readonly unknownValues: readonly UnknownValue[];
  /** Candidates and how many of them agree; null where there was only one. */
  readonly votes: { readonly agreement: number; readonly candidates: number } | null;
  readonly confidence: number | null;
}

/** Fewer known questions than this do not tell how a database is asked. */
const ENOUGH_KNOWN = 50;
/** Without them, schemas leave many words unexplained. */
const SHARE_WITHOUT = 0.3;
/** With less coverage than this many times the least, an answer must have been written without a slip. */
const WEAKLY_COVERED = 1.3;
/** A known question as similar as this is the same question for another value. */
const SAME_QUESTION = 0.6;
const TABLES_NAMED = 8;

/** How well the data covers a question; all of it where that can't be told. */
export function measureCoverage(context: DatabaseContext, retrieval: Retrieval): Coverage {
  const [nearest] = retrieval.neighbours;
  const same = (nearest?.similarity ?? 0) >= SAME_QUESTION;
  // Chinese over a schema in English shares no words whatever it asks.
  const far = (nearest?.similarity ?? 0) < LEAST_SIMILARITY;
  const foreign = hasHan(retrieval.question) && far && !isChinese(context);
  const coverage = coverageOf(context, retrieval);
  return same || foreign ? { ...coverage, share: 1 } : coverage;
}

/** Whether to abstain before anything is written. */
export function beforeWriting(
  { schema, ...context }: DatabaseContext,
  coverage: Coverage,
  config: AbstainConfig,
): Abstention | undefined {
  if (schema.tables.length === 0) {
    return { code: 'off-topic', reason: `The database ${schema.name} has no tables to ask about.` };
  }
  if (coverage.share >= leastCoverage({ schema, ...context }, config)) return undefined;
  const names = schema.tables.slice(0, TABLES_NAMED).map(({ name }) => name);
  const more = schema.tables.length > names.length ? ', …' : '';
  const missing =
    coverage.unknown.length === 0
      ? 'it names nothing that is stored'
      : `there is nothing about ${listed(coverage.unknown)}`;
  return {
    code: 'off-topic',
    reason: `This does not seem to be a question about the database ${schema.name}: ${missing}. Name what you want to know of its tables: ${names.join(', ')}${more}.`,
  };
}

/** Whether to abstain from what was written. */
export function afterAnswering(
  context: DatabaseContext,
  evidence: AnswerEvidence,
  config: AbstainConfig,
): Abstention | undefined {
  const { coverage, failure, found, repaired, unknownValues, votes, confidence } = evidence;
  const weakly = coverage.share < WEAKLY_COVERED * leastCoverage(context, config);
  if (weakly && coverage.unknown.length > 0 && (failure !== null || repaired || !found)) {
    return {
      code: 'not-in-data',
      reason: `Nothing in the database ${context.schema.name} is called ${listed(coverage.unknown)}. Ask without it, or name the table or column that you mean.`,
    };
  }
  if (failure !== null) {
    return {
      code: 'nothing-runs',
      reason: `No SQL that runs was found for this question; the draft failed with: ${failure}. Ask it in other words, or name the table or column that you mean.`,
    };
  }
  const [unknown] = unknownValues;
  if (!found && unknown !== undefined) {
    return {
      code: 'no-such-value',
      reason: `${unknown.column} holds no '${unknown.text}'. Check the spelling, or ask for one that is stored.`,
    };
  }
  if (votes !== null && votes.agreement < config.minAgreement) {
    const share = `${Math.round(votes.agreement * votes.candidates)} of ${votes.candidates}`;
    return {
      code: 'candidates-disagree',
      reason: `The candidates disagree: at most ${share} give the same rows. Ask for one thing at a time, with the names of the data, or check the draft.`,
    };
  }
  if (confidence !== null && confidence < config.minConfidence) {
    return {
      code: 'low-confidence',
      reason: `About ${Math.round(confidence * 100)} in 100 such answers are right. Ask it in other words, ask for more candidates, or check the draft.`,
    };
  }
  return undefined;
}

function leastCoverage({ exemplars, schema }: DatabaseContext, config: AbstainConfig): number {
  const known = exemplars?.count(schema.name) ?? 0;
  return known >= ENOUGH_KNOWN ? config.minCoverage : SHARE_WITHOUT * config.minCoverage;
}

function isChinese({ schema }: DatabaseContext): boolean {
  return schema.tables.some(
    ({ name, comment, columns }) =>
      hasHan(name + comment) || columns.some((column) => hasHan(column.name + column.comment)),
  );
}

function listed(words: readonly string[]): string {
  const shown = words.slice(0, 4).map((word) => `“${word}”`);
  return shown.length <= 1
    ? (shown[0] ?? '')
    : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}
