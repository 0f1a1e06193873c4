/**
 * The bias of a projection group of which something is trained (HF-PEFT's `bias` and `lora_bias`):
 *   b = [b₁ + s₁·c₁; b₂ + s₂·c₂; …]
 * bᵢ is a part's own bias, a copy where it is trained; cᵢ is the bias of its lora_B.
 */
import type { Tensor, Variable } from '@tensorflow/tfjs';
import type { ProjectionGroup } from '../model/projection.ts';
import { engine } from '../tensors/engine.ts';

/** The bias of a lora_B[size, r], which its scale applies to as well. */
interface AddedBias {
  /** Rows start…start+size−1 of the group. */
  readonly start: number;
  readonly variable: Variable;
  readonly scale: number;
}

export class LowRankBias {
  private readonly group: ProjectionGroup;
  /** Trained copies of the parts' own biases, by module path. */
  readonly trained: ReadonlyMap<string, Variable>;
  private readonly added: readonly AddedBias[];
  private readonly original: Tensor | null;

  /** @param trainedPaths the parts whose own bias is trained */
  constructor(
    group: ProjectionGroup,
    trainedPaths: ReadonlySet<string>,
    added: readonly AddedBias[],
  ) {
    const { tf } = engine();
    const original = group.bias;
    const trained = new Map<string, Variable>();
    for (const { path, start, size } of group.parts) {
      if (!original || !trainedPaths.has(path)) continue;
      trained.set(
        path,
        tf.tidy(() => tf.variable(tf.slice(original, start, size))),
      );
    }
    this.group = group;
    this.original = original;
    this.trained = trained;
    this.added = added;
  }

  /** b[out] as of now, on the tape. */
  effective(): Tensor {
    const { tf } = engine();
    const { original } = this;
    const parts = this.group.parts.map(({ path, start, size }) => {
      const frozen = (): Tensor => (original ? tf.slice(original, start, size) : tf.zeros([size]));
      const own = this.trained.get(path) ?? frozen();
      const added = this.added.find((one) => one.start === start);
      return added ? tf.add(own, tf.mul(added.variable, added.scale)) : own;
    });
    return parts.length === 1 ? (parts[0] as Tensor) : tf.concat(parts, 0);
  }

  dispose(): void {
    for (const variable of this.trained.values()) variable.dispose();
  }
}
