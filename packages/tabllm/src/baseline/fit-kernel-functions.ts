/**
 * From what a kernel learns of labelled rows to functions that are told cheaply: the curve of all columns is
 * projected on a few rows that tell it best, those of single columns become tables.
 */
import { bendsOf, bendTables } from './bends.ts';
import type { KernelFunction, KernelFunctions } from './kernel-functions.ts';
import { bendKernel, type KernelParts, lineAndCurve, sumOfBends } from './kernel-parts.ts';
import { projector } from './kernel-projection.ts';
import { pursueRows } from './kernel-pursuit.ts';
import type { KernelScales, KernelShape } from './kernel-shape.ts';
import { type Matrix, pickRows, rowOf, timesVector } from './matrix.ts';

const MOST_SPANNING = 96;

/** Labelled rows as a kernel sees them. */
export interface KernelRows {
  readonly rows: Matrix;
  readonly norm: number;
  readonly shape: KernelShape;
  /** What columns are multiplied by, as a file will hold it: [D]. */
  readonly relevance: Float32Array;
  /** The rows multiplied so. */
  readonly x: Matrix;
  readonly parts: KernelParts;
}

/** A function by what it takes of each labelled row. */
export interface RowWeights {
  readonly alpha: Float64Array;
  readonly scales: KernelScales;
  /** How much it matters that it is told well; default 1. */
  readonly share?: number;
}

export function kernelRows(rows: Matrix, norm: number, shape: KernelShape): KernelRows {
  const relevance = Float32Array.from(shape.relevance);
  const x = multiplied(rows, relevance);
  const ofBends = shape.bent.map((column) => bendKernel(rows, column, norm));
  const bent = sumOfBends(x.rows, ofBends, relevancesOfBends(shape, relevance));
  const parts = { ...lineAndCurve(x, new Float64Array(x.columns).fill(1 / norm)), bent };
  return { rows, norm, shape, relevance, x, parts };
}

/** The functions Σᵢ αᵢ k(xᵢ, ·), in their order. */
export function kernelFunctions(
  { rows, norm, shape, relevance, x, parts }: KernelRows,
  told: readonly RowWeights[],
): KernelFunctions {
  const relevances = relevancesOfBends(shape, relevance);
  const spanned = rowsOfCurves(parts.curve, x.rows, told);
  const project = projector(parts.curve, x.rows, spanned);
  const bends = bendsOf(rows, shape.bent);
  const functions = told.map(({ alpha, scales }): KernelFunction => {
    const times = (factor: number) => alpha.map((value) => value * factor);
    const bent = relevances.map((r) => times((scales.bend * r) / (2 * norm)));
    return {
      line: lineOf(x, times(scales.line), alpha, norm),
      curve: Float32Array.from(project(times(scales.curve))),
      bend: bendTables(bends, rows, bent),
    };
  });
  return { norm, relevance, spanning: rounded(pickRows(x, spanned)), bends, functions };
}

function relevancesOfBends({ bent }: KernelShape, relevance: Float32Array): number[] {
  return bent.map((column) => (relevance[column] as number) ** 2);
}

/** The rows that tell the curves of all functions best; one at least. */
function rowsOfCurves(
  curve: Float64Array,
  n: number,
  told: readonly RowWeights[],
): readonly number[] {
  const functions = told.map(({ alpha, scales, share = 1 }) =>
    timesVector(
      curve,
      n,
      alpha.map((value) => value * scales.curve * share),
    ),
  );
  const rows = pursueRows(curve, n, functions, MOST_SPANNING);
  return rows.length > 0 ? rows : [0];
}

/** Σᵢ aᵢ k_line(xᵢ, ·) as weights, and Σᵢ αᵢ as intercept. */
function lineOf(x: Matrix, a: Float64Array, alpha: Float64Array, norm: number): Float32Array {
  const weights = new Float64Array(x.columns + 1);
  for (let i = 0; i < x.rows; i++) {
    const row = rowOf(x, i);
    const scaled = (a[i] as number) / norm;
    for (let j = 0; j < row.length; j++) {
      weights[j] = (weights[j] as number) + scaled * (row[j] as number);
    }
    weights[x.columns] = (weights[x.columns] as number) + (alpha[i] as number);
  }
  return Float32Array.from(weights);
}

function multiplied(x: Matrix, factors: Float32Array): Matrix {
  const values = x.values.map((value, i) => value * (factors[i % x.columns] as number));
  return { ...x, values };
}

/** As a file will hold them, so that a saved model says the same. */
function rounded(x: Matrix): Matrix {
  return { ...x, values: x.values.map(Math.fround) };
}
