/**
 * The directions along which rows differ most, by subspace iteration with some more than are wanted (Halko,
 * Martinsson and Tropp 2011, algorithm 4.4).
 */
import { seededRandom } from '@quaestor/peft';

const BESIDE = 8;
const ROUNDS = 6;
const NOTHING_LEFT = 1e-8;

/**
 * @param timesGram XᵀX·basis of a basis [columns, width], X the rows
 * @returns [columns, count]: directions of length 1 at right angles, the foremost first; 0 where rows have fewer
 */
export function leadingDirections(
  timesGram: (basis: Float64Array, width: number) => Float64Array,
  columns: number,
  count: number,
): Float64Array {
  const random = seededRandom(0);
  const width = Math.min(columns, count + BESIDE);
  let basis: Float64Array = Float64Array.from({ length: columns * width }, () => random.normal());
  for (let round = 0; round < ROUNDS; round++) {
    orthonormalise(basis, width);
    basis = timesGram(basis, width);
  }
  orthonormalise(basis, width);
  const leading = new Float64Array(columns * count);
  for (let column = 0; column < columns; column++) {
    leading.set(basis.subarray(column * width, column * width + count), column * count);
  }
  return leading;
}

/**
 * Columns in order, each at right angles to those before and of length 1 (Gram and Schmidt); 0 where those before
 * say all of it. @param basis [·, width]
 */
function orthonormalise(basis: Float64Array, width: number): void {
  for (let t = 0; t < width; t++) {
    const whole = Math.sqrt(product(basis, width, t, t));
    for (let before = 0; before < t; before++) {
      addColumn(basis, width, t, before, -product(basis, width, before, t));
    }
    const length = Math.sqrt(product(basis, width, t, t));
    const scale = length > NOTHING_LEFT * whole ? 1 / length : 0;
    for (let at = t; at < basis.length; at += width) basis[at] = (basis[at] as number) * scale;
  }
}

function product(basis: Float64Array, width: number, a: number, b: number): number {
  let sum = 0;
  for (let row = 0; row < basis.length; row += width) {
    sum += (basis[row + a] as number) * (basis[row + b] as number);
  }
  return sum;
}

/** Adds `times` column `from` to another. */
function addColumn(
  basis: Float64Array,
  width: number,
  to: number,
  from: number,
  times: number,
): void {
  for (let row = 0; row < basis.length; row += width) {
    basis[row + to] = (basis[row + to] as number) + times * (basis[row + from] as number);
  }
}
