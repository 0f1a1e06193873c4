import { type Adapter, expectBaseModel, type LanguageModel, readAdapter } from '@quaestor/peft';
import { openAdapters } from '../adapters.ts';

/**
 * Gives an attached adapter the parameters of one in the hub.
 * @throws PeftError 'not-found' | 'mismatch' for another base or another method
 */
export function startFrom(name: string, adapter: Adapter, model: LanguageModel): void {
  const entry = openAdapters().get(name);
  expectBaseModel(entry, model.name);
  adapter.load(readAdapter(entry.path).tensors);
}
