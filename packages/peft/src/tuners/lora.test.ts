import { readFileSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { generate } from '../generation/generate.ts';
import { readAdapter } from '../io/adapter-files.ts';
import { openModel } from '../io/open-model.ts';
import { openSafetensors } from '../io/safetensors.ts';
import {
  hiddenRows,
  type LanguageModel,
  loadLanguageModel,
  logits,
} from '../model/language-model.ts';
import { packBatch } from '../model/packing.ts';
import { engine, loadEngine, useFusedKernels } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, tinyModel } from '../testing/index.ts';
import { AdamW } from '../trainer/adamw.ts';
import { trainConfig } from '../trainer/config.ts';
import { trainStep } from '../trainer/trainer.ts';
import { attachTuner } from './index.ts';
import type { Adapter } from './tuner.ts';

const golden = new URL('../../../../test/golden/', import.meta.url).pathname;
const { fused } = await loadEngine();

describe.each(fused ? [true, false] : [false])('LoRA against HF-PEFT, fused kernels: %s', (on) => {
  beforeAll(() => {
    useFusedKernels(on);
    return () => useFusedKernels(fused);
  });

  describe.each(['lora', 'lora-qwen2', 'lora-all-linear', 'lora-rslora', 'lora-patterns'])(
    '%s',
    (variant) => {
      const folder = `${golden}peft-llm/${variant}`;
      const expected = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8'));
      const saved = readAdapter(folder);
      const batch = expected.train_batch;
      let model: LanguageModel;
      let adapter: Adapter;

      beforeEach(async () => {
        const files = await openModel(`${golden}models/${expected.base}`);
        model = loadLanguageModel(files, { precision: 'float32' });
        files.close();
        adapter = attachTuner(model, 'LORA', saved.config, seededRandom(1));
        return () => {
          adapter.detach();
          model.dispose();
        };
      });

      /** Logits that HF-PEFT listed: two positions of each row of the training batch. */
      const differenceFrom = (wanted: number[][][]): number => {
        const rows = engine().tf.tidy(() => {
          const positions = batch.input_ids.map((ids: number[]) => ids.map((_, t) => t));
          const packed = packBatch(batch.input_ids, batch.attention_mask, positions);
          return logits(model, hiddenRows(model, packed)).arraySync() as number[][];
        });
        const width = batch.input_ids[0].length;
        const listed = expected.final_logits_positions as number[][];
        return Math.max(
          ...wanted.flatMap((positions, b) =>
            positions.map((values, k) =>
              largestDifference(rows[b * width + (listed[b]?.[k] as number)] ?? [], values),
            ),
          ),
        );
      };

      it('writes the tensor names and shapes that HF-PEFT writes', () => {
        const shapes = [...adapter.state()].map(([name, { shape }]) => [name, shape] as const);
        const wanted = [...saved.tensors].map(([name, { shape }]) => [name, [...shape]] as const);
        expect(Object.fromEntries(shapes)).toEqual(Object.fromEntries(wanted));
      });

      it('follows the loss curve from the same start', () => {
        const start = openSafetensors(`${folder}/initial_adapter_model.safetensors`);
        adapter.load(
          new Map(
            [...start.tensors].map(([name, { shape }]) => [
              name,
              { shape, data: start.read(name) },
            ]),
          ),
        );
        start.close();
        const examples = (batch.input_ids as number[][]).map((ids, b) => ({
          ids: ids.filter((_, t) => batch.attention_mask[b][t] === 1),
          labelStart: (batch.labels[b] as number[]).findIndex((label) => label !== -100),
        }));
        const { lr, weight_decay, steps } = expected.optimizer;
        const config = trainConfig.parse({ learning_rate: lr, weight_decay, max_grad_norm: null });
        const optimizer = new AdamW(config);
        const losses: number[] = Array.from(
          { length: steps },
          () => trainStep(model, adapter, optimizer, examples, lr, config).loss,
        );
        optimizer.dispose();
        expect(Math.abs((losses[0] as number) - expected.losses[0])).toBeLessThan(1e-5);
        expect(largestDifference(losses, expected.losses.slice(0, steps))).toBeLessThan(1e-4);
        expect(differenceFrom(expected.final_logits_train_batch_last2)).toBeLessThan(5e-4);
      });

      it('gives the logits of the loaded adapter, merged and not', () => {
        adapter.load(saved.tensors);
        expect(differenceFrom(expected.final_logits_train_batch_last2)).toBeLessThan(1e-4);
        adapter.merge?.();
        expect(differenceFrom(expected.merged.logits_train_batch_last2)).toBeLessThan(1e-4);
        adapter.unmerge?.();
        expect(differenceFrom(expected.final_logits_train_batch_last2)).toBeLessThan(1e-4);
      });

      it('continues greedily as the reference does', async () => {
        adapter.load(saved.tensors);
        const { input_ids: ids, attention_mask: mask } = expected.left_batch;
        const prompts = (ids as number[][]).map((row, b) => row.filter((_, t) => mask[b][t] === 1));
        const found: number[][] = [];
        for await (const completion of generate(model, prompts, { maxTokens: 12, endIds: [] })) {
          found[completion.prompt] = [...completion.ids];
        }
        expect(found).toEqual(expected.generate.greedy_12);
      });
    },
  );
});

describe('LoRA configuration', () => {
  const model = (): LanguageModel => tinyModel();
  let opened: LanguageModel | undefined;
  const attach = (config: Record<string, unknown>): Adapter => {
    opened = model();
    return attachTuner(opened, 'lora', config, seededRandom(1));
  };
  afterEach(() => {
    opened?.dispose();
    opened = undefined;
  });

  it('names every problem at once', () => {
    const config = { r: 0, lora_alpha: -1, use_dora: true, modules_to_save: ['lm_head'] };
    expect(() => attach(config)).toThrow(
      /r: [\s\S]*lora_alpha: [\s\S]*DoRA is a method of its own[\s\S]*modules_to_save/,
    );
  });

  it('says which layers there are when none matches', () => {
    expect(() => attach({ target_modules: ['query'] })).toThrow(
      /matches no linear layer of tiny.*q_proj, k_proj/,
    );
  });

  it('takes a regular expression and leaves modules out', () => {
    const adapter = attach({ target_modules: '.*layers\\.1\\..*', exclude_modules: ['up_proj'] });
    const paths = adapter.parameters().map(({ name }) => name);
    expect(paths).toHaveLength(12);
    expect(paths.every((name) => name.includes('.layers.1.') && !name.includes('up_proj'))).toBe(
      true,
    );
    adapter.detach();
  });

  it('refuses a saved adapter that does not fit, naming each tensor', () => {
    const adapter = attach({ r: 2, target_modules: ['q_proj'] });
    const state = new Map([
      [
        'base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight',
        { shape: [3, 16], data: new Float32Array(48) },
      ],
      ['odd', { shape: [1], data: new Float32Array(1) }],
    ]);
    expect(() => adapter.load(state)).toThrow(
      /odd: not part[\s\S]*expected \[2,16\], got \[3,16\][\s\S]*missing/,
    );
    adapter.detach();
  });
});
