import { readFileSync } from 'node:fs';
import {
  attachTuner,
  loadEngine,
  openLanguageModel,
  readAdapter,
  seededRandom,
  train,
  trainConfig,
} from '@quaestor/peft';
import { largestDifference, readTensors } from '@quaestor/peft/testing';
import { expect, it } from 'vitest';
import { followGoldenAdapters } from './follow-golden-adapter.ts';

followGoldenAdapters(['dora', 'dora-qwen2', 'adalora', 'adalora-qwen2']);

const golden = new URL('golden/', import.meta.url).pathname;
await loadEngine();

it.each(['adalora', 'adalora-qwen2'])(
  'keeps the ranks that HF-PEFT keeps, step by step: %s',
  async (variant) => {
    const folder = `${golden}peft-llm/${variant}`;
    const expected = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8'));
    const { config } = readAdapter(folder);
    const model = await openLanguageModel(`${golden}models/${expected.base}`, {
      precision: 'float32',
    });
    const start = { ...config, inference_mode: false, rank_pattern: null };
    const adapter = attachTuner(model, 'adalora', start, seededRandom(1));
    adapter.load(readTensors(`${folder}/initial_adapter_model.safetensors`));
    const { input_ids: ids, attention_mask: mask, labels } = expected.train_batch;
    const examples = (ids as number[][]).map((row, b) => ({
      ids: row.filter((_, t) => mask[b][t] === 1),
      labelStart: (labels[b] as number[]).findIndex((label) => label !== -100),
    }));
    const { lr: learning_rate, weight_decay, steps: num_train_epochs } = expected.optimizer;
    const run = trainConfig.parse({
      learning_rate,
      weight_decay,
      num_train_epochs,
      max_grad_norm: null,
      lr_scheduler_type: 'constant',
      warmup_ratio: 0,
      batch_size: examples.length,
    });
    let compared = 0;
    for await (const event of train(model, adapter, examples, run)) {
      if (event.type !== 'step') continue;
      const { E } = expected.adalora_steps[event.step - 1];
      for (const { name, variable } of adapter.parameters()) {
        const wanted = E[`${name}.default`];
        if (!wanted) continue;
        const found = variable.dataSync();
        expect(largestDifference(found, wanted), `${name} after step ${event.step}`).toBeLessThan(
          1e-4,
        );
        // Ranks that were taken away are exactly 0.
        expect([...found].map((value) => value === 0)).toEqual(
          (wanted as number[]).map((value) => value === 0),
        );
        compared++;
      }
    }
    expect(compared).toBe(4 * 12);
    const pattern = Object.entries(expected.rank_pattern).map(([key, kept]) => [
      key.replace('.default', ''),
      kept,
    ]);
    expect(adapter.config.rank_pattern).toEqual(Object.fromEntries(pattern));
    adapter.detach();
    model.dispose();
  },
);
