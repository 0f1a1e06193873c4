/**
 * The rows of a kernel matrix whose columns functions of it are told by best, one after the other the one that
 * leaves least of them beside those before (kernel matching pursuit with back-fitting; Vincent and Bengio 2002).
 * Where functions are known, that needs far fewer rows than to span the whole matrix (pivoted Cholesky).
 */
import { addScaled, dot } from './vectors.ts';

/** What is left of a column beside those chosen, of its squares, below which it tells nothing new. */
const TOLD = 1e-6;
/** The same of the functions. */
const NEGLIGIBLE = 1e-12;

/**
 * @param kernel [n, n] @param functions values of each at the rows: [n]
 * @returns `most` rows, or fewer that tell all
 */
export function pursueRows(
  kernel: Float64Array,
  n: number,
  functions: readonly Float64Array[],
  most: number,
): number[] {
  const columns = Array.from({ length: n }, (_, j) => kernel.slice(j * n, (j + 1) * n));
  const squares = Float64Array.from(columns, (column) => dot(column, column));
  const whole = squares.slice();
  /** Products of what is left of the functions and of the columns: [functions][n]. */
  const shared = functions.map((f) => Float64Array.from(columns, (column) => dot(column, f)));
  const negligible = NEGLIGIBLE * functions.reduce((sum, f) => sum + dot(f, f), 0);
  const chosen: number[] = [];
  while (chosen.length < Math.min(n, most)) {
    let [best, tells] = [-1, negligible];
    for (let j = 0; j < n; j++) {
      if (!((squares[j] as number) > TOLD * (whole[j] as number))) continue;
      const products = shared.reduce((sum, own) => sum + (own[j] as number) ** 2, 0);
      const told = products / (squares[j] as number);
      if (told > tells) [best, tells] = [j, told];
    }
    if (best === -1) break;
    chosen.push(best);
    const root = Math.sqrt(squares[best] as number);
    const direction = (columns[best] as Float64Array).map((value) => value / root);
    const along = shared.map((own) => (own[best] as number) / root);
    for (const [j, column] of columns.entries()) {
      const part = dot(direction, column);
      addScaled(column, direction, -part);
      squares[j] = (squares[j] as number) - part ** 2;
      for (const [f, own] of shared.entries()) {
        own[j] = (own[j] as number) - part * (along[f] as number);
      }
    }
    squares[best] = 0;
  }
  return chosen;
}
