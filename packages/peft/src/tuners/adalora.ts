/**
 * AdaLoRA: Adaptive Budget Allocation (Zhang et al. 2023, arXiv 2303.10512, eq. 3; chapter eq. 4.11).
 *   y = x·Wᵀ + s·(dropout(x)·(A ∘ E)ᵀ)·Bᵀ,   A[r, in], E[r, 1], B[out, r],   s = α/(init_r + 1e-5)
 * A and B are kept near orthonormal by a penalty, so that E acts as singular values; ranks that matter
 * least are taken away until target_r are left on average. Only kept ranks are saved, as in HF-PEFT.
 */
import type { Tensor } from '@tensorflow/tfjs';
import type { LanguageModel } from '../model/language-model.ts';
import type { Random } from '../tensors/random.ts';
import { type AdaLoraConfig, adaLoraConfig } from './adalora-config.ts';
import { AdaLoraLayer } from './adalora-layer.ts';
import { orthogonalityPenalty } from './adalora-orthogonality.ts';
import { RankAllocator } from './adalora-ranks.ts';
import { SavedRanks, storedRanks } from './adalora-saved-ranks.ts';
import { type RankSchedule, scheduleLength } from './adalora-schedule.ts';
import { loadVariables } from './load-variables.ts';
import { lowRankAdapter, savedConfig } from './low-rank-adapter.ts';
import { attachModules } from './low-rank-modules.ts';
import { type Adapter, defineTuner } from './tuner.ts';

defineTuner<AdaLoraConfig>({
  name: 'adalora',
  peftType: 'ADALORA',
  family: 'low-rank',
  paper: 'Zhang et al. 2023, arXiv 2303.10512',
  parameterCount: {
    en: 'Σ over target layers of init_r·(in + out + 1)',
    zh: '各目标层的 init_r·(in + out + 1) 之和',
  },
  startsAtBase: true,
  learningRate: 2e-3,
  defaults: { init_r: 16, target_r: 8, lora_alpha: 32, target_modules: 'all-linear' },
  config: adaLoraConfig,
  attach: attachAdaLora,
});

const TOTAL = 'total_steps';

function attachAdaLora(model: LanguageModel, config: AdaLoraConfig, random: Random): Adapter {
  const { init_r, rank_pattern } = config;
  const stored = storedRanks(rank_pattern);
  const fields = { ...config, r: init_r, rank_pattern: {}, use_rslora: false };
  const modules = attachModules(model, fields, random, {
    createLayer: (part, inputSize) => {
      const rank = stored.get(part.path)?.filter(Boolean).length ?? init_r;
      const scale = config.lora_alpha / (init_r + 1e-5);
      return new AdaLoraLayer(part, inputSize, rank, scale, random, !config.init_lora_weights);
    },
    embeddings: false,
  });
  const layers = modules.layers();
  const ranks = new RankAllocator(layers, config.beta1, config.beta2);
  const saved = new SavedRanks(layers, rank_pattern, init_r);
  let total: number | null = null;
  const schedule = (length: number): RankSchedule => ({
    ...config,
    total: length,
    initial: layers.reduce((sum, { rank }) => sum + rank, 0),
    target: config.target_r * layers.length,
  });
  return lowRankAdapter(modules, {
    config: () => ({
      ...savedConfig(fields, modules),
      r: config.r,
      use_rslora: config.use_rslora,
      total_step: total ?? config.total_step,
      rank_pattern: saved.pattern(ranks.kept),
    }),
    state: () => {
      const variables = modules.variables().map(({ name, variable }) => [name, variable] as const);
      return new Map<string, Tensor>([...variables, ...saved.tensors(ranks.kept)]);
    },
    load: (state) => {
      // A file with all ranks is the start of a training, whatever was kept at its end.
      if (layers.every(({ names }) => state.get(names.a)?.shape[0] === init_r)) {
        for (const layer of layers) if (layer.rank !== init_r) layer.resize(init_r);
        saved.forgetStored();
      }
      loadVariables(modules.variables(), state);
    },
    begin: (run) => {
      total = scheduleLength(config, run.totalSteps);
    },
    onStep: ({ step, gradients, run }) => {
      ranks.afterStep(step - 1, gradients, schedule(total ?? run.totalSteps));
    },
    penalty: () => {
      const factors = { a: layers.map(({ a }) => a), b: layers.map(({ b }) => b) };
      return orthogonalityPenalty(factors, config.orth_reg_weight);
    },
    progress: {
      state: () => {
        const length = Float32Array.of(total ?? 0);
        return new Map([...ranks.state(), [TOTAL, { shape: [1], data: length }]]);
      },
      load: (state) => {
        ranks.load(state);
        total = state.get(TOTAL)?.data[0] || null;
      },
    },
    detach: () => {
      saved.dispose();
      ranks.dispose();
    },
  });
}
