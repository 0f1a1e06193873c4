/** What is to be thought of an answer: how likely it is right, whether to withhold it, what to say with it. */
import { type AbstainConfig, afterAnswering } from './abstain/abstention.ts';
import type { Coverage } from './abstain/coverage.ts';
import { type Asked, passedOver } from './abstain/passed-over.ts';
import { unknownValues } from './abstain/unknown-values.ts';
import { type ConfidenceModel, confidenceOf } from './consistency/confidence.ts';
import { isFound } from './consistency/flaws.ts';
import type { Vote } from './consistency/vote.ts';
import { refersBack } from './dialogue/refers-back.ts';
import type { FoundRows } from './find-rows.ts';
import { type KnownStatement, swapsOf } from './known/known-statement.ts';
import type { DatabaseContext } from './retrieval/context.ts';
import { isFamiliar } from './retrieval/familiar.ts';
import { isExplained } from './word-by-word/phrases/explained-words.ts';
import type { Caution, Refusal } from './wording/messages.ts';

export interface Judgement {
  /** P(right), 0 … 1; null where it is not known. */
  readonly confidence: number | null;
  /** Why the rows are withheld; undefined where they are not. */
  readonly refusal: Refusal | undefined;
  /** What to say beside the rows. */
  readonly cautions: readonly Caution[];
}

export interface JudgedConfig extends AbstainConfig {
  readonly candidates: number;
  /** Confidence below which an answer carries a warning. */
  readonly doubtBelow: number;
}

export interface JudgedBy extends Asked {
  readonly coverage: Coverage;
  /** Mean log-probability of the draft's tokens; null: unknown. */
  readonly sureness: number | null;
  /** What is to be said of a period that finds nothing. */
  readonly outside?: readonly Caution[];
  readonly figures: ConfidenceModel;
  readonly config: JudgedConfig;
}

/**
 * How often a known statement is right, of 5,202 questions of BULL, Spider and the demo database (training
 * questions, each without itself): that of the same question 33 of 35 times, where a part of gold is at odds
 * with itself; with a text, number or period changed 77 of 82.
 */
const RIGHT_AS_KNOWN = { same: 0.96, changed: 0.94 } as const;

/** What refers to a question that nothing was found for is so much of the confidence below which a warning stands. */
const OPEN_TO_DOUBT = 0.9;

/** Of a statement that was run. */
export function judgeAnswer(found: FoundRows, by: JudgedBy): Judgement {
  if (found.known !== undefined) return judgeKnown(found.known, by);
  const { context, coverage, sureness, outside = [], config } = by;
  // What is left open of a question is answered as little as what is passed over.
  const open = leftOpen(by);
  const unsaid = [...open, ...passedOver(found.sql, by)];
  const repaired = found.cautions.length > 0;
  const told =
    sureness === null
      ? null
      : confidenceOf(by.figures, {
          sureness,
          agreement: found.vote?.agreement ?? null,
          repaired: repaired || outside.length > 0,
          passedOver: unsaid.length > 0,
          familiar: isFamiliar(context),
          wordByWord: found.wordByWord,
        });
  // Of what a pronoun stands for, the figures know nothing.
  const confidence =
    told !== null && open.length > 0 ? Math.min(told, OPEN_TO_DOUBT * config.doubtBelow) : told;
  const unknown = unknownValues(found.sql, context);
  const evidence = {
    coverage,
    failure: found.failure && reasonOf(found.failure),
    found: isFound(found.result),
    repaired,
    unknownValues: unknown,
    votes: found.vote ? { ...found.vote, candidates: config.candidates } : null,
    confidence,
  };
  const doubtful = confidence !== null && confidence < config.doubtBelow;
  return {
    confidence,
    refusal: config.abstain ? afterAnswering(context, evidence, config) : undefined,
    cautions: [
      ...notStored(found.sql, context),
      ...unsaid,
      ...unexplained(found.wordByWord?.passedOver, context),
      ...outside,
      ...(doubtful ? [doubt(confidence, found.vote)] : []),
    ],
  };
}

/** Of a known question's statement: somebody has said that it is right. */
function judgeKnown(known: KnownStatement, { context, outside = [], config }: JudgedBy): Judgement {
  const confidence = known.changes.length === 0 ? RIGHT_AS_KNOWN.same : RIGHT_AS_KNOWN.changed;
  const percent = Math.round(confidence * 100);
  const isTooLow = config.abstain && confidence < config.minConfidence;
  return {
    confidence,
    refusal: isTooLow ? { code: 'low-confidence', percent } : undefined,
    cautions: [...notStored(known.sql, context), ...asKnown(known), ...outside],
  };
}

/** Of a statement that was not run: only what its text tells. */
export function judgeDraft(
  { sql, known }: Pick<FoundRows, 'sql' | 'known'>,
  asked: Asked,
): Judgement {
  const cautions = known ? asKnown(known) : [...leftOpen(asked), ...passedOver(sql, asked)];
  return { confidence: null, refusal: undefined, cautions };
}

/** Texts that the statement compares with and that are stored nowhere. */
function notStored(sql: string, context: DatabaseContext): Caution[] {
  return unknownValues(sql, context).map((value) => ({ code: 'value-not-stored', ...value }));
}

/** What a statement has in place of what the known one has. */
function asKnown(known: KnownStatement): Caution[] {
  const changes = swapsOf(known);
  const { question } = known.item;
  return changes.length === 0 ? [] : [{ code: 'as-known', question, changes }];
}

/** Words that a statement read off the question passes over, and that are no part of a name. */
export function unexplained(
  passed: readonly string[] | undefined,
  context: Pick<DatabaseContext, 'schema'>,
): Caution[] {
  const words = (passed ?? []).filter((word) => !isExplained(word, context));
  return words.length === 0 ? [] : [{ code: 'words-passed-over', words }];
}

/** A word that refers to a question before, which nothing was found for: it would be rewritten. */
function leftOpen({ question }: Asked): Caution[] {
  const word = refersBack(question);
  return word === null ? [] : [{ code: 'refers-back', text: word }];
}

/** What SQLite says itself stands behind what the pipeline says. */
function reasonOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function doubt(confidence: number, voted: Vote | undefined): Caution {
  const percent = Math.round(confidence * 100);
  const others = voted?.candidates.filter(({ sql }) => sql !== voted.best?.sql).length ?? null;
  return { code: 'doubtful', percent, others };
}
