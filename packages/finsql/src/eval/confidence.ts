/** An evaluation read as evidence: what confidences are fitted on and judged by. */
import {
  type Checked,
  type ConfidenceModel,
  crossFitted,
  type Evidence,
  fitConfidence,
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
  return evidenceIn(results).length < FEWEST ? null : confidenceFrom(results).reliability;
}

/**
 * Coefficients for the kind of answer that was evaluated.
 * @param known the adapter's coefficients of the other kind, which are kept
 * @throws FinSqlError `bad-data` for fewer than 50 scored questions
 */
export function confidenceFrom(
  results: readonly EvaluatedItem[],
  known: ConfidenceModel = {},
): FittedConfidence {
  const checked = evidenceIn(results);
  if (checked.length < FEWEST) {
    throw new FinSqlError(
      'bad-data',
      `Confidences need at least ${FEWEST} scored questions whose tokens have known probabilities, got ${checked.length}: evaluate more.`,
    );
  }
  const fitted = fitConfidence(checked);
  const voted = checked.some(({ evidence }) => evidence.agreement !== null);
  return {
    model: voted ? { ...known, voted: fitted } : { ...known, single: fitted },
    reliability: reliability(crossFitted(checked)),
  };
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
}: EvaluatedItem): Evidence | null {
  if (sureness === null) return null;
  return { sureness, agreement: vote?.agreement ?? null, repaired, passedOver };
}
