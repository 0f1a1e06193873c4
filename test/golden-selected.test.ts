/**
 * Masks, scores and losses of the selective methods against plain torch after the papers
 * (golden/selective) and BitFit against torch's AdamW (golden/peft-llm/bitfit-qwen2).
 */
import { readFileSync } from 'node:fs';
import {
  type Adapter,
  adapterState,
  attachTuner,
  type Engine,
  engine,
  hiddenRows,
  type LanguageModel,
  loadEngine,
  logits,
  openLanguageModel,
  packBatch,
  seededRandom,
  type TrainExample,
  type TrainingRun,
  train,
  trainConfig,
} from '@quaestor/peft';
import { largestDifference, readTensors, useFusedKernels } from '@quaestor/peft/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AdamW } from '../packages/peft/src/trainer/adamw.ts';
import { packedLoss } from '../packages/peft/src/trainer/loss.ts';

const golden = new URL('golden/', import.meta.url).pathname;
const { fused } = await loadEngine();
const expected = JSON.parse(readFileSync(`${golden}selective/expected.json`, 'utf8'));
const examples: TrainExample[] = expected.input_ids.map((ids: number[], i: number) => ({
  ids,
  labelStart: expected.labels[i].findIndex((label: number) => label !== -100),
}));
const plain = {
  max_grad_norm: null,
  lr_scheduler_type: 'constant',
  warmup_ratio: 0,
  batch_size: examples.length,
} as const;
/** The references let every parameter decay, biases and norms included. */
const decayingAll = (weightDecay: number) => ({
  parameterGroups: [{ match: () => true, weightDecay }],
});

type Tensor = InstanceType<Engine['tf']['Tensor']>;
/** A mask as the golden file lists it. */
type Listed = Record<string, { count: number; first50: number[]; index_sum: number }>;

describe.each(fused ? [true, false] : [false])('selective methods, fused kernels: %s', (on) => {
  let model: LanguageModel;
  let run: TrainingRun;

  beforeAll(() => {
    useFusedKernels(on);
    return () => useFusedKernels(fused);
  });
  beforeEach(async () => {
    model = await openLanguageModel(`${golden}models/tiny-qwen2`, { precision: 'float32' });
    run = {
      model,
      examples,
      totalSteps: 6,
      config: trainConfig.parse(plain),
      random: seededRandom(1),
      // All examples have the same number of labels.
      loss: (some) => packedLoss(model, some, 6 * some.length),
    };
    return () => model.dispose();
  });

  const attach = async (method: string, config: Record<string, unknown>): Promise<Adapter> => {
    const adapter = attachTuner(model, method, config, seededRandom(1));
    await adapter.begin?.(run);
    return adapter;
  };
  /** The trained entries by parameter, as flat indices. */
  const maskOf = (adapter: Adapter): Map<string, number[]> => {
    const state = adapter.progress?.state();
    const masks = new Map<string, number[]>();
    for (const [key, { data: rows }] of state ?? []) {
      const name = /^trained\.(.*)\.rows$/.exec(key)?.[1];
      if (name === undefined) continue;
      const columns = state?.get(`trained.${name}.columns`)?.data as Float32Array;
      masks.set(
        name,
        Array.from(rows, (row, i) => row * columnsOf(name) + (columns[i] as number)),
      );
    }
    return masks;
  };
  const columnsOf = (name: string): number => {
    if (name.endsWith('.bias') || name.endsWith('norm.weight')) return 0;
    return name.includes('down_proj') ? model.config.intermediate_size : model.config.hidden_size;
  };

  const expectMask = (adapter: Adapter, wanted: Listed): void => {
    const found = [...maskOf(adapter)].map(([name, indices]) => [
      name,
      {
        count: indices.length,
        first50: indices.slice(0, 50),
        index_sum: indices.reduce((sum, index) => sum + index, 0),
      },
    ]);
    expect(Object.fromEntries(found)).toEqual(wanted);
  };

  /** One step of w ← w − 0.1·∂L/∂w over all examples. @returns the loss before it */
  const descend = (adapter: Adapter): number => {
    const { tf } = engine();
    const variables = adapter.parameters().map(({ variable }) => variable);
    const { value, grads } = tf.variableGrads(() => run.loss(examples), variables);
    tf.tidy(() => {
      for (const variable of variables) {
        variable.assign(tf.sub(variable, tf.mul(grads[variable.name] as Tensor, 0.1)));
      }
    });
    tf.dispose(Object.values(grads));
    const loss = value.dataSync()[0] as number;
    value.dispose();
    return loss;
  };
  const lossNow = (): number => engine().tf.tidy(() => run.loss(examples).dataSync()[0] as number);

  const layers = 'model\\.layers\\..*';
  it.each<[string, string, Record<string, unknown>]>([
    ['fishmask', 'fishmask', { keep_ratio: 0.005 }],
    ['child_tuning_d', 'child-tuning-d', {}],
    ['child_tuning_d_batch_fisher', 'child-tuning-d', { fisher_batch_size: 4 }],
    ['pafi', 'pafi', {}],
    ['sam_second_order', 'sam', {}],
    ['sam_code_default', 'sam', { ranking: 'per-parameter', target_modules: layers }],
  ])('%s chooses the same entries and follows the same losses', async (golden, method, config) => {
    const wanted = expected.methods[golden];
    const adapter = await attach(method, config);
    expectMask(adapter, wanted.tensors);
    const losses = [1, 2, 3].map(() => descend(adapter));
    expect(largestDifference([...losses, lossNow()], wanted.sgd_losses)).toBeLessThan(1e-4);
    adapter.detach();
  });

  it('fish_dip chooses anew before steps 0, 2 and 4', async () => {
    const wanted = expected.methods.fish_dip;
    const adapter = await attach('fish-dip', { update_steps: 2 });
    const optimizer = new AdamW(run.config);
    const losses: number[] = [];
    for (let step = 0; step < 6; step++) {
      if (step % 2 === 0) expectMask(adapter, wanted.recomputations[step / 2].tensors);
      losses.push(descend(adapter));
      const report = { step: step + 1, loss: 0, gradients: new Map(), optimizer, run };
      await adapter.onStep?.(report);
    }
    expect(largestDifference([...losses, lossNow()], wanted.sgd_losses)).toBeLessThan(1e-4);
    adapter.detach();
  });

  it('lt_sft finds what moves most and starts again at the pretrained weights', async () => {
    const wanted = expected.methods.lt_sft;
    const adapter = await attach('lt-sft', { full_ft_steps: 5 });
    const first = [1, 2, 3, 4, 5].map(() => descend(adapter));
    expect(largestDifference([...first, lossNow()], wanted.phase1_losses)).toBeLessThan(1e-4);
    const optimizer = new AdamW(run.config);
    await adapter.onStep?.({ step: 5, loss: 0, gradients: new Map(), optimizer, run });
    expectMask(adapter, wanted.tensors);
    const losses = [1, 2, 3].map(() => descend(adapter));
    expect(largestDifference([...losses, lossNow()], wanted.sgd_losses)).toBeLessThan(1e-4);
    adapter.detach();
  });

  it('lt_sft_adamw: the trainer’s own first phase finds the same entries', async () => {
    const wanted = expected.methods.lt_sft_adamw;
    const adapter = attachTuner(model, 'lt-sft', { full_ft_steps: 5 }, seededRandom(1));
    const config = trainConfig.parse({
      ...plain,
      learning_rate: 1e-2,
      weight_decay: 0.01,
      num_train_epochs: 6,
    });
    const losses: number[] = [];
    for await (const event of train(model, adapter, examples, config, decayingAll(0.01))) {
      if (event.type === 'step') losses.push(event.loss);
      if (losses.length === 5) break;
    }
    expect(largestDifference(losses, wanted.phase1_losses.slice(0, 5))).toBeLessThan(1e-4);
    // The first steps of Adam move every entry about as far: near ties may fall either way.
    const found = maskOf(adapter);
    const listed = Object.entries(wanted.tensors as Listed).flatMap(([name, { first50 }]) =>
      first50.map((index) => found.get(name)?.includes(index) ?? false),
    );
    expect(listed.filter(Boolean).length / listed.length).toBeGreaterThan(0.97);
    expect([...found.values()].flat()).toHaveLength(wanted.k);
    const after = [1, 2, 3].map(() => descend(adapter));
    expect(largestDifference([...after, lossNow()], wanted.sgd_losses)).toBeLessThan(1e-3);
    adapter.detach();
  });

  it('full fine-tuning has the gradients of a sharpness-aware step', async () => {
    const { tf } = engine();
    const wanted = expected.sharpness_aware_minimization;
    const adapter = await attach('full', {});
    const variables = adapter.parameters().map(({ variable }) => variable);
    const start = variables.map((variable) => variable.dataSync().slice() as Float32Array);
    const gradientsHere = (): { loss: number; gradients: Tensor[]; norm: number } => {
      const { value, grads } = tf.variableGrads(() => run.loss(examples), variables);
      const gradients = variables.map(({ name }) => grads[name] as Tensor);
      const squares = gradients.map((gradient) =>
        tf.tidy(() => tf.sum(tf.square(gradient)).dataSync()[0] as number),
      );
      const loss = value.dataSync()[0] as number;
      value.dispose();
      return { loss, gradients, norm: Math.sqrt(squares.reduce((sum, x) => sum + x, 0)) };
    };
    const moveBy = (gradients: Tensor[], factor: number): void => {
      for (const [i, variable] of variables.entries()) {
        tf.tidy(() => {
          const origin = tf.tensor(start[i] as Float32Array, variable.shape);
          variable.assign(tf.add(origin, tf.mul(gradients[i] as Tensor, factor)));
        });
      }
    };
    const here = gradientsHere();
    expect(here.norm).toBeCloseTo(wanted.grad_norm, 4);
    moveBy(here.gradients, wanted.rho / here.norm);
    const perturbed = gradientsHere();
    expect(perturbed.loss).toBeCloseTo(wanted.loss_at_perturbed, 4);
    expect(perturbed.norm).toBeCloseTo(wanted.perturbed_grad_norm, 4);
    moveBy(perturbed.gradients, -wanted.lr);
    expect(lossNow()).toBeCloseTo(wanted.loss_after_step, 4);
    tf.dispose([...here.gradients, ...perturbed.gradients]);
    adapter.detach();
  });
});

describe.each(fused ? [true, false] : [false])('BitFit, fused kernels: %s', (on) => {
  beforeAll(() => {
    useFusedKernels(on);
    return () => useFusedKernels(fused);
  });

  it('trains the biases as torch does and saves them under their names', async () => {
    const folder = `${golden}peft-llm/bitfit-qwen2`;
    const wanted = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8'));
    const model = await openLanguageModel(`${golden}models/tiny-qwen2`, { precision: 'float32' });
    const adapter = attachTuner(model, 'bitfit', {}, seededRandom(1));
    adapter.load(readTensors(`${folder}/initial_trainable.safetensors`));
    const { input_ids: ids, attention_mask: mask, labels } = wanted.train_batch;
    const batch = (ids as number[][]).map((row, b) => ({
      ids: row.filter((_, t) => mask[b][t] === 1),
      labelStart: (labels[b] as number[]).findIndex((label) => label !== -100),
    }));
    const { lr, weight_decay, steps } = wanted.optimizer;
    const config = trainConfig.parse({
      ...plain,
      learning_rate: lr,
      weight_decay,
      num_train_epochs: steps,
    });
    const losses: number[] = [];
    for await (const event of train(model, adapter, batch, config, decayingAll(weight_decay))) {
      if (event.type === 'step') losses.push(event.loss);
    }
    expect(largestDifference(losses, wanted.losses.slice(0, steps))).toBeLessThan(1e-4);
    const biases = readTensors(`${folder}/bitfit_biases.safetensors`);
    const found = adapterState(adapter);
    expect([...found.keys()].sort()).toEqual([...biases.keys()].sort());
    for (const [name, { data }] of biases) {
      expect(largestDifference(found.get(name)?.data ?? [], data), name).toBeLessThan(1e-4);
    }
    adapter.load(biases);
    const rows = engine().tf.tidy(() => {
      const positions = (ids as number[][]).map((row) => row.map((_, t) => t));
      return logits(model, hiddenRows(model, packBatch(ids, mask, positions))).arraySync();
    }) as number[][];
    for (const [b, positions] of (wanted.final_logits_positions as number[][]).entries()) {
      for (const [k, position] of positions.entries()) {
        const row = rows[b * ids[0].length + position] ?? [];
        const listed = wanted.final_logits_train_batch_last2[b][k];
        expect(largestDifference(row, listed)).toBeLessThan(1e-4);
      }
    }
    adapter.detach();
    model.dispose();
  });
});
