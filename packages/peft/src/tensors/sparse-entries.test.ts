import { describe, expect, it } from 'vitest';
import { castRaw } from './cast.ts';
import { engine, loadEngine } from './engine.ts';
import { gatherEntries, overwriteEntries } from './sparse-entries.ts';
import { overwriteRows } from './sparse-rows.ts';

const { fused } = await loadEngine();
const precisions = fused ? (['float32', 'bfloat16'] as const) : (['float32'] as const);

describe.each(precisions)('%s', (precision) => {
  it('overwrites single entries and keeps the bits of the others, the sign of zero too', () => {
    const { tf } = engine();
    tf.tidy(() => {
      const weight = castRaw(tf.tensor2d([-0, 1, 2, 3, -4, 5], [2, 3]), precision);
      const indices = tf.tensor1d([1, 5], 'int32');
      const changed = overwriteEntries(weight, indices, tf.tensor1d([-8, 0.5]));
      const wide = castRaw(changed, 'float32');
      expect(wide.shape).toEqual([2, 3]);
      expect([...wide.dataSync()]).toEqual([-0, -8, 2, 3, -4, 0.5]);
      expect([...gatherEntries(changed, indices).dataSync()]).toEqual([-8, 0.5]);
      expect([...gatherEntries(weight, indices).dataSync()]).toEqual([1, 5]);
    });
  });

  it('overwrites blocks of rows and of a vector', () => {
    const { tf } = engine();
    tf.tidy(() => {
      const weight = castRaw(tf.tensor2d([0, 1, 2, 3, 4, 5, 6, 7], [4, 2]), precision);
      const rows = (values: number[]) => tf.tensor2d(values, [values.length / 2, 2]);
      const middle = overwriteRows(weight, [{ start: 1, values: rows([-1, -2]) }]);
      expect([...castRaw(middle, 'float32').dataSync()]).toEqual([0, 1, -1, -2, 4, 5, 6, 7]);
      const ends = overwriteRows(weight, [
        { start: 0, values: rows([8, 9]) },
        { start: 2, values: rows([1, 1, 1, 1]) },
      ]);
      expect([...castRaw(ends, 'float32').dataSync()]).toEqual([8, 9, 2, 3, 1, 1, 1, 1]);
      const vector = overwriteRows(tf.tensor1d([1, 2, 3]), [
        { start: 2, values: tf.tensor1d([9]) },
      ]);
      expect([...vector.dataSync()]).toEqual([1, 2, 9]);
    });
  });
});
