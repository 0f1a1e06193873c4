/** Another choice of trained entries: what stays trained, what starts, what settles. */
import type { Tensor } from '@tensorflow/tfjs';
import { engine } from '../../tensors/engine.ts';
import type { Entries } from './sparse-content.ts';

export interface Reselected {
  readonly trained: Entries;
  /** Changed by earlier choices and trained no longer. */
  readonly settled: Entries;
  /** For each trained entry its position among those trained before, −1 for a new one. */
  readonly positions: Int32Array;
}

/**
 * @param before trained and settled entries of one parameter, as the model computes with them
 * @param indices the new choice, ascending
 * @param base the base's values at the new choice; an entry never changed starts there
 */
export function reselect(
  before: { readonly trained: Entries; readonly settled: Entries },
  indices: Int32Array,
  base: Float32Array,
): Reselected {
  const { trained, settled } = before;
  const positions = indicesIn(trained.indices, indices);
  const earlier = indicesIn(settled.indices, indices);
  const values = base.map((value, i) => {
    const [position, old] = [positions[i] as number, earlier[i] as number];
    if (position >= 0) return trained.values[position] as number;
    return old >= 0 ? (settled.values[old] as number) : value;
  });
  return {
    trained: { indices, values },
    settled: mergeEntries(without(trained, indices), without(settled, indices)),
    positions,
  };
}

/** Where each of the wanted numbers stands in a list, −1 where it does not; both ascending. */
function indicesIn(list: Int32Array, wanted: Int32Array): Int32Array {
  let i = 0;
  return wanted.map((index) => {
    while (i < list.length && (list[i] as number) < index) i++;
    return list[i] === index ? i : -1;
  });
}

function without({ indices, values }: Entries, taken: Int32Array): Entries {
  const found = indicesIn(taken, indices);
  return {
    indices: indices.filter((_, i) => found[i] === -1),
    values: values.filter((_, i) => found[i] === -1),
  };
}

/** Two lists without a common entry as one. */
function mergeEntries(a: Entries, b: Entries): Entries {
  const length = a.indices.length + b.indices.length;
  const merged = { indices: new Int32Array(length), values: new Float32Array(length) };
  for (let at = 0, i = 0, j = 0; at < length; at++) {
    const fromA =
      j >= b.indices.length ||
      (a.indices[i] ?? Number.POSITIVE_INFINITY) < (b.indices[j] as number);
    const source = fromA ? a : b;
    const from = fromA ? i++ : j++;
    merged.indices[at] = source.indices[from] as number;
    merged.values[at] = source.values[from] as number;
  }
  return merged;
}

/** A moment [before] at the positions of the entries chosen now; zero at new ones. */
export function movedMoment(moment: Tensor, positions: Int32Array): Tensor {
  const { tf } = engine();
  const places = positions.map((position) => (position < 0 ? moment.size : position));
  return tf.gather(tf.concat([moment, tf.zeros([1])]), tf.tensor1d(places, 'int32'));
}
