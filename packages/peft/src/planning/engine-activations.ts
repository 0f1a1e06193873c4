/**
 * What this package's engine keeps for the backward pass: the tensors that its fused kernels save, in the
 * precision that it computes in, and the residual stream in float32.
 */
import { type Architecture, blockCount } from './architecture.ts';
import { HEAD, type TrainedShapes } from './methods/trained-shapes.ts';
import { savedInputs } from './saved-inputs.ts';

/** Projections that read one input and are computed as one product. */
const GROUPS = [
  ['self_attn.q_proj', 'self_attn.k_proj', 'self_attn.v_proj'],
  ['self_attn.o_proj'],
  ['mlp.gate_proj', 'mlp.up_proj'],
  ['mlp.down_proj'],
] as const;

/**
 * Bytes kept by one pass over packed rows.
 * @param tokens of the pass, virtual tokens included
 * @param labels those with a label: only they reach the end of the last block and the head
 * @param bytes of an activation
 */
export function engineActivations(
  a: Architecture,
  trained: TrainedShapes,
  tokens: number,
  labels: number,
  bytes: number,
): number {
  const blocks = blockCount(a);
  let kept = 0;
  for (let block = Math.min(trained.firstBlock, blocks); block < blocks; block++) {
    const { attention, feedForward } = blockActivations(a, trained, `model.layers.${block}`, bytes);
    kept += tokens * attention + (block === blocks - 1 ? labels : tokens) * feedForward;
  }
  // Logits as they are computed and in float32, and the loss's gradient by them.
  return kept + labels * (4 * a.hidden + (bytes + 4 + 4) * a.vocabulary);
}

function blockActivations(
  a: Architecture,
  trained: TrainedShapes,
  path: string,
  bytes: number,
): { attention: number; feedForward: number } {
  const [qkv, output, gateUp, down] = GROUPS.map(
    (names, i) =>
      savedInputs(trained, path, names, inputWidth(a, i), bytes) +
      bytes * scaledBeside(a, trained, path, i),
  ) as [number, number, number, number];
  const heads = a.heads * a.headDim;
  const keysValues = 2 * a.keyValueHeads * a.headDim;
  // The sum of the residual stream and one number a row.
  const norm = 4 * a.hidden + 4;
  return {
    // q, k, v, the heads' output and the softmax's logarithms
    attention: norm + qkv + bytes * (2 * heads + keysValues) + 4 * a.heads,
    // [gate | up] before the activation
    feedForward:
      output + norm + gateUp + bytes * 2 * a.intermediate + down + bytes * trained.valuesPerBlock,
  };
}

/** Scales of one output, as (IA)³ has them, are taken over all of a group: that of the other parts is kept, too. */
function scaledBeside(
  a: Architecture,
  trained: TrainedShapes,
  path: string,
  group: number,
): number {
  const names = GROUPS[group] ?? [];
  if (names.length === 1) return 0;
  const branches = names.map((name) => trained.branches.get(`${path}.${name}`));
  const scales = branches.filter((one) => one !== undefined && !one.readsInput && one.rank === 0);
  if (scales.length === 0) return 0;
  return outputWidth(a, group) - scales.reduce((sum, scale) => sum + (scale?.values ?? 0), 0);
}

/**
 * [W | sB] of every group and head with a low-rank branch, a copy of its weight beside it; and A.
 * @param bytes of a weight
 */
export function engineWeightCopies(a: Architecture, trained: TrainedShapes, bytes: number): number {
  const copy = (rank: number, output: number, input: number): number =>
    rank === 0 ? 0 : bytes * (output * (input + rank) + rank * input);
  let copied = copy(trained.branches.get(HEAD)?.rank ?? 0, a.vocabulary, a.hidden);
  for (let block = 0; block < blockCount(a); block++) {
    for (const [i, names] of GROUPS.entries()) {
      const paths = names.map((name) => `model.layers.${block}.${name}`);
      const rank = paths.reduce((sum, path) => sum + (trained.branches.get(path)?.rank ?? 0), 0);
      copied += copy(rank, outputWidth(a, i), inputWidth(a, i));
    }
  }
  return copied;
}

function inputWidth(a: Architecture, group: number): number {
  return [a.hidden, a.heads * a.headDim, a.hidden, a.intermediate][group] as number;
}

function outputWidth(a: Architecture, group: number): number {
  const heads = a.heads * a.headDim;
  const keysValues = 2 * a.keyValueHeads * a.headDim;
  return [heads + keysValues, a.hidden, 2 * a.intermediate, a.hidden][group] as number;
}
