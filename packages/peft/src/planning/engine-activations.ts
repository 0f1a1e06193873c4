/**
 * What this package's engine keeps for the backward pass: the tensors that its fused kernels save, in
 * bfloat16 except for the residual stream. D width, F feed-forward width, H heads of width d.
 */
import { type Architecture, blockCount } from './architecture.ts';
import type { TrainedShapes } from './methods/trained-shapes.ts';
import { savedInputs } from './saved-inputs.ts';

/** Projections that read one input and are computed as one product. */
const GROUPS = [
  ['self_attn.q_proj', 'self_attn.k_proj', 'self_attn.v_proj'],
  ['self_attn.o_proj'],
  ['mlp.gate_proj', 'mlp.up_proj'],
  ['mlp.down_proj'],
] as const;

const BYTES = 2;

/**
 * Bytes kept by one pass over packed rows.
 * @param tokens of the pass, virtual tokens included
 * @param labels those with a label: only they reach the end of the last block and the head
 */
export function engineActivations(
  a: Architecture,
  trained: TrainedShapes,
  tokens: number,
  labels: number,
): number {
  const blocks = blockCount(a);
  let bytes = 0;
  for (let block = Math.min(trained.firstBlock, blocks); block < blocks; block++) {
    const { attention, feedForward } = blockActivations(a, trained, `model.layers.${block}`);
    bytes += tokens * attention + (block === blocks - 1 ? labels : tokens) * feedForward;
  }
  // Logits in bfloat16 and float32, and the loss's gradient by them.
  return bytes + labels * (4 * a.hidden + (2 + 4 + 4) * a.vocabulary);
}

function blockActivations(
  a: Architecture,
  trained: TrainedShapes,
  path: string,
): { attention: number; feedForward: number } {
  const [qkv, output, gateUp, down] = GROUPS.map((names, i) =>
    savedInputs(trained, path, names, inputWidth(a, i), BYTES),
  ) as [number, number, number, number];
  const heads = a.heads * a.headDim;
  const keysValues = 2 * a.keyValueHeads * a.headDim;
  // The sum of the residual stream and one number a row.
  const norm = 4 * a.hidden + 4;
  return {
    // q, k, v, the heads' output and the softmax's logarithms
    attention: norm + qkv + BYTES * (2 * heads + keysValues) + 4 * a.heads,
    // [gate | up] before the activation
    feedForward:
      output + norm + gateUp + BYTES * 2 * a.intermediate + down + BYTES * trained.valuesPerBlock,
  };
}

/** [W | sB] of every group with a low-rank branch, a copy of its weight beside it; and A. */
export function engineWeightCopies(a: Architecture, trained: TrainedShapes): number {
  let bytes = 0;
  for (let block = 0; block < blockCount(a); block++) {
    for (const [i, names] of GROUPS.entries()) {
      const paths = names.map((name) => `model.layers.${block}.${name}`);
      const rank = paths.reduce((sum, path) => sum + (trained.branches.get(path)?.rank ?? 0), 0);
      if (rank === 0) continue;
      const input = inputWidth(a, i);
      bytes += BYTES * (outputWidth(a, i) * (input + rank) + rank * input);
    }
  }
  return bytes;
}

function inputWidth(a: Architecture, group: number): number {
  return [a.hidden, a.heads * a.headDim, a.hidden, a.intermediate][group] as number;
}

function outputWidth(a: Architecture, group: number): number {
  const heads = a.heads * a.headDim;
  const keysValues = 2 * a.keyValueHeads * a.headDim;
  return [heads + keysValues, a.hidden, 2 * a.intermediate, a.hidden][group] as number;
}
