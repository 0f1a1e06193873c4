import { afterAll, beforeAll, expect, it } from 'vitest';
import { engine, loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { tinyModel } from '../testing/index.ts';
import { attachTuner } from '../tuners/index.ts';
import { firstLayers } from './first-layers.ts';
import { hiddenRows, type LanguageModel } from './language-model.ts';
import { packSequences } from './packing.ts';

let model: LanguageModel;
beforeAll(async () => {
  await loadEngine();
  model = tinyModel();
});
afterAll(() => model.dispose());

const hidden = (of: LanguageModel) =>
  engine().tf.tidy(() => [...hiddenRows(of, packSequences([[5, 6, 7]])).dataSync()]);

it('is the model itself with all layers, and another with fewer', () => {
  expect(hidden(firstLayers(model, 2))).toEqual(hidden(model));
  expect(hidden(firstLayers(model, 1))).not.toEqual(hidden(model));
});

it('keeps what is attached to it to itself', () => {
  const before = hidden(model);
  const view = firstLayers(model, 1);
  const plain = hidden(view);
  const adapter = attachTuner(
    view,
    'lora',
    { r: 2, lora_alpha: 8, target_modules: 'all-linear', init_lora_weights: false },
    seededRandom(3),
  );
  expect(hidden(view)).not.toEqual(plain);
  expect(hidden(model)).toEqual(before);
  adapter.detach();
  expect(hidden(view)).toEqual(plain);
  view.dispose();
  expect(hidden(model)).toEqual(before);
});

it.each([0, 3, 1.5])('refuses %s layers of two', (count) => {
  expect(() => firstLayers(model, count)).toThrow(/has 2 layers/);
});
