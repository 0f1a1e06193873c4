/**
 * What PyTorch keeps for the backward pass of the models in Hugging Face transformers, tensor by
 * tensor as their code makes them: D width, F feed-forward width, H heads of width d, S sequence,
 * e bytes of a value. Only blocks behind the first trained parameter keep anything.
 */
import { type Architecture, blockCount } from './architecture.ts';
import type { TrainedShapes } from './methods/trained-shapes.ts';
import { savedInputs } from './saved-inputs.ts';

/** How the run computes. */
export interface Pass {
  /** Bytes e of a value. */
  readonly bytes: 2 | 4;
  readonly batch: number;
  /** Tokens of a sequence; of an encoder-decoder, those that the encoder reads. */
  readonly sequence: number;
  /** Tokens that the decoder of an encoder-decoder writes. */
  readonly target: number;
  /** sdpa: blockwise, without a matrix of scores. BLOOM and T5 always keep that matrix. */
  readonly attention: 'sdpa' | 'eager';
  /** Keep only the input of each block and compute the rest again. */
  readonly checkpointing: boolean;
}

/** Bytes kept at the end of the forward pass. */
export function transformersActivations(
  architecture: Architecture,
  trained: TrainedShapes,
  pass: Pass,
): number {
  const first = Math.min(trained.firstBlock, blockCount(architecture));
  const blocks = Array.from({ length: blockCount(architecture) - first }, (_, i) =>
    blockActivations(architecture, trained, pass, first + i),
  );
  const inside = pass.checkpointing
    ? blocks.reduce((sum, { stream }) => sum + stream, 0) +
      Math.max(0, ...blocks.map(({ all }) => all))
    : blocks.reduce((sum, { all }) => sum + all, 0);
  return inside + headActivations(architecture, trained, pass);
}

interface BlockActivations {
  readonly all: number;
  /** Its input alone. */
  readonly stream: number;
}

function blockActivations(
  architecture: Architecture,
  trained: TrainedShapes,
  pass: Pass,
  block: number,
): BlockActivations {
  const inEncoder = block < architecture.encoderLayers;
  const decoding = architecture.family === 't5' && !inEncoder;
  const tokens = pass.batch * ((decoding ? pass.target : pass.sequence) + trained.virtualTokens);
  const added = pass.bytes * trained.valuesPerBlock;
  const perToken = {
    llama: () => llamaBlock(architecture, trained, pass, `model.layers.${block}`),
    bloom: () => bloomBlock(architecture, trained, pass, `transformer.h.${block}`),
    t5: () =>
      inEncoder
        ? t5Block(architecture, trained, pass, `encoder.block.${block}`)
        : t5Block(
            architecture,
            trained,
            pass,
            `decoder.block.${block - architecture.encoderLayers}`,
          ),
  }[architecture.family]();
  const read = decoding ? crossAttentionInputs(architecture, trained, pass, block) : 0;
  return {
    all: tokens * (perToken + added) + read,
    stream: tokens * pass.bytes * architecture.hidden,
  };
}

/** The norm's input in float32, and the normalised row where the norm's weight is trained. */
function norm(
  { hidden }: Architecture,
  trained: TrainedShapes,
  path: string,
  bytes: number,
): number {
  return hidden * (4 + (trained.ownWeights.has(path) ? bytes : 0));
}

function llamaBlock(a: Architecture, trained: TrainedShapes, pass: Pass, path: string): number {
  const { bytes, attention, sequence } = pass;
  const inputs = (names: readonly string[], width: number): number =>
    savedInputs(trained, path, names, width, bytes);
  const inner = a.heads * a.headDim;
  // q, k and v after rotation, k and v repeated for every head; then the output and the
  // softmax's logarithms, or the probabilities in float32 and cast.
  const attended =
    3 * bytes * inner +
    (attention === 'sdpa'
      ? bytes * inner + 4 * a.heads
      : (bytes === 4 ? 4 : 6) * a.heads * (sequence + trained.virtualTokens));
  return (
    norm(a, trained, `${path}.input_layernorm`, bytes) +
    inputs(['self_attn.q_proj', 'self_attn.k_proj', 'self_attn.v_proj'], a.hidden) +
    attended +
    inputs(['self_attn.o_proj'], inner) +
    norm(a, trained, `${path}.post_attention_layernorm`, bytes) +
    inputs(['mlp.gate_proj', 'mlp.up_proj'], a.hidden) +
    // gate, silu(gate), up
    3 * bytes * a.intermediate +
    inputs(['mlp.down_proj'], a.intermediate)
  );
}

function bloomBlock(a: Architecture, trained: TrainedShapes, pass: Pass, path: string): number {
  const { bytes, sequence } = pass;
  const inputs = (name: string, width: number): number =>
    savedInputs(trained, path, [name], width, bytes);
  return (
    norm(a, trained, `${path}.input_layernorm`, bytes) +
    inputs('self_attention.query_key_value', a.hidden) +
    // q, k, v; the softmax's output in float32 and cast
    3 * bytes * a.hidden +
    (bytes === 4 ? 4 : 6) * a.heads * (sequence + trained.virtualTokens) +
    inputs('self_attention.dense', a.hidden) +
    norm(a, trained, `${path}.post_attention_layernorm`, bytes) +
    inputs('mlp.dense_h_to_4h', a.hidden) +
    // the input of GELU
    bytes * a.intermediate +
    inputs('mlp.dense_4h_to_h', a.intermediate)
  );
}

/** T5 drops out 0.1 of the attention weights, of the inner layer and of what each sub-layer adds. */
function t5Block(a: Architecture, trained: TrainedShapes, pass: Pass, path: string): number {
  const { bytes } = pass;
  const decoder = path.startsWith('decoder');
  const own = (decoder ? pass.target : pass.sequence) + trained.virtualTokens;
  const inner = a.heads * a.headDim;
  const inputs = (names: readonly string[], width: number): number =>
    savedInputs(trained, path, names, width, bytes);
  // Softmax in float32, its mask, the dropped weights.
  const scores = (keys: number): number => (5 + bytes) * a.heads * keys;
  const self = 'layer.0.SelfAttention';
  const cross = 'layer.1.EncDecAttention';
  const last = `layer.${decoder ? 2 : 1}`;
  const selfAttention =
    norm(a, trained, `${path}.layer.0.layer_norm`, bytes) +
    inputs([`${self}.q`, `${self}.k`, `${self}.v`], a.hidden) +
    3 * bytes * inner +
    scores(own) +
    inputs([`${self}.o`], inner) +
    a.hidden;
  const crossAttention = decoder
    ? norm(a, trained, `${path}.layer.1.layer_norm`, bytes) +
      inputs([`${cross}.q`], a.hidden) +
      bytes * inner +
      scores(pass.sequence + trained.virtualTokens) +
      inputs([`${cross}.o`], inner) +
      a.hidden
    : 0;
  const feedForward =
    norm(a, trained, `${path}.${last}.layer_norm`, bytes) +
    inputs([`${last}.DenseReluDense.wi_0`, `${last}.DenseReluDense.wi_1`], a.hidden) +
    // tanh-GELU written out: x, x/2, tanh, 1 + tanh; the two factors of the gate; the dropout's mask
    (6 * bytes + 1) * a.intermediate +
    inputs([`${last}.DenseReluDense.wo`], a.intermediate) +
    a.hidden;
  return selfAttention + crossAttention + feedForward;
}

/** Keys and values of a decoder block over the encoder's tokens. */
function crossAttentionInputs(
  a: Architecture,
  trained: TrainedShapes,
  { batch, sequence, bytes }: Pass,
  block: number,
): number {
  const path = `decoder.block.${block - a.encoderLayers}.layer.1.EncDecAttention`;
  const tokens = batch * (sequence + trained.virtualTokens);
  const read = savedInputs(trained, path, ['k', 'v'], a.hidden, bytes);
  return tokens * (2 * bytes * a.heads * a.headDim + read);
}

/** Last norm, head, and what the loss keeps: logits in float32, shifted, and their log-softmax. */
function headActivations(a: Architecture, trained: TrainedShapes, pass: Pass): number {
  const { bytes, batch } = pass;
  const encoderDecoder = a.family === 't5';
  const rows = batch * ((encoderDecoder ? pass.target : pass.sequence) + trained.virtualTokens);
  const head = trained.branches.get('lm_head');
  const own = trained.ownWeights.has('lm_head') || trained.ownWeights.size > 0;
  const input =
    a.hidden * (4 + (own ? bytes : 0)) +
    (head ? (bytes + (head.dropout > 0 ? 1 : 0)) * a.hidden + bytes * head.values : 0);
  return rows * (input + (encoderDecoder ? 2 * bytes : 12) * a.vocabulary);
}
