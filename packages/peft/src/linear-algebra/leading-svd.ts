/**
 * The largest singular values with their vectors, to rounding, by block Lanczos on MᵀM (Golub &
 * Underwood 1977) with full reorthogonalisation: the Krylov space of a fixed block of vectors grows until
 * the wanted Ritz pairs satisfy ‖MᵀM·v − θ·v‖ ≤ 10⁻¹⁰·θ₁, at most until it is the whole space.
 *   V[k, n] orthonormal rows,  T = V·MᵀM·Vᵀ,  T·y = θ·y,  v = Vᵀ·y
 * The same matrix gives the same factors, bit for bit.
 */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { seededRandom } from '../tensors/random.ts';
import { multiply, multiplyByTransposed, multiplyTransposed, transpose } from './product.ts';
import { qrFloat64 } from './qr.ts';
import { expectFiniteMatrix, resize, svdFloat64, type TruncatedSvd, toFloat32 } from './svd.ts';

/** Vectors that are added at a time: as many singular values may tie without one being missed. */
const BLOCK = 4;
/** Of a Ritz pair's residual, as a share of the largest θ. */
const CONVERGED = 1e-10;
/** By which the space grows from one test of convergence to the next. */
const GROWTH = 1.4;
/** Below this share of the largest θ a new direction is rounding. */
const ROUNDING = 1e-13;

/**
 * The best approximation of a given rank, as `truncatedSvd` gives it, for matrices of any size.
 * @throws PeftError 'mismatch' when a value is not finite
 */
export function leadingSvd(
  data: Float32Array,
  rows: number,
  columns: number,
  rank: number,
): TruncatedSvd {
  const matrix = Float64Array.from(data);
  expectFiniteMatrix(matrix, rows, columns);
  if (rows >= columns) {
    return toFloat32(resize(leadingOfTall(matrix, rows, columns, rank), rows, columns, rank));
  }
  const turned = leadingOfTall(transpose(matrix, rows, columns), columns, rows, rank);
  return toFloat32(resize({ u: turned.v, s: turned.s, v: turned.u }, rows, columns, rank));
}

/** @param tall M[m, n], m ≥ n */
function leadingOfTall(
  tall: Float64Array,
  m: number,
  n: number,
  rank: number,
): TruncatedSvd<Float64Array> {
  const wanted = Math.min(rank, n);
  const v = leadingRightVectors(tall, m, n, wanted);
  // M·V is decomposed as it is, not squared, so that small singular values keep their digits.
  const turned = transpose(multiplyByTransposed(v, tall, wanted, n, m), wanted, m);
  const inner = svdFloat64(turned, m, wanted);
  return { u: inner.u, s: inner.s, v: multiplyTransposed(v, inner.v, wanted, n, wanted) };
}

/** Orthonormal rows [wanted, n] that span the leading right singular vectors. */
function leadingRightVectors(
  tall: Float64Array,
  m: number,
  n: number,
  wanted: number,
): Float64Array {
  const random = seededRandom(0);
  const drawn = (count: number) => Float64Array.from({ length: count * n }, () => random.normal());
  let size = Math.min(BLOCK, n);
  let block = orthonormalRows(drawn(size), size, n).rows;
  let basis: Float64Array = new Float64Array(0);
  /** Column j: the products of MᵀM·vⱼ with the vectors up to its own block. */
  const projected: Float64Array[] = [];
  let nextTest = Math.min(n, wanted + 2 * BLOCK);
  for (;;) {
    basis = joined(basis, block);
    const known = basis.length / n;
    const image = multiplyByTransposed(block, tall, size, n, m);
    const rest = multiplyTransposed(transpose(image, size, m), tall, m, size, n);
    const products = takeOut(rest, basis, size, n);
    for (let j = 0; j < size; j++) {
      projected.push(products.slice(j * known, (j + 1) * known));
    }
    takeOut(rest, basis, size, n);
    const next = orthonormalRows(rest, size, n);
    if (known >= nextTest || known === n) {
      const { values, vectors } = ritzPairs(projected);
      const limit = CONVERGED * (values[0] as number);
      const found = vectors.slice(0, wanted);
      const converged = (vector: Float64Array) =>
        residual(next.triangle, vector.subarray(known - size)) <= limit;
      if (known === n || found.every(converged)) {
        return multiply(joined(...found), basis, wanted, known, n);
      }
      nextTest = Math.min(n, Math.ceil(known * GROWTH));
    }
    const largest = Math.max(...projected.map((column, j) => column[j] as number));
    const room = Math.min(size, n - known);
    block = next.rows.slice(0, room * n);
    for (let j = 0; j < room; j++) {
      const length = Math.abs(next.triangle[j * size + j] as number);
      // The space is closed under MᵀM in this direction: another one goes on in it.
      if (length <= ROUNDING * largest) block.set(drawn(1), j * n);
    }
    size = room;
    for (let pass = 0; pass < 2; pass++) {
      takeOut(block, basis, size, n);
      block = orthonormalRows(block, size, n).rows;
    }
  }
}

/** Takes what lies along the basis[k, n] out of rows[size, n]. @returns the components, [size, k] */
function takeOut(rows: Float64Array, basis: Float64Array, size: number, n: number): Float64Array {
  const known = basis.length / n;
  const components = multiplyByTransposed(rows, basis, size, n, known);
  const along = multiplyTransposed(transpose(components, size, known), basis, known, size, n);
  for (let i = 0; i < rows.length; i++) rows[i] = (rows[i] as number) - (along[i] as number);
  return components;
}

/** rows[size, n] = triangleᵀ[size, size]·Q with orthonormal rows of Q. */
function orthonormalRows(
  rows: Float64Array,
  size: number,
  n: number,
): { readonly rows: Float64Array; readonly triangle: Float64Array } {
  const { q, r } = qrFloat64(transpose(rows, size, n), n, size);
  return { rows: transpose(q, n, size), triangle: r };
}

/** Eigenpairs of T from its columns, which end with their own block; θ descending. */
function ritzPairs(columns: readonly Float64Array[]): {
  readonly values: readonly number[];
  readonly vectors: readonly Float64Array[];
} {
  const size = columns.length;
  const symmetric = Matrix.zeros(size, size);
  for (const [j, column] of columns.entries()) {
    for (let i = 0; i <= j; i++) {
      symmetric.set(i, j, column[i] as number);
      symmetric.set(j, i, column[i] as number);
    }
  }
  const { realEigenvalues: values, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(
    symmetric,
    { assumeSymmetric: true },
  );
  const order = [...values.keys()].sort((a, b) => (values[b] as number) - (values[a] as number));
  return {
    values: order.map((at) => values[at] as number),
    vectors: order.map((at) => Float64Array.from(vectors.getColumn(at))),
  };
}

/** ‖R·y‖: R what the newest block leads out of the space by, y a Ritz vector's part in that block. */
function residual(triangle: Float64Array, y: Float64Array): number {
  return Math.hypot(...multiply(triangle, y, y.length, y.length, 1));
}

function joined(...parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
