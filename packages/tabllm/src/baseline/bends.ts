/**
 * Curves of single columns, Σᵢ αᵢ exp(−(x − zᵢ)²), as tables: between two knots a curve runs straight, and
 * beyond the rows that it was learned from it stays as it ends there. So a prediction looks up one number a
 * column, however many rows were learned from.
 */
import type { Matrix } from './matrix.ts';

export interface Bends {
  /** Columns of the matrix: [q]. */
  readonly columns: Int32Array;
  /** Where the first and the last knot of each stand: [q, 2]. */
  readonly ends: Float32Array;
}

/** Steps between the knots are a tenth of the curve's width or less. */
export const KNOTS = 64;

/** @param x rows that curves are learned from */
export function bendsOf(x: Matrix, columns: readonly number[]): Bends {
  const ends = columns.flatMap((column) => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < x.rows; i++) {
      const value = x.values[i * x.columns + column] as number;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return [least, most];
  });
  return { columns: Int32Array.from(columns), ends: Float32Array.from(ends) };
}

/** Values at the knots: [q, KNOTS]. @param weights of the rows, for each column */
export function bendTables(
  { columns, ends }: Bends,
  x: Matrix,
  weights: readonly Float64Array[],
): Float32Array {
  const tables = new Float32Array(columns.length * KNOTS);
  for (const [q, column] of columns.entries()) {
    const [from, to] = [ends[2 * q] as number, ends[2 * q + 1] as number];
    const alpha = weights[q] as Float64Array;
    for (let knot = 0; knot < KNOTS; knot++) {
      const at = from + ((to - from) * knot) / (KNOTS - 1);
      let sum = 0;
      for (let i = 0; i < x.rows; i++) {
        const apart = at - (x.values[i * x.columns + column] as number);
        sum += (alpha[i] as number) * Math.exp(-(apart ** 2));
      }
      tables[q * KNOTS + knot] = sum;
    }
  }
  return tables;
}

/** The table of one of the columns. */
export function tableOfBend(tables: Float32Array, q: number): Float32Array {
  return tables.subarray(q * KNOTS, (q + 1) * KNOTS);
}

/** Where rows stand among the knots. */
export interface BentPlaces {
  /** The knot before, in tables of all columns: [q]. */
  readonly knots: Int32Array;
  /** How far it is to the next, 0 … 1: [q]. */
  readonly parts: Float64Array;
}

export function bentPlaces(columns: number): BentPlaces {
  return { knots: new Int32Array(columns), parts: new Float64Array(columns) };
}

/** Finds the places of a row. */
export function placeRow(
  { columns, ends }: Bends,
  x: Matrix,
  row: number,
  { knots, parts }: BentPlaces,
): void {
  for (let q = 0; q < columns.length; q++) {
    const value = x.values[row * x.columns + (columns[q] as number)] as number;
    const [from, to] = [ends[2 * q] as number, ends[2 * q + 1] as number];
    const wide = to > from ? ((value - from) / (to - from)) * (KNOTS - 1) : 0;
    const at = Math.min(Math.max(wide, 0), KNOTS - 1);
    const knot = Math.min(Math.floor(at), KNOTS - 2);
    knots[q] = q * KNOTS + knot;
    parts[q] = at - knot;
  }
}

/** The sum of the curves where a row stands. */
export function bentSum(tables: Float32Array, { knots, parts }: BentPlaces): number {
  let sum = 0;
  for (let q = 0; q < knots.length; q++) {
    const knot = knots[q] as number;
    const before = tables[knot] as number;
    sum += before + (parts[q] as number) * ((tables[knot + 1] as number) - before);
  }
  return sum;
}
