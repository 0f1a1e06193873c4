/** Values of single entries of a parameter, out of the engine. */
import { engine } from '../../tensors/engine.ts';
import { gatherEntries } from '../../tensors/sparse-entries.ts';
import type { NamedParameter } from './base-parameters.ts';
import type { Entries } from './sparse-content.ts';
import type { ChangedEntries } from './sparse-difference.ts';

export const NO_ENTRIES: Entries = { indices: new Int32Array(), values: new Float32Array() };

/** The base's own values at some entries of a parameter that nothing is installed on. */
export function baseValues({ tensor, offset }: NamedParameter, indices: Int32Array): Float32Array {
  const { tf } = engine();
  const places = tf.tensor1d(
    indices.map((index) => offset + index),
    'int32',
  );
  const values = gatherEntries(tensor.tensor, places);
  const data = values.dataSync().slice() as Float32Array;
  tf.dispose([places, values]);
  return data;
}

/** base + δ at the changed entries. */
export function changedValues(
  parameter: NamedParameter,
  changed: ChangedEntries | undefined,
): Entries {
  if (!changed) return NO_ENTRIES;
  const width = parameter.shape.at(-1) as number;
  const indices = changed.rows.map((row, i) => row * width + (changed.columns[i] as number));
  const base = baseValues(parameter, indices);
  return { indices, values: base.map((value, i) => value + (changed.delta[i] as number)) };
}
