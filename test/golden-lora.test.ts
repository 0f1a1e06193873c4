import { followGoldenAdapters } from './follow-golden-adapter.ts';

followGoldenAdapters([
  'lora',
  'lora-qwen2',
  'lora-all-linear',
  'lora-rslora',
  'lora-patterns',
  'lora-bias-all-qwen2',
  'lora-bias-only-qwen2',
  'lora-modules-to-save-qwen2',
]);
