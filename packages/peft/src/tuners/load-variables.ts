import { PeftError } from '../errors.ts';
import { engine } from '../tensors/engine.ts';
import type { NamedVariable } from './tuner.ts';

/** Saved tensors by name, as `readAdapter` returns them. */
export type SavedState = ReadonlyMap<
  string,
  { readonly shape: readonly number[]; readonly data: Float32Array }
>;

/**
 * Assigns saved tensors to variables; nothing is assigned unless everything fits.
 * @throws PeftError 'mismatch' naming every missing, unexpected or wrongly shaped tensor
 */
export function loadVariables(variables: readonly NamedVariable[], state: SavedState): void {
  const { tf } = engine();
  const known = new Set(variables.map(({ name }) => name));
  const problems = [...state.keys()]
    .filter((name) => !known.has(name))
    .map((name) => `${name}: not part of this adapter`);
  for (const { name, variable } of variables) {
    const saved = state.get(name);
    if (!saved) problems.push(`${name}: missing`);
    else if (saved.shape.join() !== variable.shape.join()) {
      problems.push(`${name}: expected [${variable.shape}], got [${saved.shape}]`);
    }
  }
  if (problems.length > 0) {
    throw new PeftError(
      'mismatch',
      {
        en: 'the saved adapter does not fit this model and configuration',
        zh: '保存的适配器与这个模型和配置不符',
      },
      { problems },
    );
  }
  for (const { name, variable } of variables) {
    const saved = state.get(name);
    if (saved) tf.tidy(() => variable.assign(tf.tensor(saved.data, [...saved.shape], 'float32')));
  }
}
