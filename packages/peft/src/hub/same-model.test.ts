import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stateFolder } from '../io/state-folder.ts';
import { sameModel } from './same-model.ts';

const cached = (model: string) =>
  `/home/ann/.cache/huggingface/hub/models--${model}/snapshots/0123abcd`;

it.each([
  ['Qwen/Qwen2-0.5B', 'Qwen/Qwen2-0.5B', true],
  ['Qwen/Qwen2-0.5B', 'qwen2-0.5b', true],
  ['Qwen/Qwen2-0.5B', 'other/Qwen2-0.5B', false],
  ['Qwen/Qwen2-0.5B', 'Qwen/Qwen2-1.5B', false],
  ['/data/models/Qwen2-0.5B', 'Qwen/Qwen2-0.5B', true],
  ['/data/models/Qwen2-0.5B/', 'Qwen2-0.5B', true],
  ['/data/models/Qwen2-0.5B', '/srv/Qwen2-0.5B', true],
  ['/data/models/Qwen2-0.5B', 'Qwen/Qwen2-1.5B', false],
  ['./models/Qwen2-0.5B', 'Qwen/Qwen2-0.5B', true],
  ['../Qwen2-0.5B', 'Qwen/Qwen2-0.5B', true],
  ['~/Qwen2-0.5B', 'Qwen/Qwen2-0.5B', true],
  ['C:\\models\\Qwen2-0.5B', 'Qwen/Qwen2-0.5B', true],
  ['/data/Qwen2-0.5B.Q8_0.gguf', 'Qwen/Qwen2-0.5B', true],
  [cached('Qwen--Qwen2-0.5B'), 'Qwen/Qwen2-0.5B', true],
  [cached('Qwen--Qwen2-0.5B'), 'Qwen2-0.5B', true],
  [cached('other--Qwen2-0.5B'), 'Qwen/Qwen2-0.5B', false],
  [cached('gpt2'), 'openai/gpt2', true],
  [cached('gpt2'), 'gpt', false],
  [join(stateFolder('models'), 'Qwen/Qwen2-0.5B'), 'other/Qwen2-0.5B', false],
])('%s and %s: %s', (a, b, same) => {
  expect([sameModel(a, b), sameModel(b, a)]).toEqual([same, same]);
});
