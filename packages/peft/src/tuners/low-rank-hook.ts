/**
 * Low-rank corrections on one projection group, in three forms of the same equation: fused with the
 * frozen product, composed from tfjs ops (engines without kernels), and merged.
 *   y = g ⊙ (x·Wᵀ + Σ s·dropout(x)·Aᵀ·Bᵀ) + b,   g = m / ‖W + sBA‖ for DoRA, else 1
 * With dropout DoRA is y = x·Wᵀ + (g − 1) ⊙ x'·Wᵀ + g ⊙ s·x'·Aᵀ·Bᵀ + b, x' the dropped input.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import type { ProjectionGroup, ProjectionHook } from '../model/projection.ts';
import { addBias } from '../tensors/bias.ts';
import { cast, castRaw } from '../tensors/cast.ts';
import { type DropoutDraw, dropoutMask } from '../tensors/dropout-mask.ts';
import { engine } from '../tensors/engine.ts';
import { linear } from '../tensors/linear.ts';
import { lowRankLinear } from '../tensors/low-rank-linear.ts';
import {
  diagonalFactors,
  type LowRankMatrices,
  type LowRankPart,
  lowRankMatrices,
  mergedMatrix,
  rowFactors,
  stackFactors,
} from '../tensors/low-rank-matrices.ts';
import { offTape } from '../tensors/off-tape.ts';
import { divisors, rowLengths, rowSquares } from '../tensors/row-lengths.ts';
import type { LowRankBias } from './low-rank-bias.ts';
import type { LowRankLayer } from './low-rank-layer.ts';
import type { StepDropout } from './step-dropout.ts';

interface LowRankHookOptions {
  readonly dropout: StepDropout;
  /** In place of the group's bias, where some of it is trained. */
  readonly bias: LowRankBias | null;
  /** A is not trained. */
  readonly frozenA: boolean;
}

export class LowRankHook<Layer extends LowRankLayer = LowRankLayer> implements ProjectionHook {
  readonly group: ProjectionGroup;
  /** May be empty where only the bias is trained. */
  readonly layers: readonly Layer[];
  readonly options: LowRankHookOptions;
  /** Sees each input of the group. */
  observer: ((x: Tensor) => void) | null = null;
  private matrices: LowRankMatrices | null = null;
  private matricesOf: readonly unknown[] = [];
  private squares: { readonly of: Tensor; readonly values: Tensor } | null = null;
  private unmerged: { readonly weight: Tensor; readonly bias: Tensor | null } | null = null;

  constructor(group: ProjectionGroup, layers: readonly Layer[], options: LowRankHookOptions) {
    this.group = group;
    this.layers = layers;
    this.options = options;
    group.hook = this;
  }

  get merged(): boolean {
    return this.unmerged !== null && this.observer === null;
  }

  forward(x: Tensor, group: ProjectionGroup): Tensor {
    this.observer?.(x);
    if (this.unmerged) return group.base(x);
    return this.withBias(this.product(x));
  }

  /** Folds the corrections into weight and bias, keeping those aside. */
  merge(): void {
    if (this.unmerged) return;
    const { group } = this;
    this.unmerged = { weight: group.weight, bias: group.bias };
    group.weight = this.mergedWeight();
    const { bias } = this.options;
    if (bias) group.bias = engine().tf.tidy(() => engine().tf.keep(bias.effective().clone()));
  }

  /** Puts weight and bias back. */
  unmerge(): void {
    if (!this.unmerged) return;
    const { group } = this;
    const { weight, bias } = this.unmerged;
    if (group.weight !== weight) {
      group.forgetPacked();
      group.weight.dispose();
    }
    if (group.bias !== bias) group.bias?.dispose();
    group.weight = weight;
    group.bias = bias;
    this.unmerged = null;
  }

  /** Takes the hook off; the variables are their owner's to dispose. */
  detach(): void {
    this.unmerge();
    this.matrices?.dispose();
    this.matrices = null;
    this.squares?.values.dispose();
    this.squares = null;
    this.group.hook = null;
  }

  /** The corrections of this pass; a layer may have no rank left. */
  private parts(): readonly LowRankPart[] {
    return this.layers.map((layer) => layer.part()).filter(({ b }) => b.size > 0);
  }

  private product(x: Tensor): Tensor {
    const { group } = this;
    const parts = this.parts();
    if (parts.length === 0) return linear(x, group.weight, group.precision);
    const dropout = this.options.dropout.next();
    const decomposed = parts.some(({ magnitude }) => magnitude);
    if (!engine().fused || (decomposed && dropout)) return this.composed(x, parts, dropout);
    const { frozenA } = this.options;
    return lowRankLinear(x, this.prepare(parts), parts, { dropout, frozenA });
  }

  private withBias(y: Tensor): Tensor {
    const { bias } = this.options;
    return bias ? addBias(y, bias.effective()) : this.group.withBias(y);
  }

  /** The prepared matrices, rebuilt after a variable was assigned (a new data id) or a rank changed. */
  private prepare(parts: readonly LowRankPart[]): LowRankMatrices {
    const { weight, precision } = this.group;
    const sources = this.layers.flatMap(({ variables }) => variables.map((v) => v.variable.dataId));
    const ids = [weight.dataId, ...sources, ...parts.map(({ b }) => b.shape[1])];
    const current = this.matrices;
    if (current && ids.every((id, i) => id === this.matricesOf[i])) return current;
    current?.dispose();
    this.matricesOf = ids;
    const decomposed = parts.some(({ magnitude }) => magnitude);
    const squares = decomposed ? this.weightSquares() : null;
    this.matrices = lowRankMatrices(weight, parts, { squares, precision });
    return this.matrices;
  }

  private weightSquares(): Tensor {
    const { weight } = this.group;
    if (this.squares?.of !== weight) {
      this.squares?.values.dispose();
      const [values] = offTape(() => [rowSquares(weight)]) as [Tensor];
      this.squares = { of: weight, values: engine().tf.keep(values) };
    }
    return this.squares.values;
  }

  private composed(x: Tensor, parts: readonly LowRankPart[], dropout: DropoutDraw | null): Tensor {
    const { tf } = engine();
    const { group } = this;
    const wide = cast(x, 'float32');
    const [rows, width] = wide.shape as [number, number];
    const input = dropout ? tf.mul(wide, dropoutMask(rows, width, dropout, 'float32')) : wide;
    const deltas = parts.map(({ a, b, scale, start }) => {
      const after = group.outputSize - start - (b.shape[0] as number);
      const delta = tf.mul(linear(linear(input, a), b), scale) as Tensor2D;
      return tf.pad(delta, [
        [0, 0],
        [start, after],
      ]);
    });
    const product = (input: Tensor): Tensor =>
      cast(linear(input, group.weight, group.precision), 'float32');
    // One reader of x: tfjs adds the gradients of several, which it cannot do in bfloat16.
    const base = product(wide);
    const factors = this.factors(parts);
    if (!factors) return cast(tf.addN([base, ...deltas]), group.precision);
    const dropped = dropout ? product(input) : base;
    const scaled = tf.mul(tf.addN([dropped, ...deltas]), factors);
    return cast(dropout ? tf.addN([base, tf.neg(dropped), scaled]) : scaled, group.precision);
  }

  /** g of every row, on the tape for the magnitudes; null without any. */
  private factors(parts: readonly LowRankPart[]): Tensor | null {
    if (!parts.some(({ magnitude }) => magnitude)) return null;
    const { weight, outputSize } = this.group;
    const squares = this.weightSquares();
    const [lengths] = offTape(() => {
      const low = diagonalFactors(parts, outputSize);
      return [divisors(rowLengths(weight, squares, stackFactors(parts), low))];
    });
    return rowFactors(parts, lengths as Tensor);
  }

  private mergedWeight(): Tensor {
    const { tf } = engine();
    const { weight, outputSize, storage } = this.group;
    return tf.tidy(() => {
      const parts = this.parts();
      if (parts.length === 0) return weight;
      const low = diagonalFactors(parts, outputSize);
      const stacked = stackFactors(parts);
      const decomposed = parts.some(({ magnitude }) => magnitude);
      if (!decomposed) return tf.keep(mergedMatrix(weight, low, stacked));
      const sum = mergedMatrix(castRaw(weight, 'float32'), low, stacked);
      const factors = rowFactors(parts, divisors(tf.sqrt(rowSquares(sum))));
      return tf.keep(castRaw(tf.mul(sum, tf.expandDims(factors, 1)), storage));
    });
  }
}
