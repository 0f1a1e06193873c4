/** A trained linear layer: y = x·Wᵀ + b with W[out, in] and b[out], torch's `nn.Linear`. */
import type { Tensor, Variable } from '@tensorflow/tfjs';
import { addBias } from '../tensors/bias.ts';
import type { Precision } from '../tensors/engine.ts';
import { linear } from '../tensors/linear.ts';
import type { Random } from '../tensors/random.ts';
import { randomVariable, uniform } from './random-variable.ts';
import type { NamedVariable } from './tuner.ts';

export interface DenseLayer {
  readonly weight: Variable;
  readonly bias: Variable;
}

/** A layer with entries drawn one by one. The caller disposes both variables. */
export function denseLayer(
  inputSize: number,
  outputSize: number,
  drawWeight: () => number,
  drawBias: () => number = () => 0,
): DenseLayer {
  return {
    weight: randomVariable([outputSize, inputSize], drawWeight),
    bias: randomVariable([outputSize], drawBias),
  };
}

/** As torch draws it: weight and bias from U(−1/√in, 1/√in). */
export function torchDenseLayer(inputSize: number, outputSize: number, random: Random): DenseLayer {
  const draw = uniform(random, 1 / Math.sqrt(inputSize));
  return denseLayer(inputSize, outputSize, draw, draw);
}

/** x[N, in] → [N, out] in the given precision. */
export function applyDense(x: Tensor, { weight, bias }: DenseLayer, precision: Precision): Tensor {
  return addBias(linear(x, weight, precision), bias);
}

/** Both under torch's names: `<path>.weight` and `<path>.bias`. */
export function namedDense(path: string, { weight, bias }: DenseLayer): NamedVariable[] {
  return [
    { name: `${path}.weight`, variable: weight },
    { name: `${path}.bias`, variable: bias },
  ];
}
