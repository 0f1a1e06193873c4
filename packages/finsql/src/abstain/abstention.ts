/**
 * When not to answer, and what to say then: because the question is not about the data, because nothing
 * that was written fits or runs, or because what was written is most likely wrong.
 */
import * as z from 'zod';
import type { DatabaseContext } from '../retrieval/context.ts';
import { isFamiliar } from '../retrieval/familiar.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { hasHan } from '../retrieval/words.ts';
import { isReadInFull } from '../word-by-word/answers-by-reading.ts';
import type { Refusal } from '../wording/messages.ts';
import { type Coverage, coverageOf, LEAST_SIMILARITY } from './coverage.ts';
import type { UnknownValue } from './unknown-values.ts';

export type AbstentionCode = Refusal['code'];

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

/** Where few questions are known, schemas leave many words unexplained. */
const SHARE_WITHOUT = 0.3;
/** With less coverage than this many times the least, an answer must have been written without a slip. */
const WEAKLY_COVERED = 1.3;
/** A known question as similar as this is the same question for another value. */
const SAME_QUESTION = 0.6;
const TABLES_NAMED = 8;
const WORDS_NAMED = 4;

/**
 * How well the data covers a question; all of it where that can't be told, and where a statement is read off
 * it that leaves no word over: whatever share of its words are those of names, they all have a meaning here.
 */
export function measureCoverage(
  context: DatabaseContext,
  retrieval: Retrieval,
  config: AbstainConfig,
): Coverage {
  const [nearest] = retrieval.neighbours;
  const same = (nearest?.similarity ?? 0) >= SAME_QUESTION;
  // Chinese over a schema in English shares no words whatever it asks.
  const far = (nearest?.similarity ?? 0) < LEAST_SIMILARITY;
  const foreign = hasHan(retrieval.question) && far && !isChinese(context);
  const coverage = coverageOf(context, retrieval);
  if (same || foreign) return { ...coverage, share: 1 };
  // To read is dear over wide tables, and changes nothing where enough is covered.
  const isEnough = coverage.share >= WEAKLY_COVERED * leastCoverage(context, config);
  return !isEnough && isReadInFull(context, retrieval) ? { share: 1, unknown: [] } : coverage;
}

/** Whether to abstain before anything is written. */
export function beforeWriting(
  { schema, ...context }: DatabaseContext,
  coverage: Coverage,
  config: AbstainConfig,
): Refusal | undefined {
  const { tables, name: database } = schema;
  const isCovered = coverage.share >= leastCoverage({ schema, ...context }, config);
  if (tables.length > 0 && isCovered) return undefined;
  return {
    code: 'off-topic',
    database,
    unknown: named(coverage.unknown),
    tables: tables.slice(0, TABLES_NAMED).map(({ name }) => name),
    more: tables.length > TABLES_NAMED,
  };
}

/** Whether to abstain from what was written. */
export function afterAnswering(
  context: DatabaseContext,
  evidence: AnswerEvidence,
  config: AbstainConfig,
): Refusal | undefined {
  const { coverage, failure, found, repaired, unknownValues, votes, confidence } = evidence;
  const weakly = coverage.share < WEAKLY_COVERED * leastCoverage(context, config);
  if (weakly && coverage.unknown.length > 0 && (failure !== null || repaired || !found)) {
    const { name: database } = context.schema;
    return { code: 'not-in-data', database, unknown: named(coverage.unknown) };
  }
  if (failure !== null) return { code: 'nothing-runs', error: failure };
  const [unknown] = unknownValues;
  if (!found && unknown !== undefined) return { code: 'no-such-value', ...unknown };
  if (votes !== null && votes.agreement < config.minAgreement) {
    const { candidates } = votes;
    const agreeing = Math.round(votes.agreement * candidates);
    return { code: 'candidates-disagree', agreeing, candidates };
  }
  if (confidence !== null && confidence < config.minConfidence) {
    return { code: 'low-confidence', percent: Math.round(confidence * 100) };
  }
  return undefined;
}

function leastCoverage(context: DatabaseContext, { minCoverage }: AbstainConfig): number {
  return isFamiliar(context) ? minCoverage : SHARE_WITHOUT * minCoverage;
}

function isChinese({ schema }: DatabaseContext): boolean {
  return schema.tables.some(
    ({ name, comment, columns }) =>
      hasHan(name + comment) || columns.some((column) => hasHan(column.name + column.comment)),
  );
}

/** The first of some words, with pairs of Chinese characters that overlap as the run that they are of. */
function named(words: readonly string[]): string[] {
  const runs: string[] = [];
  for (const word of words) {
    const before = runs.at(-1) ?? '';
    const goesOn = hasHan(word) && word.length === 2 && before.endsWith(word.charAt(0));
    if (goesOn) runs[runs.length - 1] = before + word.slice(1);
    else runs.push(word);
  }
  return runs.slice(0, WORDS_NAMED);
}
