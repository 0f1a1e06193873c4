/**
 * A frozen product and its low-rank corrections as one product (Hu et al. 2021, eq. 3):
 *   y = x·Wᵀ + Σᵢ sᵢ·(x·Aᵢᵀ)·Bᵢᵀ = [x | x·Aᵀ]·[W | sB]ᵀ
 * A stacks the Aᵢ[rᵢ, in]; sB holds sᵢ·Bᵢ[outᵢ, rᵢ] on the diagonal of its blocks. With
 * d = dy·[W | sB] = [d₀ | dU]:
 *   dx = d₀ + dU·A      dAᵢ = dUᵢᵀ·x      dBᵢ = sᵢ·dyᵢᵀ·Uᵢ
 */
import type { Tensor } from '@tensorflow/tfjs';
import { castRaw } from './cast.ts';
import { engine } from './engine.ts';
import { type FusedKernel, release, runFused } from './fused-kernel.ts';
import { linearRaw, matMulRaw } from './linear.ts';
import { FLOAT32, INT32, precisionOf, rawOp1, storageType } from './raw-op.ts';

/** One correction: to output rows start…start+size−1 of the weight. */
export interface LowRankPart {
  /** [r, in] float32 */
  readonly a: Tensor;
  /** [size, r] float32 */
  readonly b: Tensor;
  readonly scale: number;
  readonly start: number;
}

/** A and [W | sB] in the weight's precision; valid until a factor changes. */
export interface PreparedLowRank {
  readonly stacked: Tensor;
  readonly augmented: Tensor;
  readonly parts: readonly LowRankPart[];
  dispose(): void;
}

/** Builds the two matrices, off the tape. The caller disposes them. */
export function prepareLowRank(weight: Tensor, parts: readonly LowRankPart[]): PreparedLowRank {
  const { tf } = engine();
  const precision = precisionOf(weight);
  const rank = parts.reduce((sum, { a }) => sum + (a.shape[0] as number), 0);
  const output = weight.shape[0] as number;
  const [stacked, augmented] = tf.tidy(() => {
    let column = 0;
    const blocks = parts.map(({ b, scale, start }) => {
      const [size, r] = b.shape as [number, number];
      const paddings = tf.tensor2d(
        [start, output - start - size, column, rank - column - r],
        [2, 2],
        'int32',
      );
      column += r;
      const scaled = rawOp1('Mul', { T: { type: FLOAT32 } }, [b, tf.scalar(scale)]);
      return rawOp1('Pad', { T: { type: FLOAT32 }, Tpaddings: { type: INT32 } }, [
        scaled,
        paddings,
      ]);
    });
    const diagonal = rawOp1('AddN', { N: { int: blocks.length }, T: { type: FLOAT32 } }, blocks);
    const low = castRaw(diagonal, precision);
    const a = concatRaw(
      parts.map((part) => part.a),
      0,
    );
    return [tf.keep(castCopy(a, precision)), tf.keep(concatRaw([weight, low], 1))] as const;
  });
  return {
    stacked,
    augmented,
    parts,
    dispose: () => {
      stacked.dispose();
      augmented.dispose();
    },
  };
}

/** x[N, in] → [N, out] in the weight's precision, differentiable in x and in every a and b. */
export function lowRankLinear(x: Tensor, prepared: PreparedLowRank): Tensor {
  const { stacked, augmented, parts } = prepared;
  const inputs: Record<string, Tensor> = { x, stacked, augmented };
  const attributes: Record<string, number> = { parts: parts.length };
  for (const [i, part] of parts.entries()) {
    inputs[`a${i}`] = part.a;
    inputs[`b${i}`] = part.b;
    attributes[`scale${i}`] = part.scale;
    attributes[`start${i}`] = part.start;
    attributes[`size${i}`] = part.b.shape[0] as number;
    attributes[`rank${i}`] = part.b.shape[1] as number;
  }
  attributes.low = precisionOf(x) === 'bfloat16' ? 1 : 0;
  return runFused(lowRankKernel, inputs, attributes)[0] as Tensor;
}

const lowRankKernel: FusedKernel<string> = {
  forward: ({ x, stacked, augmented }) => {
    const input = castRaw(x as Tensor, precisionOf(augmented as Tensor));
    const joined = rowwise('QuaestorLowRankDown', input, stacked as Tensor);
    return [linearRaw(joined, augmented as Tensor), joined];
  },
  saveInputs: ['stacked', 'augmented'],
  saveOutputs: [false, true],
  gradient: ([dy], [stacked, augmented, joined], attributes) => {
    const { tf } = engine();
    const gradients = tf.tidy(() =>
      allGradients(
        dy as Tensor,
        stacked as Tensor,
        augmented as Tensor,
        joined as Tensor,
        attributes,
      ),
    );
    release(dy, joined);
    return Object.fromEntries(
      Object.entries(gradients).map(([name, gradient]) => [name, () => gradient.clone()]),
    );
  },
};

/** dx, and dAᵢ and dBᵢ of every part, by input name. */
function allGradients(
  dy: Tensor,
  stacked: Tensor,
  augmented: Tensor,
  joined: Tensor,
  attributes: Readonly<Record<string, number | boolean>>,
): Record<string, Tensor> {
  const { tf } = engine();
  const [rank, width] = stacked.shape as [number, number];
  const rows = joined.shape[0] as number;
  const low = castRaw(dy, precisionOf(augmented));
  const both = matMulRaw(low, augmented);
  const dProjected = columns(both, rows, width, rank);
  const dStacked = castRaw(columns(matMulRaw(dProjected, joined, true), rank, 0, width), 'float32');
  const dBlocks = castRaw(matMulRaw(low, columns(joined, rows, width, rank), true), 'float32');
  const dx = rowwise('QuaestorLowRankUp', both, stacked);
  const gradients: Record<string, Tensor> = {
    x: castRaw(dx, attributes.low ? 'bfloat16' : 'float32'),
  };
  let column = 0;
  for (let i = 0; i < Number(attributes.parts); i++) {
    const r = Number(attributes[`rank${i}`]);
    const size = Number(attributes[`size${i}`]);
    const start = Number(attributes[`start${i}`]);
    gradients[`a${i}`] = slice(dStacked, [column, 0], [r, width]);
    const block = slice(dBlocks, [start, column], [size, r]);
    gradients[`b${i}`] = tf.mul(block, Number(attributes[`scale${i}`]));
    column += r;
  }
  return gradients;
}

/** [x | x·Aᵀ] of x (Down), or d₀ + dU·A of [d₀ | dU] (Up). */
const rowwise = (
  name: 'QuaestorLowRankDown' | 'QuaestorLowRankUp',
  x: Tensor,
  stacked: Tensor,
): Tensor => rawOp1(name, { T: { type: storageType(x) } }, [x, stacked]);

function concatRaw(tensors: readonly Tensor[], axis: number): Tensor {
  if (tensors.length === 1) return tensors[0] as Tensor;
  const attributes = {
    N: { int: tensors.length },
    T: { type: storageType(tensors[0] as Tensor) },
    Tidx: { type: INT32 },
  };
  return rawOp1('ConcatV2', attributes, [...tensors, engine().tf.scalar(axis, 'int32')]);
}

/** A tensor of its own even where no cast is needed, so that it can be disposed on its own. */
function castCopy(x: Tensor, precision: 'float32' | 'bfloat16'): Tensor {
  const y = castRaw(x, precision);
  return y === x ? rawOp1('Identity', { T: { type: storageType(x) } }, [x]) : y;
}

function slice(x: Tensor, begin: [number, number], size: [number, number]): Tensor {
  const { tf } = engine();
  const attributes = { T: { type: storageType(x) }, Index: { type: INT32 } };
  return rawOp1('Slice', attributes, [x, tf.tensor1d(begin, 'int32'), tf.tensor1d(size, 'int32')]);
}

const columns = (x: Tensor, rows: number, start: number, count: number): Tensor =>
  slice(x, [0, start], [rows, count]);
