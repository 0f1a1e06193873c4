/**
 * Linear layers that read the same input, computed as one product: y = x·[W₁; W₂; …]ᵀ + b.
 * Each part keeps its Hugging Face name, so a tuner can address `q_proj` inside the fused q, k, v.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { addBias } from '../tensors/bias.ts';
import { inBytes, packBytes, packedLinear } from '../tensors/byte-products.ts';
import type { Precision } from '../tensors/engine.ts';
import { linear } from '../tensors/linear.ts';
import { precisionOf } from '../tensors/raw-op.ts';

/** One named linear layer inside a group: rows start…start+size−1 of the stacked weight. */
export interface ProjectionPart {
  /** Module path, e.g. `model.layers.0.self_attn.q_proj`. */
  readonly path: string;
  readonly start: number;
  readonly size: number;
}

/** What a tuner installs on a group: it receives the input and computes the whole output. */
export interface ProjectionHook {
  /** Whether its change is in the group's weights, so that those alone give the output. */
  readonly merged?: boolean;
  forward(x: Tensor, group: ProjectionGroup): Tensor;
}

export class ProjectionGroup {
  readonly parts: readonly ProjectionPart[];
  /** [Σ size, in], stored as the model's weights are; a float32 variable while a method trains it. */
  weight: Tensor;
  /** [Σ size] float32, or null. */
  bias: Tensor | null;
  hook: ProjectionHook | null = null;
  /** In which products are computed and the output comes. */
  readonly precision: Precision;
  /** In which the frozen weight is kept. */
  readonly storage: Precision;
  /** The group that this one shares its weight with, until it gets one of its own. */
  private readonly origin: ProjectionGroup | null;
  private packed: { readonly of: Tensor; readonly values: Tensor } | null = null;

  /** @param precision default: that of the weight */
  constructor(
    parts: readonly ProjectionPart[],
    weight: Tensor,
    bias: Tensor | null,
    precision?: Precision,
    origin: ProjectionGroup | null = null,
  ) {
    this.parts = parts;
    this.origin = origin;
    this.weight = weight;
    this.bias = bias;
    this.storage = precisionOf(weight);
    this.precision = precision ?? this.storage;
  }

  /** The weight in bytes, made when it is first asked for and kept until there is another; null where it cannot be. */
  packedWeight(): Tensor | null {
    const { weight, origin } = this;
    if (origin?.weight === weight) return origin.packedWeight();
    if (this.packed?.of !== weight) {
      this.forgetPacked();
      const values = packBytes(weight);
      this.packed = values && { of: weight, values };
    }
    return this.packed?.values ?? null;
  }

  /** Frees what `packedWeight` made. */
  forgetPacked(): void {
    this.packed?.values.dispose();
    this.packed = null;
  }

  get inputSize(): number {
    return this.weight.shape[1] as number;
  }

  get outputSize(): number {
    return this.weight.shape[0] as number;
  }

  /** x[N, in] → [N, Σ size] */
  forward(x: Tensor): Tensor {
    return this.hook ? this.hook.forward(x, this) : this.base(x);
  }

  /** The same without any tuner. */
  base(x: Tensor): Tensor {
    const packed = this.precision === 'float32' && inBytes() ? this.packedWeight() : null;
    return this.withBias(packed ? packedLinear(x, packed) : linear(x, this.weight, this.precision));
  }

  /** y[N, Σ size] + bias, where there is one. */
  withBias(y: Tensor): Tensor {
    return this.bias ? addBias(y, this.bias) : y;
  }

  dispose(): void {
    this.forgetPacked();
    this.weight.dispose();
    this.bias?.dispose();
  }
}
