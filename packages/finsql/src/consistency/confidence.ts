/**
 * How likely an answer is right, from what its making showed (logistic regression, Platt 1999):
 *   P(right) = 1 / (1 + exp(−(β₀ + β₁·e^sureness + β₂·agreement + β₃·repaired + β₄·passedOver + β₅·cost)))
 * The coefficients belong to an adapter; they are fitted on questions with known SQL.
 */
import * as z from 'zod';
import type { KeptReading } from '../word-by-word/answers-by-reading.ts';

/** What is known about an answer before anybody checks it. */
export interface Evidence {
  /** Mean log-probability of the first draft's tokens, ≤ 0. */
  readonly sureness: number;
  /** Share of the candidates that give the same rows, 0 … 1; null where there was only one. */
  readonly agreement: number | null;
  /** Whether what was drafted had to be replaced, or found no rows, or nothing outside of the data's days. */
  readonly repaired: boolean;
  /** Whether the statement passes over a stored text that the question spells out. Default false. */
  readonly passedOver?: boolean;
  /**
   * Whether enough questions about the database are known. Beside a known statement a model is far
   * surer, right or wrong, than where it writes unaided. Default true.
   */
  readonly familiar?: boolean;
  /** Of a statement read off the question word by word. */
  readonly wordByWord?: KeptReading | null;
}

const coefficients = z.object({
  intercept: z.number(),
  sureness: z.number(),
  agreement: z.number(),
  repaired: z.number(),
  passedOver: z.number().optional(),
  cost: z.number().optional(),
});
type Coefficients = z.infer<typeof coefficients>;

const calibration = z.object({
  coefficients,
  /** Questions it was fitted on. */
  questions: z.int().nonnegative(),
});

/** Coefficients for each kind of answer, as they are stored beside an adapter. */
export const confidenceModel = z.object({
  single: calibration.optional().describe('for one candidate'),
  unfamiliar: calibration
    .optional()
    .describe('for one candidate, about a database of which few questions are known'),
  voted: calibration.optional().describe('for several candidates'),
  wordByWord: calibration
    .optional()
    .describe(
      'for a statement read off the question word by word, of a database of which few questions are known',
    ),
});
export type ConfidenceModel = z.infer<typeof confidenceModel>;

/** P(right), 0 … 1; null where the model has no coefficients for this kind of answer. */
export function confidenceOf(model: ConfidenceModel, evidence: Evidence): number | null {
  const own = model[kindOf(evidence)];
  if (own !== undefined) return probability(own.coefficients, evidence);
  const { wordByWord, ...rest } = evidence;
  return wordByWord ? confidenceOf(model, rest) : null;
}

/** Answers of a kind share coefficients. */
export function kindOf({
  agreement,
  familiar = true,
  wordByWord,
}: Evidence): keyof ConfidenceModel {
  // Beside known questions a reading answers for a draft that is not sure, and is as hard to tell.
  if (wordByWord && !familiar) return 'wordByWord';
  if (agreement !== null) return 'voted';
  return familiar ? 'single' : 'unfamiliar';
}

export interface Checked {
  readonly evidence: Evidence;
  readonly correct: boolean;
}

/** What the coefficients weigh, in the order of `featuresOf`. */
const FEATURES = ['sureness', 'agreement', 'repaired', 'passedOver', 'cost'] as const;

/** Full-batch gradient descent over standardised features, where this many such steps converge. */
const STEPS = 2000;
const STEP_SIZE = 0.5;
/** Keeps coefficients finite when the classes separate. */
const RIDGE = 1e-3;

/**
 * Coefficients of greatest penalised likelihood.
 * @param checked answers of one kind
 */
export function fitConfidence(checked: readonly Checked[]): z.infer<typeof calibration> {
  const rows = checked.map(({ evidence }) => featuresOf(evidence));
  const targets = checked.map(({ correct }) => (correct ? 1 : 0));
  const columns = FEATURES.map((_, i) => rows.map((row) => row[i] ?? 0));
  const centres = columns.map(mean);
  const spreads = columns.map((column, i) =>
    Math.sqrt(mean(column.map((value) => (value - (centres[i] ?? 0)) ** 2))),
  );
  const standard = rows.map((row) =>
    row.map((value, i) => (spreads[i] ? (value - (centres[i] ?? 0)) / spreads[i] : 0)),
  );
  let intercept = 0;
  let beta = FEATURES.map(() => 0);
  for (let step = 0; step < STEPS; step++) {
    const errors = standard.map(
      (row, n) => sigmoid(intercept + dot(beta, row)) - (targets[n] ?? 0),
    );
    intercept -= STEP_SIZE * mean(errors);
    beta = beta.map((value, i) => {
      const slope = mean(errors.map((error, n) => error * (standard[n]?.[i] ?? 0)));
      return value - STEP_SIZE * (slope + RIDGE * value);
    });
  }
  const slopes = beta.map((value, i) => (spreads[i] ? value / spreads[i] : 0));
  const [sureness = 0, agreement = 0, repaired = 0, passedOver = 0, cost = 0] = slopes;
  const shift = dot(slopes, centres);
  return {
    coefficients: { intercept: intercept - shift, sureness, agreement, repaired, passedOver, cost },
    questions: checked.length,
  };
}

export interface ReliabilityBin {
  /** Mean confidence of the answers in the bin. */
  readonly confidence: number;
  /** Share of them that is right. */
  readonly accuracy: number;
  readonly answers: number;
}

export interface Reliability {
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error: Σ answers/N · |confidence − accuracy| over the bins (Naeini et al. 2015). */
  readonly calibrationError: number;
  /** Mean squared distance of confidence and outcome (Brier 1950). */
  readonly brier: number;
  /** Probability that a right answer is surer than a wrong one (AUC); null where there is only one kind. */
  readonly ranking: number | null;
}

/** How well confidences meet outcomes, over ten bins of equal width. */
export function reliability(
  answers: readonly { readonly confidence: number; readonly correct: boolean }[],
): Reliability {
  const bins: ReliabilityBin[] = [];
  for (let bin = 0; bin < 10; bin++) {
    const own = answers.filter(
      ({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin,
    );
    if (own.length === 0) continue;
    bins.push({
      confidence: mean(own.map(({ confidence }) => confidence)),
      accuracy: mean(own.map(({ correct }) => (correct ? 1 : 0))),
      answers: own.length,
    });
  }
  return {
    bins,
    calibrationError: bins.reduce(
      (sum, bin) => sum + (bin.answers / answers.length) * Math.abs(bin.confidence - bin.accuracy),
      0,
    ),
    brier: mean(answers.map(({ confidence, correct }) => (confidence - (correct ? 1 : 0)) ** 2)),
    ranking: rankingOf(answers),
  };
}

/** AUC from the ranks of the right answers (Mann & Whitney 1947); equal ones share the mean of theirs. */
function rankingOf(
  answers: readonly { readonly confidence: number; readonly correct: boolean }[],
): number | null {
  const sorted = answers.toSorted((a, b) => a.confidence - b.confidence);
  let [right, ranks] = [0, 0];
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    let own = 0;
    do {
      if (sorted[end]?.correct) own++;
      end++;
    } while (end < sorted.length && sorted[end]?.confidence === sorted[start]?.confidence);
    right += own;
    ranks += (own * (start + 1 + end)) / 2;
  }
  const pairs = right * (sorted.length - right);
  return pairs === 0 ? null : (ranks - (right * (right + 1)) / 2) / pairs;
}

/**
 * Confidences of answers that their coefficients have not seen: each fold is judged by a fit on the
 * other four, so that a reliability table is honest.
 */
export function crossFitted(
  checked: readonly Checked[],
): { readonly confidence: number; readonly correct: boolean }[] {
  const folds = 5;
  return Array.from({ length: folds }, (_, fold) => {
    const { coefficients: fitted } = fitConfidence(checked.filter((_, i) => i % folds !== fold));
    return checked
      .filter((_, i) => i % folds === fold)
      .map(({ evidence, correct }) => ({ confidence: probability(fitted, evidence), correct }));
  }).flat();
}

function probability(beta: Coefficients, evidence: Evidence): number {
  const slopes = FEATURES.map((name) => beta[name] ?? 0);
  return sigmoid(beta.intercept + dot(slopes, featuresOf(evidence)));
}

/** Sureness as the geometric mean of the tokens' probabilities, so that all lie in 0 … 1. */
function featuresOf({ sureness, agreement, repaired, passedOver, wordByWord }: Evidence): number[] {
  const agrees = wordByWord ? Number(wordByWord.agrees) : (agreement ?? 0);
  return [Math.exp(sureness), agrees, repaired ? 1 : 0, passedOver ? 1 : 0, wordByWord?.cost ?? 0];
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
