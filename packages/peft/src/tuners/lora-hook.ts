/**
 * LoRA's correction on one projection group, in three forms of the same equation: fused with the
 * frozen product, composed from tfjs ops (dropout, engines without kernels), and merged.
 */
import type { Tensor, Tensor2D, Variable } from '@tensorflow/tfjs';
import type { ProjectionGroup, ProjectionHook } from '../model/projection.ts';
import { cast, castRaw } from '../tensors/cast.ts';
import { engine } from '../tensors/engine.ts';
import { linear } from '../tensors/linear.ts';
import { lowRankLinear, type PreparedLowRank, prepareLowRank } from '../tensors/low-rank-linear.ts';

/** The factors of one named linear layer: A[r, in], B[size, r], output rows from `start`. */
export interface LoraFactors {
  readonly path: string;
  readonly start: number;
  readonly a: Variable;
  readonly b: Variable;
  readonly scale: number;
}

export class LoraHook implements ProjectionHook {
  readonly group: ProjectionGroup;
  readonly factors: readonly LoraFactors[];
  readonly dropout: number;
  training = false;
  private prepared: PreparedLowRank | null = null;
  private preparedFrom: readonly object[] = [];
  private base: Tensor | null = null;

  constructor(group: ProjectionGroup, factors: readonly LoraFactors[], dropout: number) {
    this.group = group;
    this.factors = factors;
    this.dropout = dropout;
    group.hook = this;
  }

  forward(x: Tensor, group: ProjectionGroup): Tensor {
    if (this.base) return group.base(x);
    const dropping = this.training && this.dropout > 0;
    if (dropping || !engine().fused) return this.composed(x, dropping);
    return group.withBias(lowRankLinear(x, this.prepare()));
  }

  /** [W | sB] and A, rebuilt after a factor was assigned: an assignment changes its data id. */
  private prepare(): PreparedLowRank {
    const ids = this.factors.flatMap(({ a, b }) => [a.dataId, b.dataId]);
    const current = this.prepared;
    if (current && ids.every((id, i) => id === this.preparedFrom[i])) return current;
    current?.dispose();
    this.preparedFrom = ids;
    this.prepared = prepareLowRank(this.group.weight, this.factors);
    return this.prepared;
  }

  private composed(x: Tensor, dropping: boolean): Tensor {
    const { tf } = engine();
    const wide = cast(x, 'float32');
    const input = dropping ? tf.dropout(wide, this.dropout) : wide;
    const deltas = this.factors.map(({ a, b, scale, start }) => {
      const after = this.group.outputSize - start - (b.shape[0] as number);
      const delta = tf.mul(linear(linear(input, a), b), scale) as Tensor2D;
      return tf.pad(delta, [
        [0, 0],
        [start, after],
      ]);
    });
    const base = cast(this.group.base(x), 'float32');
    return cast(tf.addN([base, ...deltas]), this.group.precision);
  }

  /** W ← W + s·B·A, keeping W aside. */
  merge(): void {
    if (this.base) return;
    const { tf } = engine();
    const base = this.group.weight;
    this.base = base;
    this.group.weight = tf.tidy(() => {
      const deltas = this.factors.map(({ a, b, scale, start }) => {
        const after = this.group.outputSize - start - (b.shape[0] as number);
        const delta = tf.mul(tf.matMul(b as Tensor as Tensor2D, a as Tensor as Tensor2D), scale);
        return tf.pad(delta as Tensor2D, [
          [start, after],
          [0, 0],
        ]);
      });
      const sum = tf.addN([castRaw(base, 'float32'), ...deltas]);
      return tf.keep(castRaw(sum, this.group.precision));
    });
  }

  unmerge(): void {
    if (!this.base) return;
    this.group.weight.dispose();
    this.group.weight = this.base;
    this.base = null;
  }

  detach(): void {
    this.unmerge();
    this.prepared?.dispose();
    this.prepared = null;
    this.group.hook = null;
    for (const { a, b } of this.factors) {
      a.dispose();
      b.dispose();
    }
  }
}
