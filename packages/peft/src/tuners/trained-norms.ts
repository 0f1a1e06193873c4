/** Layer norms of the base model as trained variables, until they are put back. */
import type { Tensor } from '@tensorflow/tfjs';
import { type BaseTensor, baseTensors } from '../model/base-tensors.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { engine } from '../tensors/engine.ts';
import type { NamedVariable } from './tuner.ts';

export interface TrainedNorms {
  readonly variables: readonly NamedVariable[];
  /** Puts the base's own tensors back and disposes the variables. */
  restore(): void;
}

/** Module paths of all layer norms: `model.layers.0.input_layernorm` … `model.norm`. */
export function normPaths(model: LanguageModel): readonly string[] {
  return baseTensors(model)
    .filter(({ kind }) => kind === 'norm')
    .map(pathOf);
}

/**
 * Replaces norms by variables of the same values.
 * @param wanted by module path @param rename from a module path to the name it is saved under
 */
export function trainNorms(
  model: LanguageModel,
  wanted: (path: string) => boolean,
  rename: (path: string) => string,
): TrainedNorms {
  const { tf } = engine();
  const replaced = baseTensors(model)
    .filter((base) => base.kind === 'norm' && wanted(pathOf(base)))
    .map((base) => {
      const original: Tensor = base.tensor;
      const variable = tf.tidy(() => tf.variable(original.clone()));
      base.tensor = variable;
      return { base, original, variable, name: rename(pathOf(base)) };
    });
  return {
    variables: replaced.map(({ name, variable }) => ({ name, variable })),
    restore: () => {
      for (const { base, original, variable } of replaced) {
        base.tensor = original;
        variable.dispose();
      }
    },
  };
}

function pathOf({ parts }: BaseTensor): string {
  return parts[0]?.name.replace(/\.weight$/, '') ?? '';
}
