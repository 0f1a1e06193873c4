import type { LanguageModel } from './language-model.ts';

/** Tokens that a sequence may have: positions of the model without those of an adapter's rows. */
export function reachOfSequences({
  rotary,
  virtualRows,
}: Pick<LanguageModel, 'rotary' | 'virtualRows'>): number {
  return (rotary.cos.shape[0] as number) - (virtualRows?.length ?? 0);
}
