/**
 * CMA-ES (Hansen & Ostermeier 2001; constants of Hansen's tutorial, arXiv 1604.00772): points drawn
 * from N(m, σ²C); the mean m moves to the weighted best half, C learns from their steps and from the
 * path of the mean, σ from that path's length. Restarted with twice the points when the distribution
 * has collapsed (Auger & Hansen 2005). Up to about 100 dimensions: each generation decomposes C.
 */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Random } from '../tensors/random.ts';
import type { Search } from './search.ts';

const SMALLEST_SPREAD = 1e-12;
const LARGEST_CONDITION = 1e14;

/** Begins at 0, then with σ = 1 and C = I around it. */
export function* cmaEs(dimension: number, random: Random): Search {
  let size = 4 + Math.floor(3 * Math.log(dimension));
  yield new Float64Array(dimension);
  for (;;) {
    yield* run(dimension, size, random);
    size *= 2;
  }
}

interface Sample {
  /** Step from the mean in units of σ, distributed as N(0, C). */
  readonly y: Float64Array;
  readonly value: number;
}

function* run(n: number, size: number, random: Random): Generator<Float64Array, void, number> {
  const rates = learningRates(n, size);
  const { weights, muEff, cSigma, dSigma, cCov, cOne, cMu } = rates;
  let mean: Float64Array = new Float64Array(n);
  let sigma = 1;
  let covariance = Matrix.eye(n);
  let sigmaPath: Float64Array = new Float64Array(n);
  let covariancePath: Float64Array = new Float64Array(n);
  // E‖N(0, I)‖
  const expected = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
  for (let generation = 1; ; generation++) {
    const { realEigenvalues, eigenvectorMatrix: axes } = new EigenvalueDecomposition(covariance, {
      assumeSymmetric: true,
    });
    const spreads = realEigenvalues.map((value) => Math.sqrt(Math.max(0, value)));
    const [narrow, wide] = [Math.min(...spreads), Math.max(...spreads)];
    if (!(sigma * wide > SMALLEST_SPREAD) || wide ** 2 > LARGEST_CONDITION * narrow ** 2) return;

    const samples: Sample[] = [];
    for (let k = 0; k < size; k++) {
      const y = times(
        axes,
        Float64Array.from(spreads, (spread) => spread * random.normal()),
      );
      samples.push({ y, value: yield combine(1, mean, sigma, y) });
    }
    samples.sort((a, b) => a.value - b.value);
    const parents = samples.slice(0, weights.length);
    const move = new Float64Array(n).map((_, d) =>
      parents.reduce((sum, { y }, k) => sum + (weights[k] as number) * (y[d] as number), 0),
    );
    mean = combine(1, mean, sigma, move);

    // C^(−1/2)·move: the move as if the distribution were a ball.
    const turned = times(axes.transpose(), move).map((value, d) => value / (spreads[d] as number));
    const drift = Math.sqrt(cSigma * (2 - cSigma) * muEff);
    sigmaPath = combine(1 - cSigma, sigmaPath, drift, times(axes, turned));
    const pathLength = Math.hypot(...sigmaPath);
    sigma *= Math.exp((cSigma / dSigma) * (pathLength / expected - 1));

    // A path that suddenly grew long says nothing of directions: it is left out of C.
    const usual = pathLength / Math.sqrt(1 - (1 - cSigma) ** (2 * generation));
    const steady = usual < (1.4 + 2 / (n + 1)) * expected;
    const pull = steady ? Math.sqrt(cCov * (2 - cCov) * muEff) : 0;
    covariancePath = combine(1 - cCov, covariancePath, pull, move);
    const kept = 1 - cOne - cMu + (steady ? 0 : cOne * cCov * (2 - cCov));
    covariance = Matrix.mul(covariance, kept).add(outer(covariancePath).mul(cOne));
    for (const [k, { y }] of parents.entries()) {
      covariance.add(outer(y).mul(cMu * (weights[k] as number)));
    }
  }
}

/** Weights and rates of the tutorial, table 1, with positive weights only. */
function learningRates(n: number, size: number) {
  const parents = Math.floor(size / 2);
  const raw = Array.from({ length: parents }, (_, k) => Math.log((size + 1) / 2) - Math.log(k + 1));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const weights = raw.map((weight) => weight / total);
  const muEff = 1 / weights.reduce((sum, weight) => sum + weight ** 2, 0);
  const cSigma = (muEff + 2) / (n + muEff + 5);
  const cOne = 2 / ((n + 1.3) ** 2 + muEff);
  return {
    weights,
    muEff,
    cSigma,
    dSigma: 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + cSigma,
    cCov: (4 + muEff / n) / (n + 4 + (2 * muEff) / n),
    cOne,
    cMu: Math.min(1 - cOne, (2 * (muEff - 2 + 1 / muEff)) / ((n + 2) ** 2 + muEff)),
  };
}

/** a·x + b·y */
function combine(a: number, x: Float64Array, b: number, y: Float64Array): Float64Array {
  return x.map((value, d) => a * value + b * (y[d] as number));
}

function times(matrix: Matrix, vector: Float64Array): Float64Array {
  return Float64Array.from(matrix.mmul(Matrix.columnVector(vector)).getColumn(0));
}

function outer(vector: Float64Array): Matrix {
  const column = Matrix.columnVector(vector);
  return column.mmul(column.transpose());
}
