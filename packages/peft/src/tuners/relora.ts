/**
 * ReLoRA: High-Rank Training Through Low-Rank Updates (Lialin et al. 2023, arXiv 2307.05695, alg. 1;
 * chapter eq. 4.10). Every n steps W ← W + s·B·A, A is drawn anew, B becomes zero (the chapter's text
 * swaps them) and the moments of both are pruned: the sum of k changes of rank r has rank up to k·r.
 * With `lr_scheduler_type: cosine_restarts` each restart warms up again. What is not adapted stays
 * frozen; the paper trains it whole, as `modules_to_save` does.
 * Saved is one LoRA of rank (restarts + 1)·r for the base as it was, which any reader of LoRA loads.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { PeftError } from '../errors.ts';
import type { TensorData } from '../io/safetensors.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { engine } from '../tensors/engine.ts';
import { type Random, seededRandom } from '../tensors/random.ts';
import { restartInterval } from '../trainer/schedule.ts';
import { DerivedTensors } from './derived-tensors.ts';
import { loadVariables } from './load-variables.ts';
import { createLoraLayer } from './lora-layer.ts';
import { multipliedRank } from './lora-rank.ts';
import { lowRankAdapter, savedAsLora, savedConfig } from './low-rank-adapter.ts';
import { savedName } from './low-rank-layer.ts';
import { attachModules } from './low-rank-modules.ts';
import { AccumulatedChange } from './relora-accumulated.ts';
import { type ReLoraConfig, reLoraConfig } from './relora-config.ts';
import { restart } from './relora-restart.ts';
import { type Adapter, defineTuner, type TrainingRun } from './tuner.ts';

defineTuner<ReLoraConfig>({
  name: 'relora',
  peftType: 'RELORA',
  family: 'low-rank',
  paper: 'Lialin et al. 2023, arXiv 2307.05695',
  parameterCount: {
    en: 'Σ over target layers of r·(in + out)',
    zh: '各目标层的 r·(in + out) 之和',
  },
  startsAtBase: true,
  learningRate: 1e-3,
  defaults: { r: 16, lora_alpha: 32, target_modules: 'all-linear' },
  config: reLoraConfig,
  attach: attachReLora,
});

const stored = (path: string, factor: 'A' | 'B'): string =>
  savedName(path, `accumulated_${factor}`);

function attachReLora(model: LanguageModel, config: ReLoraConfig, random: Random): Adapter {
  const modules = attachModules(model, config, random, {
    createLayer: (part, inputSize) => createLoraLayer(part, inputSize, config, random),
    embeddings: false,
  });
  const changes = modules.hooks
    .filter(({ layers }) => layers.length > 0)
    .map((hook) => new AccumulatedChange(hook));
  const seed = random.integer(2 ** 31);
  const derived = new DerivedTensors();
  const restarts = (): number => {
    const change = changes[0];
    const layer = change?.layers[0];
    return layer ? (change.of(layer)?.a.shape[0] ?? 0) / layer.rank : 0;
  };
  return lowRankAdapter(modules, {
    config: () => savedAsLora(multipliedRank(savedConfig(config, modules), restarts() + 1)),
    trains: ({ name }) => !(config.lora_fa && name.endsWith('.lora_A.weight')),
    state: () => {
      derived.clear();
      const state = new Map<string, Tensor>(
        modules.variables().map(({ name, variable }) => [name, variable]),
      );
      if (restarts() === 0) return state;
      for (const change of changes) {
        for (const layer of change.layers) {
          const { path } = layer;
          state.set(
            savedName(path, 'lora_A.weight'),
            derived.keep(() => change.joined(layer).a),
          );
          state.set(
            savedName(path, 'lora_B.weight'),
            derived.keep(() => change.joined(layer).b),
          );
        }
      }
      return state;
    },
    load: (state) => {
      loadVariables(modules.variables(), state);
      for (const change of changes) change.clear();
    },
    begin: (run) => expectRestarts(config, run),
    onStep: ({ step, run, optimizer }) => {
      const every = config.relora_every ?? restartInterval(run.totalSteps);
      // A restart at the very end would only leave zeros behind.
      if (step % every !== 0 || step >= run.totalSteps) return;
      restart(changes, optimizer, config, seededRandom(seed + step));
    },
    progress: {
      state: () => {
        const state = new Map<string, TensorData>();
        for (const change of changes) {
          for (const layer of change.layers) {
            const factors = change.of(layer);
            if (!factors) continue;
            state.set(stored(layer.path, 'A'), read(factors.a));
            state.set(stored(layer.path, 'B'), read(factors.b));
          }
        }
        return state;
      },
      load: (state) => {
        const tensor = (name: string): Tensor => {
          const { shape, data } = state.get(name) as TensorData;
          return engine().tf.tensor(data, [...shape], 'float32');
        };
        for (const change of changes) {
          change.clear();
          if (!change.layers.every(({ path }) => state.has(stored(path, 'A')))) continue;
          change.replace(
            change.layers.map(({ path }) => () => ({
              a: tensor(stored(path, 'A')),
              b: tensor(stored(path, 'B')),
            })),
          );
        }
      },
    },
    detach: () => {
      derived.clear();
      for (const change of changes) change.clear();
    },
  });
}

/** @throws PeftError 'bad-config' when the run ends before the first restart, or warms up at other steps */
function expectRestarts({ relora_every }: ReLoraConfig, { totalSteps, config }: TrainingRun): void {
  const every = relora_every ?? restartInterval(totalSteps);
  if (relora_every !== null && every >= totalSteps) {
    throw new PeftError('bad-config', {
      en: `relora_every is ${every}, but the run has only ${totalSteps} steps; choose a smaller number`,
      zh: `relora_every 是 ${every}，而训练只有 ${totalSteps} 步，请选择更小的数`,
    });
  }
  const warmsUp = config.restart_every ?? restartInterval(totalSteps);
  if (config.lr_scheduler_type === 'cosine_restarts' && warmsUp !== every) {
    throw new PeftError('bad-config', {
      en: `the learning rate restarts every ${warmsUp} steps and ReLoRA every ${every}; set restart_every to ${every}`,
      zh: `学习率每 ${warmsUp} 步重启，而 ReLoRA 每 ${every} 步重启，请将 restart_every 设为 ${every}`,
    });
  }
}

function read(tensor: Tensor): TensorData {
  return { shape: tensor.shape, data: Float32Array.from(tensor.dataSync()) };
}
