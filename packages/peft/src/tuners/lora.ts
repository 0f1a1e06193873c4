/**
 * LoRA: Low-Rank Adaptation (Hu et al. 2021, arXiv 2106.09685, eq. 3; chapter eq. 4.9).
 *   y = x·Wᵀ + s·(dropout(x)·Aᵀ)·Bᵀ,   A[r, in], B[out, r],   s = α/r, or α/√r with rsLoRA
 * A is Kaiming-uniform and B zero, as in the paper and HF-PEFT (the chapter's text swaps them and
 * scales by α), so training starts at the base's output. Merged: W + s·B·A.
 */
import { attachLora } from './lora-adapter.ts';
import { type LoraConfig, loraConfig } from './lora-config.ts';
import { defineTuner } from './tuner.ts';

defineTuner<LoraConfig>({
  name: 'lora',
  peftType: 'LORA',
  family: 'low-rank',
  paper: 'Hu et al. 2021, arXiv 2106.09685',
  parameterCount: {
    en: 'Σ over target layers of r·(in + out)',
    zh: '各目标层的 r·(in + out) 之和',
  },
  startsAtBase: true,
  learningRate: 5e-4,
  defaults: { r: 16, lora_alpha: 32, target_modules: 'all-linear' },
  config: loraConfig,
  attach: attachLora,
});
