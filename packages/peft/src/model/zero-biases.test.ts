import { expect, it } from 'vitest';
import { loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { sequenceLogits, tinyModel, tinyModelFiles } from '../testing/index.ts';
import { trainConfig } from '../trainer/config.ts';
import { train } from '../trainer/trainer.ts';
import { attachTuner } from '../tuners/index.ts';
import { loadLanguageModel } from './language-model.ts';
import { withZeroBiases } from './zero-biases.ts';

await loadEngine();

it('is the same function, and biases can be trained', async () => {
  const plain = tinyModel();
  const files = withZeroBiases(tinyModelFiles());
  const model = loadLanguageModel(files, { precision: 'float32' });
  const sequences = [
    [72, 101, 108],
    [1, 2],
  ];
  const base = sequenceLogits(plain, sequences);
  expect(sequenceLogits(model, sequences)).toEqual(base);
  expect(model.name).toBe('tiny-zero-biases');
  expect(files.names.filter((name) => name.endsWith('.bias'))).toHaveLength(6);
  const adapter = attachTuner(model, 'bitfit', {}, seededRandom(1));
  expect(adapter.parameters().reduce((sum, { variable }) => sum + variable.size, 0)).toBe(64);
  const examples = [{ ids: [65, 66, 67, 68], labelStart: 2 }];
  const config = trainConfig.parse({ learning_rate: 0.05, num_train_epochs: 20, batch_size: 1 });
  const losses: number[] = [];
  for await (const event of train(model, adapter, examples, config)) {
    if (event.type === 'step') losses.push(event.loss);
  }
  expect(losses.at(-1)).toBeLessThan(0.8 * (losses[0] as number));
  adapter.detach();
  expect(sequenceLogits(model, sequences)).toEqual(base);
  model.dispose();
  plain.dispose();
});

it('leaves a model with biases alone', () => {
  const files = tinyModelFiles(1, true);
  expect(withZeroBiases(files)).toBe(files);
});
