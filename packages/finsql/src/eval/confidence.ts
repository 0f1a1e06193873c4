/** An evaluation read as evidence: what confidences are fitted on and judged by. */
import {
  type Checked,
  type ConfidenceModel,
  crossFitted,
  type Evidence,
  fitConfidence,
  kindOf,
  type Reliability,
  reliability,
} from '../consistency/confidence.ts';
import { FinSqlError } from '../errors.ts';
import type { EvaluatedItem } from './evaluate.ts';

/** Below this, coefficients would say more about chance than about the model. */
const FEWEST = 50;

export interface FittedConfidence {
  /** To be stored beside the adapter. */
  readonly model: ConfidenceModel;
  /** Of confidences fitted on the other folds. */
  readonly reliability: Reliability;
}

/** How well confidences would meet outcomes; null with too few scored questions. */
export function confidenceReliability(results: readonly EvaluatedItem[]): Reliability | null {
  const sizes = [...byKind(evidenceIn(results)).values()].map(({ length }) => length);
  return Math.max(0, ...sizes) < FEWEST ? null : confidenceFrom(results).reliability;
}

/**
 * Coefficients for the kinds of answers that were evaluated.
 * @param known the adapter's coefficients of the other kinds, which are kept
 * @throws FinSqlError `bad-data` where no kind has 50 scored questions
 */
export function confidenceFrom(
  results: readonly EvaluatedItem[],
  known: ConfidenceModel = {},
): FittedConfidence {
  const kinds = [...byKind(evidenceIn(results))];
  const enough = kinds.filter(([, checked]) => checked.length >= FEWEST);
  if (enough.length === 0) {
    const most = Math.max(0, ...kinds.map(([, checked]) => checked.length));
    throw new FinSqlError('bad-data', {
      en: `Confidences need at least ${FEWEST} scored questions whose tokens have known probabilities, got ${most}: evaluate more.`,
      zh: `可信度至少需要 ${FEWEST} 个已评分且词元概率已知的问题，实际只有 ${most} 个：请评测更多问题。`,
    });
  }
  const fitted = enough.map(([kind, checked]) => [kind, fitConfidence(checked)] as const);
  return {
    model: { ...known, ...Object.fromEntries(fitted) },
    reliability: reliability(enough.flatMap(([, checked]) => crossFitted(checked))),
  };
}

function byKind(answers: readonly Checked[]): ReadonlyMap<keyof ConfidenceModel, Checked[]> {
  const kinds = new Map<keyof ConfidenceModel, Checked[]>();
  for (const answer of answers) {
    const kind = kindOf(answer.evidence);
    kinds.set(kind, [...(kinds.get(kind) ?? []), answer]);
  }
  return kinds;
}

/** What counts: scored, by a generator that tells how sure it was. */
function evidenceIn(results: readonly EvaluatedItem[]): Checked[] {
  return results.flatMap((result) => {
    const evidence = evidenceOf(result);
    const { skipped, correct } = result;
    return skipped !== null || evidence === null ? [] : [{ evidence, correct }];
  });
}

/** What the making of an evaluated answer showed; null where the generator did not tell how sure it was. */
export function evidenceOf({
  sureness,
  vote,
  repaired,
  passedOver,
  familiar,
  wordByWord,
}: EvaluatedItem): Evidence | null {
  if (sureness === null) return null;
  return {
    sureness,
    agreement: vote?.agreement ?? null,
    repaired,
    passedOver,
    familiar,
    wordByWord,
  };
}
