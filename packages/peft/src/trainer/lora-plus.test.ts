import { expect, it } from 'vitest';
import { loadEngine } from '../tensors/engine.ts';
import { AdamW } from './adamw.ts';
import { trainConfig } from './config.ts';
import { loraPlusGroups } from './lora-plus.ts';

/** Learning rate of a parameter as a multiple of the run's. */
function factor(name: string, config: object): number {
  const groups = loraPlusGroups(trainConfig.parse({ learning_rate: 1e-3, ...config }));
  return groups.find(({ match }) => match(name))?.learningRateFactor ?? 1;
}

it.each([
  ['base_model.model.x.lora_A.weight', 1],
  ['base_model.model.x.lora_B.weight', 16],
  ['base_model.model.x.lora_B', 16],
  ['base_model.model.x.lora_E', 1],
  ['base_model.model.x.lora_B.bias', 16],
  ['base_model.model.x.base_layer.bias', 16],
  ['base_model.model.x.lora_magnitude_vector', 16],
  ['base_model.model.model.embed_tokens.lora_embedding_B', 1e-3],
  ['base_model.model.lm_head.weight', 1],
])('sets the rate of %s', (name, wanted) => {
  expect(factor(name, { loraplus_lr_ratio: 16 })).toBeCloseTo(wanted, 12);
  expect(factor(name, {})).toBe(1);
});

it('lets weights decay at the rate of their group', async () => {
  const { tf } = await loadEngine();
  const config = trainConfig.parse({ loraplus_lr_ratio: 16, weight_decay: 0.1 });
  const optimizer = new AdamW(config, loraPlusGroups(config));
  tf.tidy(() => {
    const variable = tf.variable(tf.tensor1d([1, -2]));
    const name = 'base_model.model.x.lora_B.weight';
    optimizer.step([{ name, variable }], new Map([[name, tf.zerosLike(variable)]]), 0.01);
    const kept = 1 - 16 * 0.01 * 0.1;
    const [first, second] = variable.dataSync();
    expect(first).toBeCloseTo(kept, 6);
    expect(second).toBeCloseTo(-2 * kept, 6);
    variable.dispose();
  });
  optimizer.dispose();
});
