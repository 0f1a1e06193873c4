import type { Scalar } from '@tensorflow/tfjs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { engine, loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, tinyModel, useFusedKernels } from '../testing/index.ts';
import { passGradients } from '../trainer/gradients.ts';
import { attachTuner } from '../tuners/index.ts';
import { hiddenRows, type LanguageModel, logits } from './language-model.ts';
import { packSequences } from './packing.ts';
import { tokenLogProbabilities } from './token-log-probabilities.ts';

const { fused: hasKernels } = await loadEngine();
/** Without kernels there is one form of every op. */
const forms = hasKernels ? [true, false] : [false];

let model: LanguageModel;
beforeAll(() => {
  model = tinyModel();
});
afterAll(() => model.dispose());
afterEach(() => useFusedKernels(hasKernels));

const sequences = [Array.from({ length: 25 }, (_, i) => (i * 37) % 200), [65, 66, 67]];
const at = [
  [0, 5],
  [0, 6],
  [24, 5],
  [27, 250],
] as const;

/** From the whole softmax. */
const slowly = () =>
  engine().tf.tidy(() => {
    const { tf } = engine();
    const all = tf.logSoftmax(logits(model, hiddenRows(model, packSequences(sequences))));
    return [
      ...tf
        .gatherND(
          all,
          tf.tensor2d(
            at.map((pair) => [...pair]),
            [4, 2],
            'int32',
          ),
        )
        .dataSync(),
    ];
  });

describe.each(forms)('log-probabilities of tokens, fused kernels %s', (fused) => {
  it('are those of the whole softmax', () => {
    useFusedKernels(fused);
    const { tf } = engine();
    const read = tf.tidy(() => [
      ...tokenLogProbabilities(model, hiddenRows(model, packSequences(sequences)), at).dataSync(),
    ]);
    expect(largestDifference(read, slowly())).toBeLessThan(1e-5);
  });

  it('are logits where the vocabulary is left out', () => {
    useFusedKernels(fused);
    const { tf } = engine();
    tf.tidy(() => {
      const hidden = hiddenRows(model, packSequences(sequences));
      const options = { unnormalised: true };
      const unnormalised = tokenLogProbabilities(model, hidden, at, options).dataSync();
      const expected = logits(model, hidden).arraySync() as number[][];
      for (const [i, [row, token]] of at.entries()) {
        expect(unnormalised[i]).toBeCloseTo(expected[row]?.[token] as number, 5);
      }
    });
  });

  it('have a gradient in bfloat16, too', () => {
    useFusedKernels(fused);
    if (!fused) return;
    const { tf } = engine();
    const low = tinyModel({ precision: 'bfloat16' });
    const [rough, fine] = [low, model].map((some) => {
      const adapter = attachTuner(some, 'lora', { r: 2 }, seededRandom(1));
      const { gradients } = passGradients(adapter.parameters(), () => {
        const hidden = hiddenRows(some, packSequences(sequences));
        return tf.sum(tokenLogProbabilities(some, hidden, at)) as Scalar;
      });
      const values = [...gradients.values()].flatMap((tensor) => [...tensor.dataSync()]);
      for (const tensor of gradients.values()) tensor.dispose();
      adapter.detach();
      return values;
    }) as [number[], number[]];
    low.dispose();
    const largest = Math.max(...fine.map(Math.abs));
    expect(largest).toBeGreaterThan(0);
    expect(largestDifference(rough, fine)).toBeLessThan(0.1 * largest);
  });

  it('have the gradient of the whole softmax', () => {
    useFusedKernels(fused);
    const { tf } = engine();
    const [own, whole] = tf.tidy(() => {
      const hidden = hiddenRows(model, packSequences(sequences));
      const pairs = tf.tensor2d(
        at.map((pair) => [...pair]),
        [4, 2],
        'int32',
      );
      const picks = tf.tidy(() => {
        const { vocab_size: words } = model.config;
        return tf.scatterND(pairs, tf.ones([4]), [28, words]);
      });
      return [
        [
          ...tf
            .grad((x) => tf.sum(tokenLogProbabilities(model, x, at)))(hidden)
            .dataSync(),
        ],
        [
          ...tf
            .grad((x) => tf.sum(tf.mul(tf.logSoftmax(logits(model, x)), picks)))(hidden)
            .dataSync(),
        ],
      ];
    });
    expect(largestDifference(own as number[], whole as number[])).toBeLessThan(1e-5);
  });
});
