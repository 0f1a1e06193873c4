/**
 * One fusion module Ψ (Pfeiffer et al. 2021, §3.3): what the adapters of a place add, weighted by
 * attention. h is the sub-layer's output, z_n what adapter n adds to it:
 *   s = softmax_n((Q·h + b)·(K·z_n))        o = V·Σ_n s_n·z_n
 * with Q, K, V [D, D]: 3D² + D parameters. A bias on the keys would add the same to every score.
 * Q and K start from N(0, 0.02²) and V at the identity: at first o is a mixture of what there is.
 */
import type { Tensor, Tensor2D, Variable } from '@tensorflow/tfjs';
import { cast } from '../tensors/cast.ts';
import { engine, type Precision } from '../tensors/engine.ts';
import { equalParts } from '../tensors/equal-parts.ts';
import { linear } from '../tensors/linear.ts';
import type { Random } from '../tensors/random.ts';
import { applyDense, type DenseLayer, denseLayer, namedDense } from './dense-layer.ts';
import { normal, randomVariable } from './random-variable.ts';
import type { NamedVariable } from './tuner.ts';

export interface FusionModule {
  readonly query: DenseLayer;
  readonly key: Variable;
  readonly value: Variable;
}

/** A new module for a model of width D. The caller disposes its variables. */
export function fusionModule(width: number, random: Random): FusionModule {
  const draw = normal(random, 0.02);
  let entry = 0;
  return {
    query: denseLayer(width, width, draw),
    key: randomVariable([width, width], draw),
    value: randomVariable([width, width], () => (entry++ % (width + 1) === 0 ? 1 : 0)),
  };
}

/** Its variables under `<path>.query.weight` and so on. */
export function namedFusion(path: string, { query, key, value }: FusionModule): NamedVariable[] {
  return [
    ...namedDense(`${path}.query`, query),
    { name: `${path}.key.weight`, variable: key },
    { name: `${path}.value.weight`, variable: value },
  ];
}

/** How much each adapter counts: h[N, D], z_n[N, D] → [N, adapters], each row summing to 1. */
export function fusionWeights(
  h: Tensor,
  outputs: readonly Tensor[],
  { query, key }: FusionModule,
  precision: Precision = 'float32',
): Tensor {
  const { tf } = engine();
  const queries = cast(applyDense(h, query, precision), 'float32');
  const scores = outputs.map((z) => {
    const keys = cast(linear(z, key, precision), 'float32');
    return tf.sum(tf.mul(queries, keys), 1, true) as Tensor2D;
  });
  return tf.softmax(tf.concat(scores, 1));
}

/** h[N, D], z_n[N, D] → o[N, D], all float32. @param precision of the products */
export function fuse(
  h: Tensor,
  outputs: readonly Tensor[],
  module: FusionModule,
  precision: Precision,
): Tensor {
  const { tf } = engine();
  const weights = fusionWeights(h, outputs, module, precision);
  const shares = equalParts(weights, outputs.length, 1);
  const mixture = tf.addN(outputs.map((z, n) => tf.mul(z, shares[n] as Tensor)));
  return cast(linear(mixture, module.value, precision), 'float32');
}

/** ‖I − V‖²_F, which keeps V near the identity. */
export function distanceFromIdentity({ value }: FusionModule): Tensor {
  const { tf } = engine();
  return tf.sum(tf.square(tf.sub(value, tf.eye(value.shape[0] as number))));
}
