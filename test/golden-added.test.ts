/** Methods added to the input and to the model, against what HF-PEFT trained and saved. */
import { readFileSync } from 'node:fs';
import {
  attachTuner,
  engine,
  generate,
  hiddenRows,
  type LanguageModel,
  loadEngine,
  logits,
  openLanguageModel,
  packBatch,
  packSequences,
  readAdapter,
  seededRandom,
} from '@quaestor/peft';
import { readTensors } from '@quaestor/peft/testing';
import { describe, expect, it } from 'vitest';
import { followGoldenAdapters, type GoldenCheck } from './follow-golden-adapter.ts';

await loadEngine();
const golden = new URL('golden/', import.meta.url).pathname;

/** Training starts from the encoder, which an adapter's own file does not hold. */
const fromEncoder: GoldenCheck['start'] = (adapter, folder) => {
  const tensors = readTensors(`${folder}/initial_trainable.safetensors`);
  adapter.load(
    new Map([...tensors].map(([name, tensor]) => [name.replace('.default', ''), tensor])),
  );
};

followGoldenAdapters(['prompt-tuning', 'prompt-tuning-qwen2'], { countsPads: true });
followGoldenAdapters(['p-tuning'], { countsPads: true, start: fromEncoder });
followGoldenAdapters(['prefix-tuning', 'prefix-tuning-qwen2']);
followGoldenAdapters(['prefix-tuning-projection'], { start: fromEncoder });
followGoldenAdapters(['ia3', 'ia3-qwen2', 'ln-tuning', 'ln-tuning-qwen2']);

describe.each(['prompt-tuning', 'prompt-tuning-qwen2', 'p-tuning'])(
  '%s, left-padded',
  (variant) => {
    const folder = `${golden}peft-llm/${variant}`;
    const expected = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8'));
    const { input_ids: ids, attention_mask: mask } = expected.left_batch as {
      input_ids: number[][];
      attention_mask: number[][];
    };

    async function withAdapter(run: (model: LanguageModel) => void | Promise<void>): Promise<void> {
      const model = await openLanguageModel(`${golden}models/${expected.base}`, {
        precision: 'float32',
      });
      const { config, tensors } = readAdapter(folder);
      const adapter = attachTuner(model, config.peft_type as string, config, seededRandom(1));
      adapter.load(tensors);
      try {
        await run(model);
      } finally {
        adapter.detach();
        model.dispose();
      }
    }

    /** The most probable next token of each row, without a cache. */
    function nextTokens(
      model: LanguageModel,
      packed: ReturnType<typeof packSequences>,
      last: number[],
    ): number[] {
      const { tf } = engine();
      return tf.tidy(() => [
        ...tf.argMax(logits(model, hiddenRows(model, packed, last)), 1).dataSync(),
      ]);
    }

    it('continues as the reference does where pads count as positions', () =>
      withAdapter((model) => {
        const rows = ids.map((row) => [...row]);
        const masks = mask.map((row) => [...row]);
        for (let step = 0; step < 12; step++) {
          const width = (rows[0] as number[]).length;
          const packed = packBatch(
            rows,
            masks,
            rows.map((row) => row.map((_, t) => t)),
          );
          const next = nextTokens(
            model,
            packed,
            rows.map((_, b) => (b + 1) * width - 1),
          );
          for (const [b, id] of next.entries()) {
            rows[b]?.push(id);
            masks[b]?.push(1);
          }
        }
        expect(rows.map((row) => row.slice(-12))).toEqual(expected.generate.greedy_12);
      }));

    it('continues with the cache as without, pads left out', () =>
      withAdapter(async (model) => {
        const prompts = ids.map((row, b) => row.filter((_, t) => mask[b]?.[t] === 1));
        const found: number[][] = [];
        for await (const one of generate(model, prompts, { maxTokens: 12, endIds: [] })) {
          found[one.prompt] = [...one.ids];
        }
        const rows = prompts.map((prompt) => [...prompt]);
        for (let step = 0; step < 12; step++) {
          let end = -1;
          const last = rows.map((row) => {
            end += row.length;
            return end;
          });
          const next = nextTokens(model, packSequences(rows), last);
          for (const [b, id] of next.entries()) rows[b]?.push(id);
        }
        expect(found).toEqual(rows.map((row) => row.slice(-12)));
      }));
  },
);
