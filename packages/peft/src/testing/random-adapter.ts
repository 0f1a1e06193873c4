import { writeAdapter } from '../io/adapter-files.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { seededRandom } from '../tensors/random.ts';
import { adapterState } from '../tuners/adapter-state.ts';
import { attachTuner } from '../tuners/tuner.ts';

/** Writes a LoRA of rank 2 for the model into a folder, its every value drawn at random. */
export function writeRandomAdapter(model: LanguageModel, folder: string, seed: number): void {
  const config = { r: 2, init_lora_weights: false, base_model_name_or_path: model.name };
  const adapter = attachTuner(model, 'lora', config, seededRandom(seed));
  writeAdapter(folder, adapter.config, adapterState(adapter));
  adapter.detach();
}
