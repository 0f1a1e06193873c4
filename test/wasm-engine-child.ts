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

const adapter = attachTuner(model, 'lora', { r: 4 }, seededRandom(1));
const losses: number[] = [];
const config = trainConfig.parse({
  max_steps: 2,
  num_train_epochs: 2,
  warmup_ratio: 0,
  learning_rate: 0.01,
});
for await (const event of train(
  model,
  adapter,
  [{ ids: [5, 6, 7, 8, 9], labelStart: 2 }],
  config,
)) {
  if (event.type === 'step') losses.push(event.loss);
}
const expectedIds = expected.generate.greedy_12_with_cache;
process.stdout.write(JSON.stringify({ name, notes, difference, ids, expectedIds, losses }));
process.exit(0);
