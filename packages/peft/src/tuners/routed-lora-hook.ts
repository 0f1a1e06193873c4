/**
 * Several LoRA adapters on one projection group, each row of a batch under its own:
 *   y_i = x_i·Wᵀ + Σ_{a = adapter(i)} s_a·(x_i·A_aᵀ)·B_aᵀ
 * All A are stacked to one thin product; what belongs to another row's adapter is set to zero between
 * it and the product with the stacked s·B. Inference only.
 */
import type { Tensor } from '@tensorflow/tfjs';
import type { ProjectionGroup, ProjectionHook } from '../model/projection.ts';
import { cast, castRaw } from '../tensors/cast.ts';
import { engine } from '../tensors/engine.ts';
import { linear } from '../tensors/linear.ts';

/** One adapter's correction to output rows from `start` on: A[r, in], B[size, r]. */
export interface RoutedPart {
  readonly adapter: string;
  readonly start: number;
  readonly size: number;
  readonly r: number;
  readonly a: Float32Array;
  readonly b: Float32Array;
  readonly scale: number;
}

export class RoutedLoraHook implements ProjectionHook {
  private readonly owners: readonly string[];
  /** [R, in] and [out, R], R the sum of the ranks. */
  private readonly down: Tensor;
  private readonly up: Tensor;
  private readonly adapterOfRow: (row: number) => string | null;

  /** @param adapterOfRow which adapter a row of the pass in progress takes, null: the base */
  constructor(
    group: ProjectionGroup,
    parts: readonly RoutedPart[],
    adapterOfRow: (row: number) => string | null,
  ) {
    this.adapterOfRow = adapterOfRow;
    this.owners = parts.flatMap(({ adapter, r }) => Array<string>(r).fill(adapter));
    const total = this.owners.length;
    const down = new Float32Array(total * group.inputSize);
    const up = new Float32Array(group.outputSize * total);
    let column = 0;
    for (const { start, size, r, a, b, scale } of parts) {
      down.set(a, column * group.inputSize);
      for (let row = 0; row < size; row++) {
        for (let k = 0; k < r; k++) {
          up[(start + row) * total + column + k] = scale * (b[row * r + k] as number);
        }
      }
      column += r;
    }
    const { tf } = engine();
    const store = (values: Float32Array, shape: [number, number]): Tensor =>
      tf.tidy(() => tf.keep(castRaw(tf.tensor2d(values, shape), group.precision)));
    this.down = store(down, [total, group.inputSize]);
    this.up = store(up, [group.outputSize, total]);
  }

  forward(x: Tensor, group: ProjectionGroup): Tensor {
    const { tf } = engine();
    return tf.tidy(() => {
      const rows = x.shape[0] as number;
      const mine = Array.from({ length: rows }, (_, row) => this.adapterOfRow(row));
      const base = group.base(x);
      if (mine.every((name) => name === null)) return base;
      const mask = mine.flatMap((name) => this.owners.map((owner) => (owner === name ? 1 : 0)));
      const projected = cast(linear(x, this.down), 'float32');
      const routed = tf.mul(projected, tf.tensor2d(mask, [rows, this.owners.length]));
      const delta = cast(linear(routed, this.up), 'float32');
      return cast(tf.add(cast(base, 'float32'), delta), group.precision);
    });
  }

  dispose(): void {
    this.down.dispose();
    this.up.dispose();
  }
}
