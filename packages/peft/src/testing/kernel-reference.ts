/** The equations of the fused kernels in plain float64, and slopes by central differences. */

export type Values = ArrayLike<number>;

export function dot(a: Values, b: Values): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += (a[i] as number) * (b[i] as number);
  return total;
}

/** Rows of a matrix of this width. */
export function matrixRows(values: Values, width: number): Float64Array[] {
  const all = Float64Array.from(values);
  return Array.from({ length: all.length / width }, (_, i) =>
    all.subarray(i * width, (i + 1) * width),
  );
}

/** y[N,D] = weight ⊙ x / √(mean(x²) + ε), by rows of x[N,D]. */
export function rmsNorm(x: Values, weight: Values, epsilon: number): Float64Array {
  const width = weight.length;
  const scales = matrixRows(x, width).map((row) => 1 / Math.sqrt(dot(row, row) / width + epsilon));
  return Float64Array.from(
    x,
    (value, i) => value * (scales[Math.floor(i / width)] as number) * (weight[i % width] as number),
  );
}

/** act[N,F] = silu(gate) ⊙ up of gateUp[N,2F]. */
export function swiGlu(gateUp: Values, width: number): Float64Array {
  return Float64Array.from({ length: gateUp.length / 2 }, (_, i) => {
    const gate = Math.floor(i / width) * 2 * width + (i % width);
    const x = gateUp[gate] as number;
    return (x / (1 + Math.exp(-x))) * (gateUp[gate + width] as number);
  });
}

/** y[M,N] = x[M,K]·w[N,K]ᵀ */
export function linear(x: Values, w: Values, inner: number): Float64Array {
  const columns = matrixRows(w, inner);
  return Float64Array.from(
    matrixRows(x, inner).flatMap((row) => columns.map((column) => dot(row, column))),
  );
}

/** [left | right] of a matrix, with as many columns as given. */
export function splitColumns(
  values: Values,
  left: number,
  right: number,
): { left: Float64Array; right: Float64Array } {
  const rows = matrixRows(values, left + right);
  return {
    left: Float64Array.from(rows.flatMap((row) => [...row.subarray(0, left)])),
    right: Float64Array.from(rows.flatMap((row) => [...row.subarray(left)])),
  };
}

/** xᵀ[width, rows] of x[rows, width]. */
export function transpose(x: Values, width: number): Float64Array {
  const rows = x.length / width;
  return Float64Array.from(
    { length: x.length },
    (_, i) => x[(i % rows) * width + Math.floor(i / rows)] as number,
  );
}

export interface AttentionShape {
  readonly heads: number;
  readonly kvHeads: number;
  readonly dim: number;
}

/** Rotation angle of element pair j at a position. */
export function angle(position: number, j: number, dim: number): number {
  return position * 100 ** ((-2 * j) / dim);
}

/** first[N] and positions[N] of sequences packed one after the other. */
export function pack(lengths: readonly number[]): { first: number[]; positions: number[] } {
  const first: number[] = [];
  for (const length of lengths) first.push(...Array<number>(length).fill(first.length));
  return { first, positions: first.map((begin, row) => row - begin) };
}

/** out[N,H·d] and lse[N,H] of rows that see [first, own], with positions counted from first. */
export function attention(
  qkv: Values,
  first: readonly number[],
  { heads, kvHeads, dim }: AttentionShape,
): { out: number[]; lse: number[] } {
  // parts[row][head]: query heads, key heads, value heads
  const parts = matrixRows(qkv, (heads + 2 * kvHeads) * dim).map((row) => matrixRows(row, dim));
  const rotated = parts.map((row, i) =>
    row.slice(0, heads + kvHeads).map((head) => rotate(head, i - (first[i] as number))),
  );
  const out: number[] = [];
  const lse: number[] = [];
  rotated.forEach((row, i) => {
    const begin = first[i] as number;
    for (let query = 0; query < heads; query++) {
      const source = heads + Math.floor((query * kvHeads) / heads);
      const weights = rotated.slice(begin, i + 1).map((key) => {
        const score = dot(row[query] as Values, key[source] as Values);
        return Math.exp(score / Math.sqrt(dim));
      });
      const total = weights.reduce((sum, weight) => sum + weight);
      const result = new Float64Array(dim);
      weights.forEach((weight, j) => {
        const value = parts[begin + j]?.[source + kvHeads] as Float64Array;
        for (let k = 0; k < dim; k++) {
          result[k] = (result[k] as number) + (weight / total) * (value[k] as number);
        }
      });
      out.push(...result);
      lse.push(Math.log(total));
    }
  });
  return { out, lse };
}

function rotate(head: Float64Array, position: number): Float64Array {
  const half = head.length / 2;
  return head.map((value, j) => {
    const theta = angle(position, j % half, head.length);
    const other = j < half ? -(head[j + half] as number) : (head[j - half] as number);
    return value * Math.cos(theta) + other * Math.sin(theta);
  });
}

/** Slopes of a scalar function in the directions of some of its inputs. */
export function slopes(
  value: (x: Float64Array) => number,
  at: Values,
  indices: readonly number[],
): number[] {
  const step = 1e-4;
  return indices.map((index) => {
    const moved = (by: number): number => {
      const x = Float64Array.from(at);
      x[index] = (x[index] as number) + by;
      return value(x);
    };
    return (moved(step) - moved(-step)) / (2 * step);
  });
}
