/**
 * The change of one projection group that ReLoRA has folded into its weight, kept as factors:
 *   W = W⁰ + s·Σᵢ Bᵢ·Aᵢ = W⁰ + s·[B₁ | B₂ | …]·[A₁; A₂; …]
 * W is computed from W⁰ and all factors at each restart, so that storage in bfloat16 rounds the sum
 * once and not at each restart; W⁰ itself comes back bit for bit.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { castRaw } from '../tensors/cast.ts';
import { engine } from '../tensors/engine.ts';
import { diagonalFactors, stackFactors } from '../tensors/low-rank-matrices.ts';
import type { LoraLayer } from './lora-layer.ts';
import type { LowRankHook } from './low-rank-hook.ts';

/** a[k·r, in], b[size, k·r] */
interface StackedFactors {
  readonly a: Tensor;
  readonly b: Tensor;
}

export class AccumulatedChange {
  readonly layers: readonly LoraLayer[];
  private readonly hook: LowRankHook<LoraLayer>;
  private readonly original: Tensor;
  /** One for each layer, empty before the first restart. */
  private factors: readonly StackedFactors[] = [];

  constructor(hook: LowRankHook<LoraLayer>) {
    this.hook = hook;
    this.layers = hook.layers;
    this.original = hook.group.weight;
  }

  /** What a layer has accumulated, null before the first restart. */
  of(layer: LoraLayer): StackedFactors | null {
    return this.factors[this.layers.indexOf(layer)] ?? null;
  }

  /** The accumulated and the present factors of a layer as one, in the current tidy scope. */
  joined(layer: LoraLayer): StackedFactors {
    const { tf } = engine();
    const old = this.of(layer);
    if (!old) return layer;
    return {
      a: tf.concat([old.a as Tensor2D, layer.a as Tensor as Tensor2D], 0),
      b: tf.concat([old.b as Tensor2D, layer.b as Tensor as Tensor2D], 1),
    };
  }

  /** Takes the present factors in; those are then to be drawn anew. */
  add(): void {
    this.replace(this.layers.map((layer) => () => this.joined(layer)));
  }

  /** Puts factors in place, one for each layer, and computes the weight anew. */
  replace(compute: readonly (() => StackedFactors)[]): void {
    const { tf } = engine();
    const factors = compute.map((of) =>
      tf.tidy(() => {
        const { a, b } = of();
        return { a: tf.keep(a.clone()), b: tf.keep(b.clone()) };
      }),
    );
    this.clear();
    this.factors = factors;
    const { group } = this.hook;
    group.weight = tf.tidy(() => {
      const parts = this.layers.map(({ scale, start }, i) => ({
        ...(factors[i] as StackedFactors),
        scale,
        start,
      }));
      const low = diagonalFactors(parts, group.outputSize) as Tensor2D;
      const change = tf.matMul(low, stackFactors(parts) as Tensor2D);
      const sum = tf.add(castRaw(this.original, 'float32'), change);
      return tf.keep(castRaw(sum, group.storage));
    });
  }

  /** Puts the base's weight back. */
  clear(): void {
    const { group } = this.hook;
    if (group.weight !== this.original) group.weight.dispose();
    group.weight = this.original;
    for (const { a, b } of this.factors) {
      a.dispose();
      b.dispose();
    }
    this.factors = [];
  }
}
