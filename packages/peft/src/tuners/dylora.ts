/**
 * DyLoRA: Dynamic Search-Free Low-Rank Adaptation (Valipour et al. 2023, arXiv 2210.07558, alg. 1).
 * Each step draws a rank b from 1…r, the same for all layers, and trains
 *   y = x·Wᵀ + α/b·(x·A[:b]ᵀ)·B[:, :b]ᵀ
 * so that the adapter works at every rank: `truncateRank` cuts it. Outside of training all ranks are
 * in use. Saved is a LoRA of rank r.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import type { LanguageModel } from '../model/language-model.ts';
import { engine } from '../tensors/engine.ts';
import { type Random, seededRandom } from '../tensors/random.ts';
import { type DyLoraConfig, dyLoraConfig } from './dylora-config.ts';
import { DyLoraLayer } from './dylora-layer.ts';
import { drawFactors } from './lora-layer.ts';
import { lowRankAdapter, savedAsLora, savedConfig } from './low-rank-adapter.ts';
import { savedName } from './low-rank-layer.ts';
import { attachModules } from './low-rank-modules.ts';
import { type Adapter, defineTuner } from './tuner.ts';

defineTuner<DyLoraConfig>({
  name: 'dylora',
  peftType: 'DYLORA',
  family: 'low-rank',
  paper: 'Valipour et al. 2023, arXiv 2210.07558',
  parameterCount: {
    en: 'Σ over target layers of r·(in + out)',
    zh: '各目标层的 r·(in + out) 之和',
  },
  startsAtBase: true,
  learningRate: 5e-4,
  defaults: { r: 16, lora_alpha: 32, target_modules: 'all-linear' },
  config: dyLoraConfig,
  attach: attachDyLora,
});

function attachDyLora(model: LanguageModel, config: DyLoraConfig, random: Random): Adapter {
  /** The rank that this step trains, null outside of runs. */
  let drawn: number | null = null;
  const rankOf = (layer: DyLoraLayer): number =>
    drawn !== null && modules.dropout.training ? Math.min(drawn, layer.rank) : layer.rank;
  const modules = attachModules(model, config, random, {
    createLayer: (part, inputSize) => {
      const factors = drawFactors(part, inputSize, config, random);
      return new DyLoraLayer(part, factors, config, rankOf);
    },
    embeddings: false,
  });
  const most = Math.max(...modules.layers().map(({ rank }) => rank));
  const seed = random.integer(2 ** 31);
  return lowRankAdapter(modules, {
    config: () => savedAsLora(savedConfig(config, modules)),
    trains: ({ name }) => !(config.lora_fa && name.endsWith('.lora_A.weight')),
    startStep: (finished) => {
      drawn = 1 + seededRandom(seed + finished).integer(most);
    },
    adjust: (gradients) => {
      if (!config.frozen) return;
      for (const layer of modules.layers()) onlyLastRank(gradients, layer, rankOf(layer) - 1);
    },
  });
}

/** Leaves of a layer's gradients the row of A and the column of B of one rank. */
function onlyLastRank(gradients: Map<string, Tensor>, layer: DyLoraLayer, last: number): void {
  const { tf } = engine();
  const keep = (name: string, mask: (hot: Tensor2D) => Tensor): void => {
    const gradient = gradients.get(name);
    if (!gradient) return;
    const hot = (): Tensor2D => tf.oneHot(tf.tensor1d([last], 'int32'), layer.rank) as Tensor2D;
    gradients.set(
      name,
      tf.tidy(() => tf.mul(gradient, mask(tf.cast(hot(), 'float32')))),
    );
    gradient.dispose();
  };
  keep(savedName(layer.path, 'lora_A.weight'), (hot) => tf.transpose(hot));
  keep(savedName(layer.path, 'lora_B.weight'), (hot) => hot);
}
