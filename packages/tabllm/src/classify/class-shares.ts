/** Shares of the classes among the rows that are met, where they differ from those that were learned from. */
import { estimatePrior } from '../calibration/prior.ts';
import { TabLlmError } from '../errors.ts';
import { type ClassifierState, classifierOf } from './classifier.ts';
import type { FitOptions } from './fit-classifier.ts';
import { spread } from './same-rows.ts';

type PriorOptions = Pick<
  FitOptions,
  'prior' | 'labels' | 'classes' | 'unlabelled' | 'language' | 'states'
>;

/** Rows that class shares are estimated from. */
const PRIOR_ROWS = 5000;

/**
 * The same, with the class shares that probabilities are corrected to, where they are given or wanted.
 * @throws TabLlmError 'bad-config' where they are to be estimated and no row lacks a label
 */
export function withPrior(
  state: ClassifierState,
  { prior, labels, classes, unlabelled = [], language, states }: PriorOptions,
): ClassifierState {
  if (prior === undefined) return state;
  if (prior === 'estimate' && unlabelled.length === 0) {
    throw new TabLlmError('bad-config', {
      en: 'Class shares can be estimated only from unlabelled rows.',
      zh: '只有存在没有标签的行时，才能估计各类别的占比。',
    });
  }
  const trained = Array.from({ length: classes }, (_, k) => share(labels, k, classes));
  const met =
    prior === 'estimate'
      ? estimatePrior(
          // Evenly spread: a file may be sorted.
          classifierOf(state, language, null, states).predict(
            spread(unlabelled, Math.min(PRIOR_ROWS, unlabelled.length)),
          ),
          trained,
        )
      : prior;
  return { ...state, priors: { trained, met } };
}

/** Without labels, each class is as likely as another before a row is read. */
function share(labels: Int32Array, k: number, classes: number): number {
  if (labels.length === 0) return 1 / classes;
  return labels.filter((label) => label === k).length / labels.length;
}
