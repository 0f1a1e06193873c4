/**
 * How much a model weights the columns of its table, without asking it anything: of lines and curves |weight| ·
 * standard deviation, of trees how often they ask; shares of each member, by the weight of the member.
 */
import { tableOfBend } from '../baseline/bends.ts';
import type { ColumnPair } from '../baseline/column-pairs.ts';
import type { Encoder } from '../baseline/encoder.ts';
import type { KernelFunctions } from '../baseline/kernel-functions.ts';
import type { Matrix } from '../baseline/matrix.ts';
import type { MultiplicativeRegression } from '../baseline/multiplicative-regression.ts';
import type { TreeNodes } from '../baseline/tree-nodes.ts';
import type { EncodedModel } from './encoded-model.ts';
import type { QuantityMember } from './quantity-model.ts';
import type { TabularMember } from './tabular-model.ts';

/** @param x rows that deviations are of @param sources see `Encoder` @returns weights by column of the table */
export function columnWeights(
  model: EncodedModel,
  x: Matrix,
  sources: Encoder['sources'],
): Map<number, number> {
  const weights = new Map<number, number>();
  const sds = deviationsOf(x);
  for (const { weight, parts } of partsOf(model, sds)) {
    const total = parts.reduce((sum, part) => sum + part, 0) || 1;
    for (const [j, part] of parts.entries()) {
      const of = sources[j] as readonly number[];
      for (const source of of) {
        const share = (weight * part) / total / of.length;
        weights.set(source, (weights.get(source) ?? 0) + share);
      }
    }
  }
  return weights;
}

interface WeighedParts {
  readonly weight: number;
  /** Of each encoded column. */
  readonly parts: Float64Array;
}

function partsOf(model: EncodedModel, sds: Float64Array): WeighedParts[] {
  if (model.kind === 'quantity') {
    return model.members.map(({ weight, model: member }) => ({
      weight,
      parts: partsOfQuantityMember(member, sds),
    }));
  }
  const members = model.members.map(({ weight, model: member }) => ({
    weight,
    parts: partsOfMember(member, sds),
  }));
  if (model.expectations === null) return members;
  const { weight, line } = model.expectations;
  return [...members, { weight: Math.abs(weight), parts: partsOfLine(line.weights, sds) }];
}

function partsOfMember(model: TabularMember, sds: Float64Array): Float64Array {
  switch (model.kind) {
    case 'logistic-regression':
      return partsOfLine(model.weights, sds);
    case 'kernel':
      return partsOfKernel(
        model,
        model.functions.map(({ share }) => share),
        sds,
      );
    case 'random-forest':
      return partsOfTrees([model.nodes], model.pairs, sds.length);
    case 'boosted-trees':
      return partsOfTrees(model.nodes, model.pairs, sds.length);
  }
}

function partsOfQuantityMember(model: QuantityMember, sds: Float64Array): Float64Array {
  switch (model.kind) {
    case 'ridge-regression':
      return partsOfLine(model.weights, sds);
    case 'multiplicative-regression':
      return partsOfPowers(model, sds);
    case 'kernel-regression':
      return partsOfKernel(model, [1], sds);
    case 'regression-forest':
    case 'boosted-regression':
      return partsOfTrees([model.nodes], [], sds.length);
  }
}

function partsOfPowers(
  { plain, amounts, weights }: MultiplicativeRegression,
  sds: Float64Array,
): Float64Array {
  const parts = new Float64Array(sds.length);
  for (const [at, j] of plain.entries()) {
    parts[j] = Math.abs(weights[at] as number) * (sds[j] as number);
  }
  for (const [at, { column }] of amounts.entries()) {
    parts[column] = Math.abs(weights[plain.length + at] as number);
  }
  return parts;
}

/** @param shares of the functions */
function partsOfKernel(
  { functions, relevance, bends }: KernelFunctions,
  shares: readonly number[],
  sds: Float64Array,
): Float64Array {
  const parts = new Float64Array(sds.length);
  for (const [f, { line, bend }] of functions.entries()) {
    const share = shares[f] as number;
    for (const [j, part] of partsOfLine(line, sds).entries()) {
      parts[j] = (parts[j] as number) + share * part * (relevance[j] as number);
    }
    for (const [q, j] of bends.columns.entries()) {
      const own = tableOfBend(bend, q);
      // A column of which most rows lie within four standard deviations.
      const spread = (Math.max(...own) - Math.min(...own)) / 4;
      parts[j] = (parts[j] as number) + share * spread;
    }
  }
  return parts;
}

/** @param weights [K, D+1], the intercept last */
function partsOfLine(weights: ArrayLike<number>, sds: Float64Array): Float64Array {
  const stride = sds.length + 1;
  return sds.map((sd, j) => {
    let sum = 0;
    for (let at = j; at < weights.length; at += stride) sum += Math.abs(weights[at] as number);
    return sum * sd;
  });
}

/** @param columns of rows without pairs: behind them stand the differences and sums of pairs */
function partsOfTrees(
  trees: readonly TreeNodes[],
  pairs: readonly ColumnPair[],
  columns: number,
): Float64Array {
  const parts = new Float64Array(columns);
  for (const { feature } of trees) {
    for (const asked of feature) {
      const of = asked < columns ? [asked] : (pairs[(asked - columns) >> 1] ?? []);
      if (asked >= 0) for (const j of of) parts[j] = (parts[j] as number) + 1;
    }
  }
  return parts;
}

function deviationsOf({ rows, columns, values }: Matrix): Float64Array {
  return Float64Array.from({ length: columns }, (_, j) => {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < rows; i++) {
      const value = values[i * columns + j] as number;
      sum += value;
      squares += value * value;
    }
    return Math.sqrt(Math.max(0, squares / rows - (sum / rows) ** 2));
  });
}
