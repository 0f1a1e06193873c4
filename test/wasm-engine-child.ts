/** Run by wasm-engine.test.ts in a process of its own: an engine is loaded once and for all. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  attachTuner,
  generate,
  hiddenRows,
  loadEngine,
  loadLanguageModel,
  logits,
  openModel,
  packBatch,
  seededRandom,
  train,
  trainConfig,
} from '@quaestor/peft';
import { largestDifference } from '@quaestor/peft/testing';
import { gatherRows } from '../packages/peft/src/tensors/gather-rows.ts';

const folder = fileURLToPath(new URL('golden/models/tiny-llama', import.meta.url));
const { name, notes, tf } = await loadEngine();
const files = await openModel(folder);
const model = loadLanguageModel(files);
const expected = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8'));
const rows = tf.tidy(() => {
  const packed = packBatch(expected.input_ids, expected.attention_mask, expected.position_ids);
  return logits(model, hiddenRows(model, packed)).arraySync() as number[][];
});
const difference = (expected.logits as (number[] | null)[][])
  .flat()
  .reduce(
    (most, row, i) => (row ? Math.max(most, largestDifference(rows[i] ?? [], row)) : most),
    0,
  );

const prompts = (expected.input_ids as number[][]).map((ids, b) =>
  ids.filter((_, t) => expected.attention_mask[b][t] === 1),
);
const ids: number[][] = [];
for await (const completion of generate(model, prompts, { maxTokens: 12, endIds: [] })) {
  ids[completion.prompt] = [...completion.ids];
}

const config = trainConfig.parse({
  max_steps: 2,
  num_train_epochs: 2,
  warmup_ratio: 0,
  learning_rate: 0.01,
});
async function lossesOf(method: string, settings: object): Promise<number[]> {
  const adapter = attachTuner(model, method, { ...settings }, seededRandom(1));
  const losses: number[] = [];
  const examples = [{ ids: [5, 6, 7, 6, 9], labelStart: 2 }];
  for await (const event of train(model, adapter, examples, config)) {
    if (event.type === 'step') losses.push(event.loss);
  }
  adapter.detach();
  return losses;
}

const losses = [
  await lossesOf('lora', { r: 4 }),
  await lossesOf('lora', { r: 4, target_modules: ['embed_tokens'] }),
  await lossesOf('full', {}),
];

// Row 1 is read twice.
const matrix = tf.variable(tf.tensor2d([0, 1, 2, 3, 4, 5], [3, 2]));
const { grads } = tf.variableGrads(() => {
  const rows = gatherRows(matrix, tf.tensor1d([1, 0, 1], 'int32'));
  return tf.sum(
    tf.mul(rows, [
      [1, 2],
      [10, 20],
      [100, 200],
    ]),
  );
});
const gathered = Object.values(grads).map((gradient) => gradient.arraySync());
const expectedIds = expected.generate.greedy_12_with_cache;
process.stdout.write(
  JSON.stringify({ name, notes, difference, ids, expectedIds, losses, gathered }),
);
process.exit(0);
