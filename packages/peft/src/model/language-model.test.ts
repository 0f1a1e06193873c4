import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../generation/generate.ts';
import { engine, loadEngine, useFusedKernels } from '../tensors/engine.ts';
import { largestDifference, tinyModel } from '../testing/index.ts';
import { hiddenRows, type LanguageModel, logits } from './language-model.ts';
import { openLanguageModel } from './open-language-model.ts';
import { packBatch, packSequences } from './packing.ts';

const golden = new URL('../../../../test/golden/models/', import.meta.url);
const { fused } = await loadEngine();
const forms = fused ? [true, false] : [false];

describe.each(['tiny-llama', 'tiny-qwen2'])('%s against transformers', (name) => {
  const expected = JSON.parse(readFileSync(new URL(`${name}/expected.json`, golden), 'utf8'));
  let model: LanguageModel;
  beforeAll(async () => {
    model = await openLanguageModel(new URL(name, golden).pathname, { precision: 'float32' });
    return () => model.dispose();
  });

  describe.each(forms)('fused kernels: %s', (on) => {
    beforeAll(() => {
      useFusedKernels(on);
      return () => useFusedKernels(fused);
    });

    it.each([
      ['left-padded', expected],
      ['right-padded', expected.train],
    ])('gives the logits of a %s batch', (_, batch) => {
      const rows = engine().tf.tidy(() => {
        const packed = packBatch(batch.input_ids, batch.attention_mask, batch.position_ids);
        return logits(model, hiddenRows(model, packed)).arraySync() as number[][];
      });
      const wanted = (batch.logits as (number[] | null)[][]).flat();
      let compared = 0;
      for (const [row, values] of wanted.entries()) {
        if (!values) continue;
        expect(largestDifference(rows[row] ?? [], values)).toBeLessThan(1e-4);
        compared++;
      }
      expect(compared).toBeGreaterThan(10);
    });

    it('continues greedily as transformers does, with the cache and without', async () => {
      const prompts = (expected.input_ids as number[][]).map((ids, b) =>
        ids.filter((_, t) => expected.attention_mask[b][t] === 1),
      );
      const found: number[][] = [];
      for await (const { prompt, ids } of generate(model, prompts, { maxTokens: 12, endIds: [] })) {
        found[prompt] = [...ids];
      }
      expect(found).toEqual(expected.generate.greedy_12_with_cache);
      expect(prompts.map((ids) => greedyWithoutCache(model, ids, 12))).toEqual(
        expected.generate.greedy_12_without_cache,
      );
    });
  });
});

function greedyWithoutCache(
  model: LanguageModel,
  prompt: readonly number[],
  count: number,
): number[] {
  const ids = [...prompt];
  for (let i = 0; i < count; i++) {
    const next = engine().tf.tidy(() => {
      const hidden = hiddenRows(model, packSequences([ids]), [ids.length - 1]);
      return engine().tf.argMax(logits(model, hidden), 1).dataSync()[0] as number;
    });
    ids.push(next);
  }
  return ids.slice(prompt.length);
}

describe('packing', () => {
  it('gives each sequence what it gets alone', () => {
    const model = tinyModel();
    const { tf } = engine();
    const run = (sequences: number[][]): number[][] =>
      tf.tidy(
        () => logits(model, hiddenRows(model, packSequences(sequences))).arraySync() as number[][],
      );
    const [a, b] = [
      [3, 14, 15, 92, 65],
      [35, 89, 79],
    ];
    const together = run([a, b]).flat();
    expect(largestDifference(together, [...run([a]), ...run([b])].flat())).toBeLessThan(1e-5);
    model.dispose();
  });

  it('refuses a sequence beyond the context', () => {
    const model = tinyModel();
    const long = Array.from({ length: 513 }, () => 1);
    expect(() => hiddenRows(model, packSequences([long]))).toThrow(
      /513 tokens is longer than the 512 positions/,
    );
    model.dispose();
  });

  it.runIf(fused)('stays close in bfloat16', () => {
    const { tf } = engine();
    const [wide, low] = [tinyModel(), tinyModel({ precision: 'bfloat16' })];
    const ids = packSequences([[1, 2, 3, 4, 5, 6, 7, 8]]);
    const [exact, rounded] = [wide, low].map((model) =>
      tf.tidy(() => logits(model, hiddenRows(model, ids)).dataSync()),
    ) as [Float32Array, Float32Array];
    const scale = exact.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largestDifference(rounded, exact)).toBeLessThan(0.05 * scale);
    wide.dispose();
    low.dispose();
  });
});
