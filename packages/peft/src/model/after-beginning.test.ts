import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { engine, loadEngine, useFusedKernels } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, tinyModel } from '../testing/index.ts';
import { attachTuner } from '../tuners/index.ts';
import { afterBeginning } from './after-beginning.ts';
import { hiddenRows, type LanguageModel } from './language-model.ts';
import { packSequences } from './packing.ts';

const { fused: hasKernels } = await loadEngine();
/** Without kernels there is one form of every op. */
const forms = hasKernels ? [true, false] : [false];

let model: LanguageModel;
beforeAll(() => {
  model = tinyModel();
});
afterAll(() => model.dispose());
afterEach(() => useFusedKernels(hasKernels));

const beginning = [3, 9, 27, 5, 8];
const rests = [[4, 6, 1], [11], [2, 2, 7, 30]];

const hidden = (of: LanguageModel, sequences: readonly (readonly number[])[]): Float32Array => {
  const { tf } = engine();
  let end = 0;
  const last = sequences.map(({ length }) => {
    end += length;
    return end - 1;
  });
  return tf.tidy(() => hiddenRows(of, packSequences(sequences), last).dataSync() as Float32Array);
};

describe('afterBeginning', () => {
  it.each(forms)('reads on as if it had read all, fused kernels %s', (fused) => {
    useFusedKernels(fused);
    const view = afterBeginning(model, beginning);
    const expected = hidden(
      model,
      rests.map((rest) => [...beginning, ...rest]),
    );
    expect(largestDifference(hidden(view, rests), expected)).toBeLessThan(1e-4);
    view.dispose();
    expect(largestDifference(hidden(model, rests), expected)).toBeGreaterThan(1e-2);
  });

  it('refuses a model with virtual rows', () => {
    const settings = { num_virtual_tokens: 2 };
    const adapter = attachTuner(model, 'prompt-tuning', settings, seededRandom(2));
    expect(() => afterBeginning(model, beginning)).toThrow(/has virtual rows/);
    adapter.detach();
  });
});
