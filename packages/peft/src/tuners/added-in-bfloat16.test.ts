/** Methods added to the input and to the model, on a model whose products are bfloat16. */
import { describe, expect, it } from 'vitest';
import { generate } from '../generation/generate.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, sequenceLogits, tinyModel } from '../testing/index.ts';
import { trainConfig } from '../trainer/config.ts';
import { train } from '../trainer/trainer.ts';
import { attachTuner } from './index.ts';

const { fused } = await loadEngine();
const adapters = { a: { scaling: 50 }, b: { scaling: 50 } };
const methods: [string, Record<string, unknown>][] = [
  ['prompt-tuning', {}],
  ['p-tuning', {}],
  ['prefix-tuning', { prefix_projection: true }],
  ['adapter-houlsby', { scaling: 100, init_weights: 'bert' }],
  ['adapter-parallel', { init_weights: 'bert', scaling: 100 }],
  ['adapter-pfeiffer', { scaling: 100, tasks: ['x', 'y'] }],
  ['adapter-fusion', { adapters }],
  ['ia3', { init_ia3_weights: false }],
  ['ia3', { target_modules: ['gate_proj', 'up_proj'], feedforward_modules: ['gate_proj'] }],
  ['dora', { lora_dropout: 0.1 }],
  ['ln-tuning', {}],
];

describe.runIf(fused)('in bfloat16', () => {
  it.each(methods)(
    '%s comes near its float32 self, trains and generates',
    async (name, settings) => {
      const tags = 'tasks' in settings ? [0, 1] : undefined;
      const run = async (model: LanguageModel) => {
        const adapter = attachTuner(model, name, settings, seededRandom(2));
        const sequences = [
          [72, 101, 108],
          [9, 8, 7, 6],
        ];
        const output = sequenceLogits(model, sequences, tags);
        const examples = sequences.map((ids, i) => ({
          ids,
          labelStart: 1,
          ...(tags && { tag: i }),
        }));
        const losses: number[] = [];
        const config = trainConfig.parse({
          learning_rate: 1e-2,
          batch_size: 2,
          num_train_epochs: 4,
          lr_scheduler_type: 'constant',
          warmup_ratio: 0,
        });
        for await (const event of train(model, adapter, examples, config)) {
          if (event.type === 'step') losses.push(event.loss);
        }
        const options = { maxTokens: 3, endIds: [], ...(tags && { tags }) };
        let generated = 0;
        for await (const { ids } of generate(model, sequences, options)) generated += ids.length;
        adapter.detach();
        model.dispose();
        return { output: output as Float32Array, losses, generated };
      };
      const wide = await run(tinyModel());
      const low = await run(tinyModel({ precision: 'bfloat16' }));
      const size = Math.max(...wide.output.map(Math.abs));
      expect(largestDifference(low.output, wide.output) / size).toBeLessThan(0.1);
      expect(largestDifference(low.losses, wide.losses)).toBeLessThan(0.3);
      expect(low.losses.at(-1)).toBeLessThan(low.losses[0] as number);
      expect(low.generated).toBe(6);
    },
  );
});
