/**
 * The n + 1 points that COBYLA interpolates linearly. The pole is the best of them; the edges
 * eⱼ = xⱼ − pole give the model's gradient g (eⱼ·g = fⱼ − f_pole for all j) and, by their inverse, the
 * Lagrange functions of the simplex.
 */
import { LuDecomposition, Matrix } from 'ml-matrix';

export interface Vertex {
  readonly x: Float64Array;
  readonly value: number;
}

/** Vertices in a fixed order, the pole apart. */
export interface Simplex {
  readonly pole: Vertex;
  /** n of them */
  readonly others: readonly Vertex[];
}

/** The model of a simplex: what its edges determine. */
export interface Geometry {
  /** Squared lengths of the edges. */
  readonly lengths: readonly number[];
  /** Gradient of the linear interpolation of the values. */
  readonly gradient: Float64Array;
  /** E⁻¹ [n, n]: column j is orthogonal to every edge but j, whose product with it is 1. */
  readonly inverse: Matrix;
}

/** The geometry of a simplex; null when its edges have become linearly dependent. */
export function geometry({ pole, others }: Simplex): Geometry | null {
  const edges = new Matrix(others.map(({ x }) => [...difference(x, pole.x)]));
  const lu = new LuDecomposition(edges);
  if (lu.isSingular()) return null;
  const rises = Matrix.columnVector(others.map(({ value }) => value - pole.value));
  return {
    lengths: others.map(({ x }) => squaredDistance(x, pole.x)),
    gradient: Float64Array.from(lu.solve(rises).getColumn(0)),
    inverse: lu.solve(Matrix.eye(others.length)),
  };
}

/** Puts a vertex in the place of vertex `j`, or of the pole when j = n; then the best is the pole. */
export function replaceVertex(simplex: Simplex, j: number, vertex: Vertex): Simplex {
  const { pole, others } = simplex;
  return j === others.length
    ? withBestPole({ pole: vertex, others })
    : withBestPole({ pole, others: others.with(j, vertex) });
}

/** Exchanges the pole with the first of the strictly better vertices that are best. */
function withBestPole({ pole, others }: Simplex): Simplex {
  const lowest = Math.min(...others.map(({ value }) => value));
  if (!(lowest < pole.value)) return { pole, others };
  const j = others.findIndex(({ value }) => value === lowest);
  return { pole: others[j] as Vertex, others: others.with(j, pole) };
}

export function squaredDistance(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0);
}

export function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - (b[i] as number));
}

export function sum(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + (b[i] as number));
}
