/** One linear layer with a low-rank correction, as every method of the family describes it. */
import type { Variable } from '@tensorflow/tfjs';
import type { LowRankPart } from '../tensors/low-rank-matrices.ts';
import type { NamedVariable } from './tuner.ts';

export interface LowRankLayer {
  /** Module path, e.g. `model.layers.0.self_attn.q_proj`. */
  readonly path: string;
  /** Output rows start…start+size−1 of the group's stacked weight. */
  readonly start: number;
  readonly size: number;
  /** Of the correction. */
  readonly scale: number;
  /** Bias of B[size], added with the same scale. */
  readonly bias: Variable | null;
  /** All variables of the layer under HF-PEFT's names; the layer owns them. */
  readonly variables: readonly NamedVariable[];
  /** The correction as of now, computed on the tape. */
  part(): LowRankPart;
}

/** The name under which HF-PEFT saves something of a module: `base_model.model.<path>.<suffix>`. */
export function savedName(path: string, suffix: string): string {
  return `base_model.model.${path}.${suffix}`;
}

/** Frees the variables of a layer. */
export function disposeLayer({ variables }: LowRankLayer): void {
  for (const { variable } of variables) variable.dispose();
}
