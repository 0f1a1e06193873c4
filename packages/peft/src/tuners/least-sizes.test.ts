/** Methods at their smallest: one virtual token, one layer, one adapter to fuse. */
import { expect, it } from 'vitest';
import { loadLanguageModel } from '../model/language-model.ts';
import { loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { tinyModelFiles } from '../testing/index.ts';
import { trainConfig } from '../trainer/config.ts';
import { train } from '../trainer/trainer.ts';
import { adapterState, attachTuner } from './index.ts';

await loadEngine();

it.each<[string, object]>([
  ['p-tuning', { num_virtual_tokens: 1, encoder_reparameterization_type: 'LSTM' }],
  ['prefix-tuning', { num_virtual_tokens: 1 }],
  ['prefix-tuning', { num_virtual_tokens: 1, prefix_projection: true }],
  ['adapter-fusion', { adapters: { only: {} } }],
])('%s of %j is trained', async (method, settings) => {
  const files = tinyModelFiles();
  const oneLayer = { ...files, config: { ...files.config, num_hidden_layers: 1 } };
  const model = loadLanguageModel(oneLayer, { precision: 'float32' });
  const adapter = attachTuner(model, method, { ...settings }, seededRandom(1));
  const before = adapterState(adapter);
  const examples = [{ ids: [65, 66, 67], labelStart: 1 }];
  for await (const _ of train(model, adapter, examples, trainConfig.parse({})));
  expect(adapterState(adapter)).not.toEqual(before);
  adapter.detach();
  model.dispose();
});
