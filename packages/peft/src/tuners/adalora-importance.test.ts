import type { Tensor } from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { RankImportance } from './adalora-importance.ts';
import { AdaLoraLayer } from './adalora-layer.ts';

const { tf } = await loadEngine();

it('smooths sensitivity and uncertainty each at its own rate', () => {
  tf.tidy(() => {
    const layer = new AdaLoraLayer(
      { path: 'x', start: 0, size: 1 },
      2,
      1,
      1,
      seededRandom(1),
      true,
    );
    const { names } = layer;
    layer.a.assign(tf.tensor2d([[1, 1]]));
    layer.b.assign(tf.tensor2d([[5]]));
    layer.e.assign(tf.tensor2d([[2]]));
    const importance = new RankImportance(0.5, 0.9);
    for (const ofE of [1, -3]) {
      const gradients = { [names.a]: [[2, -4]], [names.b]: [[0]], [names.e]: [[ofE]] };
      const tensors = Object.entries(gradients).map(([name, rows]) => [name, tf.tensor2d(rows)]);
      importance.update([layer], new Map(tensors as [string, Tensor][]));
    }
    // E: I is 2, then 6; Ī is 1, then 3.5; Ū is 0.1·1, then 0.9·0.1 + 0.1·2.5.
    const ofE = 3.5 * 0.34;
    // A: I is 2 and 4 both times; Ī is 1.5 and 3; Ū is 0.9·0.1 + 0.1·0.5, and twice that.
    const ofA = (1.5 * 0.14 + 3 * 0.28) / 2;
    expect(importance.scores(layer)[0]).toBeCloseTo(ofE + ofA, 5);
    importance.clear();
    for (const { variable } of layer.variables) variable.dispose();
  });
});
