/** Whole parameters as float32 variables under their Hugging Face names: full fine-tuning of some. */
import type { Tensor, Variable } from '@tensorflow/tfjs';
import { castRaw } from '../../tensors/cast.ts';
import { computedValues } from '../../tensors/computed-values.ts';
import { engine } from '../../tensors/engine.ts';
import { overwriteRows } from '../../tensors/sparse-rows.ts';
import { loadVariables, type SavedState } from '../load-variables.ts';
import type { NamedVariable } from '../tuner.ts';
import { byTensor, type NamedParameter, parameterRows } from './base-parameters.ts';
import { type TensorContent, TrainedTensor } from './trained-tensor.ts';

export class DenseWeights {
  readonly parameters: readonly NamedVariable[];
  private readonly tensors: readonly TrainedTensor[];
  private readonly contents: readonly DenseContent[];

  /** Each variable starts at the base's values. */
  constructor(parameters: readonly NamedParameter[]) {
    const groups = [...byTensor(parameters).values()];
    this.contents = groups.map((group) => new DenseContent(group));
    this.tensors = groups.map(
      ([first], i) =>
        new TrainedTensor((first as NamedParameter).tensor, this.contents[i] as DenseContent),
    );
    const variables = new Map(this.contents.flatMap(({ named }) => [...named]));
    this.parameters = parameters.map(({ name }) => ({
      name,
      variable: variables.get(name) as Variable,
    }));
  }

  state(): ReadonlyMap<string, Tensor> {
    return new Map(this.parameters.map(({ name, variable }) => [name, variable]));
  }

  /** @throws PeftError 'mismatch' naming every wrong or missing tensor */
  load(state: SavedState): void {
    loadVariables(this.parameters, state);
  }

  /** How far each parameter has moved, entry by entry: |w − w₀|. */
  distances(): ReadonlyMap<string, Float32Array> {
    return new Map(
      this.tensors.flatMap(({ base }, i) => (this.contents[i] as DenseContent).distances(base)),
    );
  }

  /** Whether the weights stay as they are. */
  freeze(frozen: boolean): void {
    for (const tensor of this.tensors) tensor.frozen = frozen;
  }

  detach(): void {
    for (const tensor of this.tensors) tensor.detach();
  }
}

/** W with whole rows taken from variables; dW's rows are their gradients. */
class DenseContent implements TensorContent {
  readonly named: ReadonlyMap<string, Variable>;
  private readonly parts: readonly (NamedParameter & { readonly variable: Variable })[];

  constructor(parameters: readonly NamedParameter[]) {
    const { tf } = engine();
    this.parts = parameters.map((parameter) => ({
      ...parameter,
      variable: tf.tidy(() => tf.variable(baseValues(parameter.tensor.tensor, parameter))),
    }));
    this.named = new Map(this.parts.map(({ name, variable }) => [name, variable]));
  }

  get variables(): readonly Variable[] {
    return this.parts.map(({ variable }) => variable);
  }

  compose(base: Tensor): Tensor {
    const blocks = this.parts.map(({ start, variable }) => ({ start, values: variable }));
    return overwriteRows(base, blocks);
  }

  gradients(whole: Tensor): readonly Tensor[] {
    return this.parts.map((parameter) => parameterRows(whole, parameter));
  }

  distances(base: Tensor): readonly (readonly [string, Float32Array])[] {
    const { tf } = engine();
    return this.parts.map(({ variable, ...parameter }) => {
      const distance = () => tf.abs(tf.sub(variable, baseValues(base, parameter)));
      return [parameter.name, computedValues(distance)] as const;
    });
  }

  dispose(): void {
    for (const { variable } of this.parts) variable.dispose();
  }
}

function baseValues(base: Tensor, parameter: NamedParameter): Tensor {
  return castRaw(parameterRows(base, parameter), 'float32');
}
