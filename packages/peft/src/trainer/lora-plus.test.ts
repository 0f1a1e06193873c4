import { expect, it } from 'vitest';
import { loadEngine } from '../tensors/engine.ts';
import { AdamW } from './adamw.ts';
import { trainConfig } from './config.ts';
import { loraPlusGroups } from './lora-plus.ts';
import { undecayed } from './undecayed.ts';

/** Learning rate of a parameter as a multiple of the run's. */
function factor(name: string, shape: readonly number[], config: object): number {
  const groups = loraPlusGroups(trainConfig.parse({ learning_rate: 1e-3, ...config }));
  return groups.find(({ match }) => match(name, shape))?.learningRateFactor ?? 1;
}

it.each([
  ['base_model.model.x.lora_A.weight', [4, 8], 1],
  ['base_model.model.x.lora_B.weight', [8, 4], 16],
  ['base_model.model.x.lora_B', [8, 4], 16],
  ['base_model.model.x.lora_E', [4, 1], 1],
  ['base_model.model.x.lora_B.bias', [8], 16],
  ['base_model.model.x.base_layer.bias', [8], 16],
  ['base_model.model.x.lora_magnitude_vector', [8], 16],
  ['base_model.model.model.layers.0.input_layernorm.weight', [8], 16],
  ['base_model.model.model.embed_tokens.lora_embedding_B', [8, 4], 1e-3],
  ['base_model.model.lm_head.weight', [9, 8], 1],
])('sets the rate of %s %j', (name, shape, wanted) => {
  expect(factor(name, shape, { loraplus_lr_ratio: 16 })).toBeCloseTo(wanted, 12);
  expect(factor(name, shape, {})).toBe(1);
});

it('lets neither biases nor norms decay, at whatever rate', async () => {
  const { tf } = await loadEngine();
  const config = trainConfig.parse({ loraplus_lr_ratio: 16, weight_decay: 0.1 });
  const optimizer = new AdamW(config, [...loraPlusGroups(config), undecayed]);
  const names = [
    ...[
      'lora_A.weight',
      'base_layer.bias',
      'input_layernorm.weight',
      'norm.weight',
      'q_norm.weight',
    ],
    ...['lora_magnitude_vector', 'ia3_l'],
  ];
  const variables = names.map((name) => ({
    name,
    variable: tf.tidy(() => tf.variable(tf.tensor1d([1]))),
  }));
  const gradients = new Map(names.map((name) => [name, tf.zeros([1])]));
  optimizer.step(variables, gradients, 0.01);
  const decayed = variables.filter(({ variable }) => (variable.dataSync()[0] as number) < 1);
  expect(decayed.map(({ name }) => name)).toEqual([
    'lora_A.weight',
    'lora_magnitude_vector',
    'ia3_l',
  ]);
  tf.dispose([...variables.map(({ variable }) => variable), ...gradients.values()]);
  optimizer.dispose();
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
