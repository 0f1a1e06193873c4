/**
 * DoRA: Weight-Decomposed Low-Rank Adaptation (Liu et al. 2024, arXiv 2402.09353, eq. 5; chapter eq. 4.14).
 *   W' = m ⊙ V/‖V‖,   V = W + s·B·A,   m[out] from ‖V‖ at the start
 * ‖·‖ is the length of each output row of a torch weight [out, in]: the paper and the chapter write
 * the transpose and say "column". It is a constant of the gradient (paper §4.3). HF-PEFT saves DoRA
 * as a LoRA with `use_dora`. In bfloat16 W' is rounded as a merged weight would be.
 */
import { attachLora } from './lora-adapter.ts';
import { type LoraConfig, loraConfig } from './lora-config.ts';
import { defineTuner } from './tuner.ts';

defineTuner<LoraConfig>({
  name: 'dora',
  peftType: 'LORA',
  family: 'low-rank',
  paper: 'Liu et al. 2024, arXiv 2402.09353',
  parameterCount: {
    en: 'Σ over target layers of r·(in + out) + out',
    zh: '各目标层的 r·(in + out) + out 之和',
  },
  startsAtBase: true,
  learningRate: 3e-4,
  defaults: { r: 16, lora_alpha: 32, target_modules: 'all-linear' },
  config: loraConfig,
  attach: (model, config, random) => attachLora(model, { ...config, use_dora: true }, random),
});
