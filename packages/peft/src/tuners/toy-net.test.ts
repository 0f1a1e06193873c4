/**
 * Every low-rank adapter of golden/peft, made by Hugging Face PEFT on a net of three layers:
 *   logits = score(down_proj(tanh(q_proj(emb(ids)))))
 * The losses are cross-entropies with label 0 everywhere; AdaLoRA was trained by SGD with rate 1.
 */
import { readFileSync } from 'node:fs';
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readAdapter } from '../io/adapter-files.ts';
import type { TensorData } from '../io/safetensors.ts';
import { modelConfig } from '../model/config.ts';
import { type LanguageModel, logits } from '../model/language-model.ts';
import { ProjectionGroup } from '../model/projection.ts';
import { engine, loadEngine, useFusedKernels } from '../tensors/engine.ts';
import { gatherRows } from '../tensors/gather-rows.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, readTensors } from '../testing/index.ts';
import { AdamW } from '../trainer/adamw.ts';
import { trainConfig } from '../trainer/config.ts';
import { passGradients } from '../trainer/gradients.ts';
import { attachTuner } from './index.ts';
import type { Adapter, TrainingRun } from './tuner.ts';

const golden = new URL('../../../../test/golden/peft/', import.meta.url).pathname;
const read = (name: string) => JSON.parse(readFileSync(`${golden}${name}`, 'utf8'));
const { fused } = await loadEngine();
const expected = read('expected.json');
const expected2 = read('expected2.json');

/** The net's names for what a Llama calls otherwise. */
const RENAMED: Readonly<Record<string, string>> = {
  'base_model.model.emb.': 'base_model.model.model.embed_tokens.',
  'base_model.model.score.': 'base_model.model.lm_head.',
};

function renamed(name: string): string {
  const [old, fresh] = Object.entries(RENAMED).find(([prefix]) => name.startsWith(prefix)) ?? [
    '',
    '',
  ];
  return fresh + name.slice(old.length);
}

function readVariant(variant: string) {
  const { config, tensors } = readAdapter(`${golden}${variant}`);
  const targets = (config.target_modules as string[]).map((n) =>
    n === 'emb' ? 'embed_tokens' : n,
  );
  const saved = config.modules_to_save ? { modules_to_save: ['lm_head'] } : {};
  return {
    config: { ...config, target_modules: targets, ...saved },
    // Our heads have no bias; the net's is part of its forward pass.
    tensors: new Map(
      [...tensors].flatMap(([k, v]) => (k.endsWith('score.bias') ? [] : [[renamed(k), v]])),
    ),
  };
}

function toyNet(): { model: LanguageModel; forward: () => Tensor } {
  const { tf } = engine();
  const base = readTensors(`${golden}base.safetensors`);
  const tensor = (name: string): Tensor => {
    const { data, shape } = base.get(name) as TensorData;
    return tf.tensor(data, [...shape], 'float32');
  };
  const kept: Tensor[] = [];
  const keep = (one: Tensor): Tensor => {
    kept.push(tf.keep(one));
    return one;
  };
  const group = (path: string): ProjectionGroup => {
    const weight = keep(tensor(`${path}.weight`));
    const part = { path, start: 0, size: weight.shape[0] as number };
    return new ProjectionGroup([part], weight, keep(tensor(`${path}.bias`)));
  };
  const none = keep(tf.zeros([1, 1]));
  const empty = (): ProjectionGroup => new ProjectionGroup([], none, null);
  const model: LanguageModel = {
    name: 'toy',
    config: modelConfig.parse({
      hidden_size: 6,
      intermediate_size: 8,
      num_hidden_layers: 1,
      num_attention_heads: 1,
      num_key_value_heads: 1,
      head_dim: 6,
      vocab_size: 11,
    }),
    tokenizer: null,
    precision: 'float32',
    storage: 'float32',
    answersInBytes: false,
    blocks: [
      {
        inputNorm: none,
        qkv: group('q_proj'),
        output: empty(),
        postAttentionNorm: none,
        gateUp: empty(),
        down: group('down_proj'),
        hook: null,
      },
    ],
    embedding: keep(tensor('emb.weight')),
    finalNorm: none,
    head: keep(tensor('score.weight')),
    rotary: { cos: none, sin: none },
    embeddingHook: null,
    headHook: null,
    virtualRows: null,
    rowTags: null,
    carried: null,
    dispose: () => tf.dispose(kept),
  };
  const bias = keep(tensor('score.bias'));
  const forward = (): Tensor => {
    const ids = tf.tensor1d((read('ids.json') as number[][]).flat(), 'int32');
    const x = model.embeddingHook?.(ids) ?? gatherRows(model.embedding, ids);
    const block = model.blocks[0] as LanguageModel['blocks'][number];
    const hidden = block.down.forward(tf.tanh(block.qkv.forward(x)));
    return tf.add(logits(model, hidden), bias);
  };
  return { model, forward };
}

describe.each(fused ? [true, false] : [false])('the toy net, fused kernels: %s', (on) => {
  let net: ReturnType<typeof toyNet>;
  let adapter: Adapter | null;
  const output = (): number[] => engine().tf.tidy(() => [...net.forward().dataSync()]);
  const attach = (config: Readonly<Record<string, unknown>>): Adapter => {
    adapter = attachTuner(net.model, config.peft_type as string, config, seededRandom(1));
    return adapter;
  };
  const loss = (): Scalar => {
    const { tf } = engine();
    const label = tf.tensor2d([[1], [0], [0]]);
    const chosen = tf.matMul(tf.logSoftmax(net.forward() as never), label);
    return tf.neg(tf.mean(chosen)) as Scalar;
  };

  beforeAll(() => {
    useFusedKernels(on);
    return () => useFusedKernels(fused);
  });
  beforeEach(() => {
    net = toyNet();
  });
  afterEach(() => {
    adapter?.detach();
    adapter = null;
    net.model.dispose();
  });

  it.each([
    'lora',
    'lora_rslora',
    'lora_pattern',
    'lora_emb',
    'lora_mts',
    'lora_bias_all',
    'lora_bias_only',
    'lora_lbias',
    'dora',
    'adalora',
  ])('gives the outputs of %s, and the base’s when it is off', (variant) => {
    const { config, tensors } = readVariant(variant);
    const one = attach(config);
    one.load(tensors);
    const wanted = (expected[variant].out as number[][][]).flat(2);
    expect(largestDifference(output(), wanted)).toBeLessThan(2e-6);
    expect([...one.state().keys()].sort()).toEqual([...tensors.keys()].sort());
    one.merge?.();
    expect(largestDifference(output(), wanted)).toBeLessThan(2e-6);
    const merged = (net.model.blocks[0] as { qkv: ProjectionGroup }).qkv.weight.dataSync();
    const weight = (expected[variant].merged_q as number[][]).flat();
    expect(largestDifference(merged, weight)).toBeLessThan(1e-6);
    one.detach();
    adapter = null;
    expect(largestDifference(output(), (expected.base as number[][][]).flat(2))).toBeLessThan(1e-6);
  });

  it('has the gradients of DoRA', () => {
    const { params, grads, loss: wanted } = expected2.dora_train;
    const one = attach(readVariant('dora').config);
    // Parameter names have `.default` where files have none, and the magnitude is a weight.
    const key = (name: string): string => `${name.replace('.weight', '')}.default.weight`;
    const state = new Map(
      one.parameters().map(({ name, variable }) => {
        const data = Float32Array.from((params[key(name)] as number[]).flat(2));
        return [name, { shape: variable.shape, data }];
      }),
    );
    one.load(state);
    const found = passGradients(one.parameters(), loss);
    expect(Math.abs(found.loss - wanted)).toBeLessThan(1e-6);
    for (const [name, gradient] of found.gradients) {
      const numbers = (grads[key(name)] as number[]).flat(2);
      expect(largestDifference(gradient.dataSync(), numbers), name).toBeLessThan(2e-6);
      gradient.dispose();
    }
  });

  it('follows AdaLoRA’s ranks over twelve steps', async () => {
    const { tf } = engine();
    const { init, steps, final, out, rank_pattern } = expected2.adalora_trace;
    const one = attach({ ...readVariant('adalora_trained').config, rank_pattern: null });
    const values = (tensors: Record<string, number[]>): Map<string, Float32Array> =>
      new Map(
        Object.entries(tensors).map(([k, v]) => [
          k.replace('.default', ''),
          Float32Array.from(v.flat(2)),
        ]),
      );
    const start = values(init);
    one.load(
      new Map(
        one.parameters().map(({ name, variable }) => {
          return [name, { shape: variable.shape, data: start.get(name) as Float32Array }];
        }),
      ),
    );
    const settings = trainConfig.parse({});
    const optimizer = new AdamW(settings);
    const run: TrainingRun = {
      model: net.model,
      examples: [],
      totalSteps: 12,
      config: settings,
      random: seededRandom(1),
      loss,
    };
    await one.begin?.(run);
    for (const step of steps) {
      const { loss: value, gradients } = passGradients(
        one.parameters(),
        () => tf.add(loss(), one.penalty?.() as Scalar) as Scalar,
      );
      expect(Math.abs(value - step.loss)).toBeLessThan(1e-5);
      for (const { name, variable } of one.parameters()) {
        tf.tidy(() => variable.assign(tf.sub(variable, gradients.get(name) as Tensor)));
      }
      const report = { step: step.step + 1, loss: value, gradients, optimizer, run };
      await one.onStep?.(report);
      tf.dispose([...gradients.values()]);
      for (const [name, wanted] of values(step.E)) {
        const e = one.parameters().find((parameter) => parameter.name === name)?.variable;
        const difference = largestDifference(e?.dataSync() ?? [], wanted);
        expect(difference, `${name} at step ${step.step}`).toBeLessThan(1e-5);
      }
    }
    for (const [name, wanted] of values(final)) {
      const found = one.parameters().find((parameter) => parameter.name === name)?.variable;
      expect(largestDifference(found?.dataSync() ?? [], wanted), name).toBeLessThan(1e-4);
    }
    expect(largestDifference(output(), (out as number[][][]).flat(2))).toBeLessThan(1e-4);
    const pattern = Object.entries(rank_pattern).map(([k, v]) => [k.replace('.default', ''), v]);
    expect(one.config.rank_pattern).toEqual(Object.fromEntries(pattern));
    const { tensors } = readVariant('adalora_trained');
    for (const [name, tensor] of one.state()) {
      const wanted = tensors.get(name) as TensorData;
      expect(tensor.shape).toEqual(wanted.shape);
      expect(largestDifference(tensor.dataSync(), wanted.data), name).toBeLessThan(1e-4);
    }
  });
});
