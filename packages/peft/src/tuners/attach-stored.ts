import type { StoredAdapter } from '../io/adapter-files.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { seededRandom } from '../tensors/random.ts';
import { type Adapter, attachTuner } from './index.ts';

/**
 * Attaches an adapter as it was saved. When its tensors do not fit, the model is the base again.
 * @throws PeftError as `attachTuner`; 'mismatch' naming the wrong and missing tensors
 */
export function attachStored(model: LanguageModel, { config, tensors }: StoredAdapter): Adapter {
  // The values drawn here are overwritten at once.
  const adapter = attachTuner(model, String(config.peft_type), config, seededRandom(0));
  try {
    adapter.load(tensors);
    return adapter;
  } catch (error) {
    adapter.detach();
    throw error;
  }
}
