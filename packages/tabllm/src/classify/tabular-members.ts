/**
 * The models that the tabular part of the classifier is a weighted mean of. With a handful of labels lines
 * and smooth curves carry it, with hundreds trees join.
 */
import { seededRandom } from '@quaestor/peft';
import { pairQuantities } from '../baseline/column-pairs.ts';
import { fitBoostedTrees } from '../baseline/fit-boosted-trees.ts';
import { fitKernelClassifier } from '../baseline/fit-kernel-classifier.ts';
import { fitRandomForest } from '../baseline/fit-random-forest.ts';
import { learnKernelOfClasses } from '../baseline/learn-kernel.ts';
import { fitLogisticRegression } from '../baseline/logistic-regression.ts';
import { type Matrix, pickRows } from '../baseline/matrix.ts';
import { tellingColumns } from '../baseline/telling-columns.ts';
import type { MemberPlan } from './fit-members.ts';
import type { TabularMember } from './tabular-model.ts';

export interface MemberSettings {
  /** Columns that trees look at; default all. */
  readonly forTrees?: readonly number[];
  /** Columns whose sums and differences more trees look at, see `Encoder`; default none. */
  readonly quantities?: readonly number[];
  /** What each is a view of, see `Encoder`; default: each of its own. */
  readonly views?: readonly number[];
  /** Mean ‖x − mean‖² of the rows, of unlabelled ones, too. */
  readonly norm: number;
  readonly trees?: number;
  readonly seed?: number;
}

/** From so many labels on they tell what counts: members for the table, and columns for the kernel. */
export const EVIDENCE_FROM = 48;
/** Rows beyond which lines and curves learn nothing more. */
export const SMOOTH_ROWS = 512;
/** Classes beyond which a kernel takes too long. */
const KERNEL_CLASSES = 10;
/** Quantities that bend by themselves in the kernel. */
export const MOST_BENT = 32;
/** Below so many labels trees that cut aslant are no better than none. */
const ASLANT_FROM = 16;
/** Below so many labels boosting has nothing to go on. */
const BOOSTED_FROM = 48;
const BOOSTED_CLASSES = 20;

/** The rows that a kernel is learned from, of so many. */
export function smoothRows(count: number, seed: number): readonly number[] {
  const all = Array.from({ length: count }, (_, row) => row);
  return seededRandom(seed).shuffle(all).slice(0, SMOOTH_ROWS);
}

/**
 * The members for n labelled rows. Their weights are a function of n alone, chosen on the means over the
 * nine tables of the TabLLM paper.
 */
export function planMembers(
  n: number,
  classes: number,
  { forTrees, quantities = [], views, norm, trees = 100, seed = 0 }: MemberSettings,
): MemberPlan<TabularMember, Int32Array>[] {
  const judged = n >= EVIDENCE_FROM;
  const smooth = Math.min(1, SMOOTH_ROWS / n);
  const aslant = n >= ASLANT_FROM && quantities.length > 1;
  // Two forests take no longer than one.
  const each = aslant ? Math.ceil(trees / 2) : trees;
  const cuts = { seed, ...(forTrees && { columns: forTrees }) };
  const slanting = (x: Matrix, labels: Int32Array) => ({
    ...cuts,
    pairs: pairQuantities(x, labels, classes, quantities),
  });
  const plans: MemberPlan<TabularMember, Int32Array>[] = [
    {
      weight: judged ? smooth : 32 / (n + 16),
      fit: (x, labels) => fitLogisticRegression(x, labels, classes),
    },
    {
      weight: 1,
      fit: (x, labels) => fitRandomForest(x, labels, classes, { trees: each, ...cuts }),
    },
  ];
  if (aslant) {
    plans.push({
      weight: 1,
      fit: (x, labels) =>
        fitRandomForest(x, labels, classes, { trees: each, ...slanting(x, labels) }),
    });
  }
  if (classes <= KERNEL_CLASSES) {
    plans.push({
      weight: (judged ? 3 : 2) * smooth,
      fit: (x, labels) => {
        const rows = smoothRows(labels.length, seed);
        const known = Int32Array.from(rows, (row) => labels[row] as number);
        const some = pickRows(x, rows);
        const own = views ?? Array.from({ length: x.columns }, (_, j) => j);
        const shape = judged
          ? learnKernelOfClasses(some, known, classes, {
              norm,
              views: own,
              bent: tellingColumns(some, known, classes, quantities, MOST_BENT),
            })
          : undefined;
        return fitKernelClassifier(some, known, classes, norm, shape);
      },
    });
  }
  if (n >= BOOSTED_FROM && classes <= BOOSTED_CLASSES) {
    const rounds = Math.round(Math.min(400, 80 * Math.max(1, n / 1000)));
    plans.push({
      weight: Math.min(2, n / 256),
      fit: (x, labels) => fitBoostedTrees(x, labels, classes, { rounds, ...cuts }),
    });
    if (aslant) {
      plans.push({
        weight: Math.max(0.5, Math.min(1, n / 1024)),
        fit: (x, labels) => fitBoostedTrees(x, labels, classes, { rounds, ...slanting(x, labels) }),
      });
    }
  }
  return plans;
}
