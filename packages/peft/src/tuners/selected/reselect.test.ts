import { expect, it } from 'vitest';
import { engine, loadEngine } from '../../tensors/engine.ts';
import { movedMoment, reselect } from './reselect.ts';

await loadEngine();

const before = {
  trained: { indices: Int32Array.of(1, 4, 7), values: Float32Array.of(10, 40, 70) },
  settled: { indices: Int32Array.of(0, 2), values: Float32Array.of(5, 20) },
};

it('goes on with what stays, starts from what had settled or from the base, settles the rest', () => {
  const found = reselect(before, Int32Array.of(2, 4, 9), Float32Array.of(-2, -4, -9));
  expect(found.trained.indices).toEqual(Int32Array.of(2, 4, 9));
  expect(found.trained.values).toEqual(Float32Array.of(20, 40, -9));
  expect(found.settled.indices).toEqual(Int32Array.of(0, 1, 7));
  expect(found.settled.values).toEqual(Float32Array.of(5, 10, 70));
  expect(found.positions).toEqual(Int32Array.of(-1, 1, -1));
});

it('settles everything when nothing is chosen', () => {
  const found = reselect(before, new Int32Array(), new Float32Array());
  expect(found.trained.indices).toHaveLength(0);
  expect(found.settled.indices).toEqual(Int32Array.of(0, 1, 2, 4, 7));
});

it('moves the moments of entries that stay and starts new ones at zero', () => {
  const { tf } = engine();
  tf.tidy(() => {
    const moment = movedMoment(tf.tensor1d([1, 2, 3]), Int32Array.of(-1, 1, -1, 2));
    expect([...moment.dataSync()]).toEqual([0, 2, 0, 3]);
  });
});
