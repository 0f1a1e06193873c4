/**
 * The models that a quantity is a weighted mean of, and their weights (see `weightsByLoss`), with the log-loss of
 * a normal error, ½ log mse a row, and t = 0.05. Weights before and t are chosen on the means over 24 tables, most
 * of them R's data sets, 32 to 512 labels.
 */
import { fitBoostedRegression } from '../baseline/fit-boosted-regression.ts';
import { fitKernelRegression } from '../baseline/fit-kernel-regression.ts';
import {
  fitMultiplicativeRegression,
  type MultiplicativeOptions,
} from '../baseline/fit-multiplicative-regression.ts';
import { fitRegressionForest } from '../baseline/fit-regression-forest.ts';
import { fitRidgeRegression } from '../baseline/fit-ridge-regression.ts';
import { learnKernelOfValues } from '../baseline/learn-kernel.ts';
import { type Matrix, pickRows } from '../baseline/matrix.ts';
import { columnsAlong } from '../baseline/telling-columns.ts';
import type { MemberPlan } from './fit-members.ts';
import { countedRows, weightsByLoss } from './member-weights.ts';
import type { QuantityMember } from './quantity-model.ts';
import { type MemberSettings, MOST_BENT, SMOOTH_ROWS, smoothRows } from './tabular-members.ts';

const COOLED = 0.05;
/** Below so many labels boosting has nothing to go on. */
const BOOSTED_FROM = 16;

/** Below so many labels nothing tells whether a product does better than a sum. */
const MULTIPLIED_FROM = 20;

export interface QuantitySettings extends MemberSettings {
  /** What products and ratios may be of; null: values are not all above 0. */
  readonly products: Omit<MultiplicativeOptions, 'seed'> | null;
}

/** The members for n labelled rows. */
export function planQuantityMembers(
  n: number,
  settings: QuantitySettings,
): MemberPlan<QuantityMember, Float64Array>[] {
  const { forTrees, quantities = [], views, products, norm, trees = 100, seed = 0 } = settings;
  const cuts = { seed, ...(forTrees && { columns: forTrees }) };
  const plans: MemberPlan<QuantityMember, Float64Array>[] = [
    { weight: 1, fit: (x, y) => fitRidgeRegression(x, y, seed) },
    { weight: 1, fit: (x, y) => fitRegressionForest(x, y, { trees, ...cuts }) },
    {
      weight: 2 * Math.min(1, SMOOTH_ROWS / n),
      fit: (x, y) => {
        const rows = smoothRows(y.length, seed);
        const known = Float64Array.from(rows, (row) => y[row] as number);
        const some = pickRows(x, rows);
        const shape = learnKernelOfValues(some, known, {
          norm,
          views: views ?? Array.from({ length: x.columns }, (_, j) => j),
          bent: columnsAlong(some, known, quantities, MOST_BENT),
        });
        return fitKernelRegression(some, known, norm, shape);
      },
    },
  ];
  if (n >= BOOSTED_FROM) {
    const rounds = Math.round(Math.min(300, 60 + n / 2));
    plans.push({ weight: 1, fit: (x, y) => fitBoostedRegression(x, y, { rounds, ...cuts }) });
  }
  if (n >= MULTIPLIED_FROM && products !== null) {
    const fit = (x: Matrix, y: Float64Array) =>
      fitMultiplicativeRegression(x, y, { ...products, seed });
    plans.push({ weight: 1, fit });
  }
  return plans;
}

/**
 * The weights of members by what they say of rows that they have not seen; they sum to 1.
 * @param plan weights before @param said of each member, values [rows]
 * @param told rows that say something of their own: copies, and others of a group, say it once
 */
export function weighQuantityMembers(
  plan: readonly number[],
  said: readonly Float64Array[],
  y: Float64Array,
  told: number,
): number[] {
  const errors = said.map((values) =>
    values.reduce((sum, value, i) => sum + (value - (y[i] as number)) ** 2, 0),
  );
  const least = Math.min(...errors);
  // Where one says all rows to the last digit, the others have nothing to add.
  const scale = least > 0 ? least : 1e-12;
  const losses = errors.map(
    (error) => (countedRows(told) * Math.log(Math.max(error, scale) / scale)) / 2,
  );
  return weightsByLoss(plan, losses, COOLED);
}
