/** (IA)³'s scales on one projection group, beside the frozen product or merged into it. */
import type { Tensor, Tensor1D, Variable } from '@tensorflow/tfjs';
import type { ProjectionGroup, ProjectionHook, ProjectionPart } from '../model/projection.ts';
import { cast, castRaw } from '../tensors/cast.ts';
import { engine } from '../tensors/engine.ts';
import { scaleColumns } from '../tensors/scale-columns.ts';

/** The scale of one named layer: of its input [1, in], or of its output [out, 1]. */
export interface Ia3Scale {
  readonly part: ProjectionPart;
  readonly ofInput: boolean;
  readonly scale: Variable;
}

export class Ia3Hook implements ProjectionHook {
  readonly scales: readonly Ia3Scale[];
  private readonly group: ProjectionGroup;
  private base: { readonly weight: Tensor; readonly bias: Tensor | null } | null = null;

  constructor(group: ProjectionGroup, scales: readonly Ia3Scale[]) {
    this.group = group;
    this.scales = scales;
    group.hook = this;
  }

  get merged(): boolean {
    return this.base !== null;
  }

  forward(x: Tensor, group: ProjectionGroup): Tensor {
    if (this.merged) return group.base(x);
    const y = this.fromScaledInput(x);
    return this.scales.every(({ ofInput }) => ofInput) ? y : scaleColumns(y, this.outputScale());
  }

  /** The product, with the inputs of some parts scaled. */
  private fromScaledInput(x: Tensor): Tensor {
    const { group } = this;
    const ofInput = this.scales.filter((scale) => scale.ofInput);
    if (ofInput.length === 0) return group.base(x);
    const product = (part: ProjectionPart, input: Tensor): Tensor => {
      const scale = ofInput.find((other) => other.part === part);
      return group.base(scale ? scaleColumns(input, vector(scale.scale)) : input);
    };
    if (group.parts.length === 1) return product(group.parts[0] as ProjectionPart, x);
    // Parts that share a product in the base read different inputs now: each takes its own columns.
    const { tf } = engine();
    // One reader of x: tfjs adds the gradients of several, which it cannot do in bfloat16.
    const wide = cast(x, 'float32');
    const columns = group.parts.map((part) =>
      tf.slice(cast(product(part, wide), 'float32'), [0, part.start], [-1, part.size]),
    );
    return cast(tf.concat(columns, 1), group.precision);
  }

  /** One factor for each output column; 1 where none is learned. */
  private outputScale(): Tensor {
    const { tf } = engine();
    const factors = this.group.parts.map((part) => {
      const own = this.scales.find((scale) => scale.part === part && !scale.ofInput);
      return (own ? vector(own.scale) : tf.ones([part.size])) as Tensor1D;
    });
    return tf.concat(factors, 0);
  }

  /** W ← diag(l)·W, or W·diag(l) where the input is scaled; the old weights are kept aside. */
  merge(): void {
    if (this.base) return;
    const { group } = this;
    const { tf } = engine();
    const { weight, bias } = group;
    this.base = { weight, bias };
    group.weight = tf.tidy(() => {
      const wide = castRaw(weight, 'float32');
      const rows = group.parts.map((part) => {
        const own = tf.slice(wide, [part.start, 0], [part.size, -1]);
        const scale = this.scales.find((other) => other.part === part)?.scale;
        return scale ? tf.mul(own, scale) : own;
      });
      return tf.keep(castRaw(tf.concat(rows, 0), group.storage));
    });
    if (bias) group.bias = tf.tidy(() => tf.keep(tf.mul(bias, this.outputScale())));
  }

  unmerge(): void {
    if (!this.base) return;
    this.group.dispose();
    this.group.weight = this.base.weight;
    this.group.bias = this.base.bias;
    this.base = null;
  }

  detach(): void {
    this.unmerge();
    this.group.hook = null;
    for (const { scale } of this.scales) scale.dispose();
  }
}

function vector(scale: Variable): Tensor {
  return engine().tf.reshape(scale, [scale.size]);
}
