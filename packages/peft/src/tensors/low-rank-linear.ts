/**
 * A frozen product and its low-rank corrections as one product (Hu et al. 2021, eq. 3):
 *   y = x·Wᵀ + Σᵢ sᵢ·(x·Aᵢᵀ)·Bᵢᵀ = [x | x·Aᵀ]·[W | L]ᵀ
 * With d = dy·[W | L] = [d₀ | dU] and U = x·Aᵀ:
 *   dx = d₀ + dU·A      dAᵢ = dUᵢᵀ·x      dBᵢ = sᵢ·dyᵢᵀ·Uᵢ
 * Rows scaled by g = m/‖V‖ (DoRA, the length a constant) change these two:
 *   dBᵢ = sᵢ·gᵢ ⊙ dyᵢᵀ·Uᵢ      dm = Σ_rows dy ⊙ y / m
 * Dropout is applied to the x of U only.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { castRaw } from './cast.ts';
import { type DropoutDraw, dropoutMask } from './dropout-mask.ts';
import { engine } from './engine.ts';
import { type FusedKernel, type KernelAttributes, release, runFused } from './fused-kernel.ts';
import { linearRaw, matMulRaw } from './linear.ts';
import { concatRaw, type LowRankMatrices, type LowRankPart } from './low-rank-matrices.ts';
import { INT32, precisionOf, rawOp, rawOp1, storageType } from './raw-op.ts';

export interface LowRankOptions {
  /** Of the corrections' input. Not together with magnitudes. */
  readonly dropout?: DropoutDraw | null;
  /** A has no gradient: x is not kept for it (LoRA-FA). */
  readonly frozenA?: boolean;
}

/**
 * x[N, in] → [N, out] in the precision of the product, differentiable in x and in every a, b and magnitude.
 * @param parts those that the matrices were made of
 */
export function lowRankLinear(
  x: Tensor,
  { stacked, augmented, rowFactors, layout }: LowRankMatrices,
  parts: readonly LowRankPart[],
  { dropout = null, frozenA = false }: LowRankOptions = {},
): Tensor {
  const inputs: Record<string, Tensor> = { x, stacked, augmented, layout };
  const attributes: Record<string, number | boolean> = {
    parts: parts.length,
    low: precisionOf(x) === 'bfloat16',
    rate: dropout?.rate ?? 0,
    seed: dropout?.seed ?? 0,
    frozenA,
    decomposed: rowFactors !== null,
  };
  if (rowFactors) inputs.rowFactors = rowFactors;
  const magnitudes: string[] = [];
  for (const [i, { a, b, start, magnitude }] of parts.entries()) {
    inputs[`a${i}`] = a;
    inputs[`b${i}`] = b;
    if (!magnitude) continue;
    inputs[`m${i}`] = magnitude;
    attributes[`start${i}`] = start;
    magnitudes.push(`m${i}`);
  }
  const saved = rowFactors ? ['rowFactors', ...magnitudes] : [];
  return runFused(kernel(saved), inputs, attributes)[0] as Tensor;
}

/** @param decomposition names of the inputs that only magnitudes need */
function kernel(decomposition: readonly string[]): FusedKernel<string> {
  const saveInputs = ['stacked', 'augmented', 'layout', ...decomposition];
  return {
    forward,
    saveInputs,
    saveOutputs: [decomposition.length > 0, true],
    gradient: (dys, saved, attributes) => {
      const named = Object.fromEntries(saveInputs.map((name, i) => [name, saved[i] as Tensor]));
      const outputs = saved.slice(saveInputs.length);
      const y = attributes.decomposed ? outputs[0] : undefined;
      const kept = outputs.at(-1) as Tensor;
      const dy = dys[0] as Tensor;
      const gradients = engine().tf.tidy(() => {
        const { dx, dA, dB } = productGradients(dy, named, kept, attributes);
        return partGradients(dx, dA, dB, y && rowSums(dy, y), named, attributes);
      });
      release(dy, kept, y);
      return Object.fromEntries(
        Object.entries(gradients).map(([name, gradient]) => [name, () => gradient.clone()]),
      );
    },
  };
}

/** [y, what the gradient keeps]: [x | U], or U alone where A is frozen. */
function forward(inputs: Record<string, Tensor>, attributes: KernelAttributes): Tensor[] {
  const { x, stacked, augmented } = inputs as Record<'x' | 'stacked' | 'augmented', Tensor>;
  const input = castRaw(x, precisionOf(stacked));
  const [rows, width] = input.shape as [number, number];
  const joined = attributes.rate
    ? concatRaw([input, matMulRaw(dropped(input, attributes), stacked, false, true)], 1)
    : rowwise('QuaestorLowRankDown', input, stacked);
  const y = linearRaw(joined, augmented);
  return [
    y,
    attributes.frozenA ? columns(joined, rows, width, stacked.shape[0] as number) : joined,
  ];
}

/** dx, dA of all parts or null where A is frozen, and dyᵀ·U. */
function productGradients(
  dy: Tensor,
  { stacked, augmented }: Record<string, Tensor>,
  kept: Tensor,
  attributes: KernelAttributes,
): { dx: Tensor; dA: Tensor | null; dB: Tensor } {
  const { tf } = engine();
  const [a, weight] = [stacked as Tensor, augmented as Tensor];
  const [rank, width] = a.shape as [number, number];
  const rows = dy.shape[0] as number;
  const precision = precisionOf(a);
  const low = castRaw(dy, precision);
  const both = matMulRaw(low, castRaw(weight, precision));
  const dU = columns(both, rows, width, rank);
  const projected = attributes.frozenA ? kept : columns(kept, rows, width, rank);
  const dB = matMulRaw(low, projected, true);
  const { rate, frozenA } = attributes;
  let dA: Tensor | null = null;
  if (!frozenA) {
    // Without dropout [x | U] serves as it is: cutting x out would copy it.
    const input = rate ? dropped(columns(kept, rows, 0, width), attributes) : kept;
    dA = matMulRaw(dU, input, true);
  }
  let dx: Tensor;
  if (rate) {
    const through = castRaw(dropped(matMulRaw(dU, a), attributes), 'float32');
    dx = tf.add(castRaw(columns(both, rows, 0, width), 'float32'), through);
  } else dx = rowwise('QuaestorLowRankUp', both, a);
  return { dx: castRaw(dx, attributes.low ? 'bfloat16' : 'float32'), dA, dB };
}

/** Cuts the gradients of all parts into those of each input. */
function partGradients(
  dx: Tensor,
  dA: Tensor | null,
  dB: Tensor,
  sums: Tensor | undefined,
  inputs: Record<string, Tensor>,
  attributes: KernelAttributes,
): Record<string, Tensor> {
  const { tf } = engine();
  const gradients: Record<string, Tensor> = { x: dx };
  const { layout, stacked, rowFactors } = inputs as Record<string, Tensor>;
  const parts = { T: { type: storageType(dB) }, N: { int: Number(attributes.parts) } };
  const list = (name: string, matrix: Tensor, ...more: Tensor[]): Tensor[] =>
    rawOp(name, parts, [matrix, layout as Tensor, ...more], parts.N.int);
  if (dA) {
    const width = tf.scalar(stacked?.shape[1] as number, 'int32');
    for (const [i, rows] of list('QuaestorLowRankCut', dA, width).entries()) {
      gradients[`a${i}`] = rows;
    }
  }
  for (const [i, block] of list('QuaestorLowRankUnpack', dB).entries()) {
    gradients[`b${i}`] = block;
    const magnitude = inputs[`m${i}`];
    if (!magnitude || !rowFactors || !sums) continue;
    const [start, size] = [Number(attributes[`start${i}`]), magnitude.size];
    const factors = tf.slice(rowFactors, start, size);
    gradients[`b${i}`] = tf.mul(block, tf.expandDims(factors, 1));
    gradients[`m${i}`] = tf.divNoNan(tf.slice(sums, start, size), magnitude);
  }
  return gradients;
}

/** Σ_rows dy ⊙ y: [out] float32. */
function rowSums(dy: Tensor, y: Tensor): Tensor {
  const { tf } = engine();
  return tf.tidy(() => tf.sum(tf.mul(castRaw(dy, 'float32'), castRaw(y, 'float32')), 0));
}

/** x under the mask of this pass. */
function dropped(x: Tensor, { rate, seed }: KernelAttributes): Tensor {
  const [rows, width] = x.shape as [number, number];
  const draw = { rate: Number(rate), seed: Number(seed) };
  const mask = dropoutMask(rows, width, draw, precisionOf(x));
  return rawOp1('Mul', { T: { type: storageType(x) } }, [x, mask]);
}

/** [x | x·Aᵀ] of x (Down), or d₀ + dU·A of [d₀ | dU] (Up). */
const rowwise = (
  name: 'QuaestorLowRankDown' | 'QuaestorLowRankUp',
  x: Tensor,
  stacked: Tensor,
): Tensor => rawOp1(name, { T: { type: storageType(x) } }, [x, stacked]);

function slice(x: Tensor, begin: [number, number], size: [number, number]): Tensor {
  const { tf } = engine();
  const attributes = { T: { type: storageType(x) }, Index: { type: INT32 } };
  return rawOp1('Slice', attributes, [x, tf.tensor1d(begin, 'int32'), tf.tensor1d(size, 'int32')]);
}

const columns = (x: Tensor, rows: number, start: number, count: number): Tensor =>
  slice(x, [0, start], [rows, count]);
