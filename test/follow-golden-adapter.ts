/**
 * The same checks for every adapter that Hugging Face PEFT trained and saved in golden/peft-llm:
 * names and shapes, the loss curve from the same start, logits after loading, greedy continuation.
 */
import { readFileSync } from 'node:fs';
import {
  type Adapter,
  adapterState,
  attachTuner,
  engine,
  generate,
  hiddenRows,
  type LanguageModel,
  loadEngine,
  logits,
  openLanguageModel,
  packBatch,
  readAdapter,
  seededRandom,
  type TrainEvent,
  train,
  trainConfig,
} from '@quaestor/peft';
import { largestDifference, readTensors, useFusedKernels } from '@quaestor/peft/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

const golden = new URL('golden/', import.meta.url).pathname;
const { fused } = await loadEngine();

export interface GoldenCheck {
  /** Puts the adapter where the reference's training starts. Default: loads `initial_adapter_model`. */
  readonly start?: (adapter: Adapter, folder: string) => void;
  /** Whether the saved names and shapes are those before training, too. Default true. */
  readonly sameShapes?: boolean;
  /** Greatest difference of logits after own training. Default 5e-4, as golden/README.md allows. */
  readonly trainedTolerance?: number;
  /** The reference counts pads as positions, so that only rows without any continue as they do here. */
  readonly countsPads?: boolean;
}

/** Defines the tests of some variants. @param variants folders of golden/peft-llm */
export function followGoldenAdapters(variants: readonly string[], check: GoldenCheck = {}): void {
  describe.each(fused ? [true, false] : [false])('against HF-PEFT, fused kernels: %s', (on) => {
    beforeAll(() => {
      useFusedKernels(on);
      return () => useFusedKernels(fused);
    });
    describe.each(variants)('%s', (variant) => followOne(variant, check));
  });
}

function followOne(variant: string, check: GoldenCheck): void {
  const folder = `${golden}peft-llm/${variant}`;
  const expected = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8'));
  const saved = readAdapter(folder);
  const batch = expected.train_batch;
  let model: LanguageModel;
  let adapter: Adapter;

  beforeEach(async () => {
    model = await openLanguageModel(`${golden}models/${expected.base}`, { precision: 'float32' });
    adapter = attachTuner(model, saved.config.peft_type as string, saved.config, seededRandom(1));
    return () => {
      adapter.detach();
      model.dispose();
    };
  });

  /** From the logits that are listed: two positions of each row of the training batch. */
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

  it.runIf(check.sameShapes ?? true)('writes the names and shapes that HF-PEFT writes', () => {
    const shapes = [...adapterState(adapter)].map(([name, { shape }]) => [name, [...shape]]);
    const wanted = [...saved.tensors].map(([name, { shape }]) => [name, [...shape]]);
    expect(Object.fromEntries(shapes)).toEqual(Object.fromEntries(wanted));
  });

  it('follows the loss curve from the same start', async () => {
    const start =
      check.start ??
      ((one, path) => one.load(readTensors(`${path}/initial_adapter_model.safetensors`)));
    start(adapter, folder);
    const examples = (batch.input_ids as number[][]).map((ids, b) => ({
      ids: ids.filter((_, t) => batch.attention_mask[b][t] === 1),
      labelStart: (batch.labels[b] as number[]).findIndex((label) => label !== -100),
    }));
    const { lr, weight_decay, steps } = expected.optimizer;
    const config = trainConfig.parse({
      learning_rate: lr,
      weight_decay,
      max_grad_norm: null,
      lr_scheduler_type: 'constant',
      warmup_ratio: 0,
      batch_size: examples.length,
      num_train_epochs: steps,
    });
    const events: TrainEvent[] = [];
    // The reference lets every parameter decay, biases and norms included.
    const parameterGroups = [{ match: () => true, weightDecay: weight_decay }];
    for await (const event of train(model, adapter, examples, config, { parameterGroups })) {
      events.push(event);
    }
    const losses = events.flatMap((event) => (event.type === 'step' ? [event.loss] : []));
    expect(Math.abs((losses[0] as number) - expected.losses[0])).toBeLessThan(1e-5);
    expect(largestDifference(losses, expected.losses.slice(0, steps))).toBeLessThan(1e-4);
    expect(differenceFrom(expected.final_logits_train_batch_last2)).toBeLessThan(
      check.trainedTolerance ?? 5e-4,
    );
  });

  it('gives the logits of the loaded adapter, merged and not', () => {
    adapter.load(saved.tensors);
    expect(differenceFrom(expected.final_logits_train_batch_last2)).toBeLessThan(1e-4);
    if (!adapter.merge) return;
    adapter.merge();
    const merged = expected.merged?.logits_train_batch_last2;
    expect(differenceFrom(merged ?? expected.final_logits_train_batch_last2)).toBeLessThan(1e-4);
    adapter.unmerge?.();
    expect(differenceFrom(expected.final_logits_train_batch_last2)).toBeLessThan(1e-4);
  });

  it('continues greedily as the reference does', async () => {
    adapter.load(saved.tensors);
    const { input_ids: ids, attention_mask: mask } = expected.left_batch;
    const comparable = (_: unknown, b: number): boolean =>
      !check.countsPads || (mask[b] as number[]).every((real) => real === 1);
    const prompts = (ids as number[][])
      .map((row, b) => row.filter((_, t) => mask[b][t] === 1))
      .filter(comparable);
    const found: number[][] = [];
    for await (const completion of generate(model, prompts, { maxTokens: 12, endIds: [] })) {
      found[completion.prompt] = [...completion.ids];
    }
    expect(found).toEqual((expected.generate.greedy_12 as number[][]).filter(comparable));
  });
}
