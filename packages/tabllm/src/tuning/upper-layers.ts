import type { LanguageModel } from '@quaestor/peft';

/**
 * Settings by which a method leaves the lower layers as they are, for methods that know HF-PEFT's
 * `exclude_modules`. What is frozen runs once for each row instead of once an epoch.
 * @param count layers from the top that are trained; 0: all
 */
export function upperLayersOnly(
  { config }: Pick<LanguageModel, 'config'>,
  count: number,
): Readonly<Record<string, unknown>> {
  const below = config.num_hidden_layers - count;
  if (count === 0 || below <= 0) return {};
  const layers = Array.from({ length: below }, (_, layer) => layer).join('|');
  return { exclude_modules: `model\\.layers\\.(${layers})\\..*` };
}
