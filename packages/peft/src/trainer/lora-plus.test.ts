import { expect, it } from 'vitest';
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
