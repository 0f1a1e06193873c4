/**
 * Values that a quantity is learned from, where some lie far from all others: a slip of the pen, or one of a kind.
 * With squared errors one of them outweighs all other rows, so it counts as at most so far:
 *   |y − median| ≤ 3·d + |ŷ − median|    d: distance of 95 of 100 values from their median
 * ŷ: what a line or a product of powers through the other rows says of it on its side of the median. Values that
 * the columns explain, such as what a large company invests, or a large quantity of something dear, stay as they are.
 */
import { seededRandom } from '@quaestor/peft';
import {
  fitMultiplicativeRegression,
  type ProductColumns,
} from '../baseline/fit-multiplicative-regression.ts';
import { fitRidgeRegression } from '../baseline/fit-ridge-regression.ts';
import { type Matrix, pickRows } from '../baseline/matrix.ts';
import { predictMultiplicativeRegression } from '../baseline/multiplicative-regression.ts';
import { predictRidgeRegression } from '../baseline/ridge-regression.ts';

/** Distances from the median, in d, that a value may have without more ado. */
const USUAL = 3;
const NEAR = 0.95;
/** Of fewer values nothing tells which are far. */
const FEWEST = 16;
/** Rows that the line is learned from at most. */
const LINE_ROWS = 5000;

export interface LimitedLabels {
  /** [rows]. */
  readonly values: Float64Array;
  /** Rows whose value counts as less far than it is. */
  readonly far: readonly number[];
}

export interface LimitOptions {
  /** What products may be of; null, and by default: values are not all above 0. */
  readonly products?: ProductColumns | null;
  readonly seed?: number;
}

/** @param x encoded rows @param values [rows] */
export function limitFarLabels(
  x: Matrix,
  values: Float64Array,
  { products = null, seed = 0 }: LimitOptions = {},
): LimitedLabels {
  const unlimited = { values, far: [] };
  if (values.length < FEWEST) return unlimited;
  const median = valueInOrder(values, 0.5);
  const distance = valueInOrder(
    values.map((value) => Math.abs(value - median)),
    NEAR,
  );
  // Where nearly all are the same, the others are what is to be told.
  if (distance === 0) return unlimited;
  const scores = values.map((value) => (value - median) / distance);
  const isOutside = (row: number) => Math.abs(scores[row] as number) > USUAL;
  const outside = [...scores.keys()].filter(isOutside);
  if (outside.length === 0) return unlimited;
  const near = seededRandom(seed)
    .shuffle([...scores.keys()].filter((row) => !isOutside(row)))
    .slice(0, LINE_ROWS);
  const seen = pickRows(x, near);
  const known = Float64Array.from(near, (row) => scores[row] as number);
  const unseen = pickRows(x, outside);
  const line = predictRidgeRegression(fitRidgeRegression(seen, known, seed), unseen);
  const zero = -median / distance;
  const powers = products
    ? predictMultiplicativeRegression(
        fitMultiplicativeRegression(seen, known, { ...products, zero, seed }),
        unseen,
      )
    : line;
  const limited = values.slice();
  const far: number[] = [];
  for (const [at, row] of outside.entries()) {
    const score = scores[row] as number;
    const side = Math.sign(score);
    const said = Math.max(0, side * (line[at] as number), side * (powers[at] as number));
    const most = USUAL + said;
    if (Math.abs(score) <= most) continue;
    limited[row] = median + side * most * distance;
    far.push(row);
  }
  return { values: limited, far };
}

/** The value below which the share of the others lies. */
function valueInOrder(values: Float64Array, share: number): number {
  return values.slice().sort()[Math.floor(share * (values.length - 1))] as number;
}
