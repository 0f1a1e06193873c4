import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference } from '../testing/index.ts';
import { loadVariables } from './load-variables.ts';
import { lstmEncoder } from './p-tuning-encoder.ts';
import { StepDropout } from './step-dropout.ts';

const { tf } = await loadEngine();

interface Saved {
  readonly shape: number[];
  readonly data: number[];
}

const golden = JSON.parse(
  readFileSync(new URL('../../../../test/golden/peft/p-tuning-lstm.json', import.meta.url), 'utf8'),
) as Record<'parameters' | 'gradients', Record<string, Saved>> & { output: Saved };

/** Two LSTM layers of width 2, 4 tokens of width 3, with the reference's parameters. */
function encoder(dropout = 0) {
  const drop = new StepDropout(dropout, 1);
  drop.training = true;
  const made = lstmEncoder(4, 3, 2, 2, drop, seededRandom(1));
  const state = Object.entries(golden.parameters).map(
    ([name, { shape, data }]) =>
      [`prompt_encoder.${name}`, { shape, data: Float32Array.from(data) }] as const,
  );
  loadVariables(made.variables, new Map(state));
  return made;
}

describe('the LSTM encoder', () => {
  it('gives the output and the gradients of HF-PEFT’s', () => {
    const { variables, encode } = encoder();
    tf.tidy(() => {
      expect(largestDifference(encode(true).dataSync(), golden.output.data)).toBeLessThan(1e-6);
      const weights = tf.reshape(tf.sub(tf.div(tf.range(0, 12, 1, 'float32'), 10), 0.5), [4, 3]);
      const { grads } = tf.variableGrads(() => tf.sum(tf.mul(encode(true), weights)));
      for (const { name, variable } of variables) {
        const expected = golden.gradients[name.replace('prompt_encoder.', '')] as Saved;
        const gradient = grads[variable.name]?.dataSync() ?? [];
        expect(largestDifference(gradient, expected.data), name).toBeLessThan(1e-6);
      }
    });
    for (const { variable } of variables) variable.dispose();
  });

  it('drops between its layers while training only', () => {
    const { variables, encode } = encoder(0.5);
    tf.tidy(() => {
      const differences = Array.from({ length: 8 }, () =>
        largestDifference(encode(true).dataSync(), golden.output.data),
      );
      expect(Math.max(...differences)).toBeGreaterThan(1e-4);
      expect(largestDifference(encode(false).dataSync(), golden.output.data)).toBeLessThan(1e-6);
    });
    for (const { variable } of variables) variable.dispose();
  });
});
