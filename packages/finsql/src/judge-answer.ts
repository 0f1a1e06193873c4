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
import { isFamiliar } from './retrieval/familiar.ts';
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

/** Of a statement that was run. */
export function judgeAnswer(found: FoundRows, by: JudgedBy): Judgement {
  const { context, coverage, sureness, outside = [], config } = by;
  // What is left open of a question is answered as little as what is passed over.
  const unsaid = [...leftOpen(by), ...passedOver(found.sql, by)];
  const repaired = found.cautions.length > 0;
  const confidence =
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
      ...unknown.map((value): Caution => ({ code: 'value-not-stored', ...value })),
      ...unsaid,
      ...unexplained(found.wordByWord?.passedOver),
      ...outside,
      ...(doubtful ? [doubt(confidence, found.vote)] : []),
    ],
  };
}

/** Of a statement that was not run: only what its text tells. */
export function judgeDraft(sql: string, asked: Asked): Judgement {
  return {
    confidence: null,
    refusal: undefined,
    cautions: [...leftOpen(asked), ...passedOver(sql, asked)],
  };
}

/** Words that a statement read off the question passes over. */
export function unexplained(words: readonly string[] = []): Caution[] {
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
