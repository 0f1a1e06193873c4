/**
 * W with single entries overwritten. The trained ones are variables that hold the weights
 * themselves, not their change, so that moments and weight decay act as in masked fine-tuning;
 * d values = dW at those entries. Settled ones were trained once and stay.
 *
 * An entry is computed as base + (value − base) in float32, which is what the saved difference gives
 * back: the rounding of the two may move a value by one unit in the last place.
 */
import type { Tensor, Variable } from '@tensorflow/tfjs';
import { engine } from '../../tensors/engine.ts';
import { gatherEntries, overwriteEntries } from '../../tensors/sparse-entries.ts';
import type { NamedParameter } from './base-parameters.ts';
import type { ChangedEntries } from './sparse-difference.ts';
import type { TensorContent } from './trained-tensor.ts';

/** Entries of one parameter: flat indices in it, ascending, and their weights. */
export interface Entries {
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** What of one parameter is trained and what has been. The two have no entry in common. */
export interface ParameterEntries {
  readonly parameter: NamedParameter;
  readonly trained: Entries;
  readonly settled: Entries;
}

export class SparseContent implements TensorContent {
  /** One [k] for each part, in their order. */
  readonly variables: readonly Variable[];
  private readonly parts: readonly ParameterEntries[];
  /** Flat indices in the stored tensor: those of the variables, then the settled ones. */
  private readonly indices: Tensor;
  /** The base's values there. */
  private readonly originals: Tensor;
  private readonly settled: Tensor;

  /** @param parts of one stored tensor, each with at least one entry */
  constructor(base: Tensor, parts: readonly ParameterEntries[]) {
    const { tf } = engine();
    this.parts = parts;
    this.indices = tf.keep(tf.tensor1d(storedIndices(parts), 'int32'));
    this.originals = tf.keep(gatherEntries(base, this.indices));
    this.settled = tf.keep(
      tf.tidy(() => tf.concat(parts.map(({ settled }) => tf.tensor1d(settled.values, 'float32')))),
    );
    this.variables = parts.map(({ trained }) =>
      tf.tidy(() => tf.variable(tf.tensor1d(trained.values, 'float32'))),
    );
  }

  compose(base: Tensor): Tensor {
    const { tf } = engine();
    const values = tf.concat([...this.variables, this.settled]);
    const effective = tf.add(this.originals, tf.sub(values, this.originals));
    return overwriteEntries(base, this.indices, effective);
  }

  gradients(whole: Tensor): readonly Tensor[] {
    const { tf } = engine();
    const count = this.indices.size - this.settled.size;
    const all = gatherEntries(whole, tf.slice(this.indices, [0], [count]));
    let end = 0;
    return this.variables.map(({ size }) => {
      end += size;
      return tf.slice(all, [end - size], [size]);
    });
  }

  /** The parts with the values that the model computes with now. */
  current(): readonly ParameterEntries[] {
    let next = 0;
    const originals = this.originals.dataSync() as Float32Array;
    return this.parts.map((part, i) => {
      const values = (this.variables[i] as Variable).dataSync() as Float32Array;
      const base = originals.subarray(next, next + values.length);
      next += values.length;
      const computed = values.map((value, j) => {
        const original = base[j] as number;
        return original + Math.fround(value - original);
      });
      return { ...part, trained: { indices: part.trained.indices, values: computed } };
    });
  }

  /** The change of the trained or of the settled entries, by parameter. */
  changed(kind: 'trained' | 'settled'): readonly (readonly [string, ChangedEntries])[] {
    const originals = this.originals.dataSync() as Float32Array;
    let next = kind === 'trained' ? 0 : originals.length - this.settled.size;
    return this.current().map(({ parameter, [kind]: { indices, values } }) => {
      const base = originals.subarray(next, next + indices.length);
      next += indices.length;
      return [parameter.name, changedEntries(parameter, indices, values, base)] as const;
    });
  }

  dispose(): void {
    for (const tensor of [this.indices, this.originals, this.settled, ...this.variables]) {
      tensor.dispose();
    }
  }
}

function storedIndices(parts: readonly ParameterEntries[]): Int32Array {
  const lists = (['trained', 'settled'] as const).flatMap((kind) =>
    parts.map(({ parameter, [kind]: { indices } }) => ({ offset: parameter.offset, indices })),
  );
  const all = new Int32Array(lists.reduce((sum, { indices }) => sum + indices.length, 0));
  let at = 0;
  for (const { offset, indices } of lists) {
    for (const index of indices) all[at++] = offset + index;
  }
  return all;
}

function changedEntries(
  { shape }: NamedParameter,
  indices: Int32Array,
  values: Float32Array,
  base: Float32Array,
): ChangedEntries {
  const width = shape.at(-1) as number;
  return {
    rows: indices.map((index) => Math.floor(index / width)),
    columns: indices.map((index) => index % width),
    delta: values.map((value, i) => value - (base[i] as number)),
  };
}
