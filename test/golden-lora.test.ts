import { followGoldenAdapters } from './follow-golden-adapter.ts';

followGoldenAdapters(['lora', 'lora-qwen2', 'lora-all-linear', 'lora-rslora', 'lora-patterns']);
