import { PeftError } from '../errors.ts';
import { firstProblems } from '../first-problems.ts';
import { engine } from '../tensors/engine.ts';
import type { NamedVariable } from './tuner.ts';

/** Of a file for another model every tensor is one. */
const MOST_PROBLEMS = 20;

/** Saved tensors by name, as `readAdapter` returns them. */
export type SavedState = ReadonlyMap<
  string,
  { readonly shape: readonly number[]; readonly data: Float32Array }
>;

/**
 * Assigns saved tensors to variables; nothing is assigned unless everything fits.
 * @throws PeftError 'mismatch' naming the first missing, unexpected or wrongly shaped tensors
 */
export function loadVariables(variables: readonly NamedVariable[], state: SavedState): void {
  const { tf } = engine();
  const known = new Set(variables.map(({ name }) => name));
  const problems = [...state.keys()]
    .filter((name) => !known.has(name))
    .map((name) => ({
      en: `${name}: not part of this adapter`,
      zh: `${name}：不属于这个适配器`,
    }));
  for (const { name, variable } of variables) {
    const saved = state.get(name);
    if (!saved) problems.push({ en: `${name}: missing`, zh: `${name}：缺失` });
    else if (saved.shape.join() !== variable.shape.join()) {
      problems.push({
        en: `${name}: expected [${variable.shape}], got [${saved.shape}]`,
        zh: `${name}：应为 [${variable.shape}]，实际为 [${saved.shape}]`,
      });
    }
  }
  if (problems.length > 0) {
    throw new PeftError(
      'mismatch',
      {
        en: 'the saved adapter does not fit this model and configuration',
        zh: '保存的适配器与这个模型和配置不符',
      },
      { problems: firstProblems(problems, MOST_PROBLEMS) },
    );
  }
  for (const { name, variable } of variables) {
    const saved = state.get(name);
    if (saved) tf.tidy(() => variable.assign(tf.tensor(saved.data, [...saved.shape], 'float32')));
  }
}
