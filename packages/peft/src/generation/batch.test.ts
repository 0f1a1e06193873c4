import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LanguageModel } from '../model/language-model.ts';
import { loadEngine } from '../tensors/engine.ts';
import { tinyModel } from '../testing/index.ts';
import { Batch } from './batch.ts';
import { Decoder } from './decoder.ts';
import { Writing } from './writing.ts';

await loadEngine();
let model: LanguageModel;
beforeAll(() => {
  model = tinyModel();
});
afterAll(() => model.dispose());

/** A decoder that notes which prompts it reads in one pass. */
class NotingDecoder extends Decoder {
  readonly passes: number[][][] = [];

  override prefill(prompts: Parameters<Decoder['prefill']>[0]): ReturnType<Decoder['prefill']> {
    this.passes.push(prompts.map(({ ids }) => [...ids]));
    return super.prefill(prompts);
  }
}

it('reads the prompts of a request together, and those of another in a pass of their own', async () => {
  const decoder = new NotingDecoder(model, 8, 64);
  const batch = new Batch(model, decoder, 8, 8);
  const [first, second, third] = [[[1, 2, 3]], [[4, 5], [6]], [[7, 8]]];
  const options = { maxTokens: 4, endIds: [] };
  for (const prompts of [first, second, third]) batch.add(new Writing(model, prompts, options));
  while (batch.busy) await batch.step();
  batch.dispose();
  expect(decoder.passes).toEqual([first, second, third]);
});
