/**
 * A decoder-only language model of the Llama family over frozen weights: ids → hidden rows → logits.
 * Tuners hook onto its projection groups, norms and embedding; nothing here knows a method.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { PeftError } from '../errors.ts';
import type { ModelFiles } from '../io/model-files.ts';
import { cast, castRaw } from '../tensors/cast.ts';
import { engine, type Precision } from '../tensors/engine.ts';
import { linearFloat32 } from '../tensors/linear.ts';
import { addRmsNorm } from '../tensors/rms-norm.ts';
import { type RotaryTable, rotaryTable } from '../tensors/rotary.ts';
import { selectRows } from '../tensors/select-rows.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { type Block, runBlock, type Stream } from './block.ts';
import type { ModelConfig } from './config.ts';
import { type ForwardPass, startPass } from './forward-pass.ts';
import type { PackedRows } from './packing.ts';
import { ProjectionGroup } from './projection.ts';
import type { VirtualRows } from './virtual-rows.ts';

/** Positions for which rotation angles are prepared at most; 2 MB at head width 64. */
const LONGEST_TABLE = 8192;

export interface LanguageModel {
  readonly name: string;
  readonly config: ModelConfig;
  readonly tokenizer: Tokenizer | null;
  /** Of products, and of what passes between layers inside a block. */
  readonly precision: Precision;
  /** In which frozen weights are kept. */
  readonly storage: Precision;
  /** Whether answers are computed in products of bytes; see byte-products.ts. */
  readonly answersInBytes: boolean;
  readonly blocks: readonly Block[];
  /** [V, D] stored as all weights are; a float32 variable while a method trains it, as the next two. */
  embedding: Tensor;
  finalNorm: Tensor;
  /** The vocabulary projection [V, D]; the embedding itself when tied. */
  head: Tensor;
  readonly rotary: RotaryTable;
  /** Computes the rows of token ids[N] as [N, D] float32 in place of the embedding. */
  embeddingHook: ((ids: Tensor) => Tensor) | null;
  /** Computes hidden[N, D] → logits[N, V] float32 in place of the head. */
  headHook: ((hidden: Tensor) => Tensor) | null;
  /** Installed by methods that put something before the sequence. */
  virtualRows: VirtualRows | null;
  /** Task of each row of the pass in progress, null unless it mixes tasks; for hooks that route rows. */
  rowTags: Int32Array | null;
  /** The method that is attached, null for the base alone. */
  carried: { readonly method: string } | null;
  dispose(): void;
}

export interface LoadOptions {
  /** Of all products; default: what the engine's probe chose, for answers perhaps bytes. */
  readonly precision?: Precision;
  /** In which weights are kept; default: as `precision` where that is given, else what the probe chose. */
  readonly storage?: Precision;
  /** Whether answers are computed in products of bytes; default: what the probe chose, not where `precision` is given. */
  readonly bytes?: boolean;
}

/** Moves a model's weights into the engine, frozen. */
export function loadLanguageModel(files: ModelFiles, options: LoadOptions = {}): LanguageModel {
  const { tf, ...preferred } = engine();
  const { config } = files;
  const precision = options.precision ?? preferred.precision;
  const storage = options.storage ?? options.precision ?? preferred.storage;
  const answersInBytes = options.bytes ?? (options.precision === undefined && preferred.bytes);
  const kept: Tensor[] = [];
  const keep = (tensor: Tensor): Tensor => {
    kept.push(tf.keep(tensor));
    return tensor;
  };
  const vector = (name: string): Tensor => keep(tf.tensor1d(files.read(name)));
  const matrix = (names: readonly string[]): Tensor =>
    keep(
      tf.tidy(() => {
        const parts = names.map((name) =>
          tf.tensor(files.read(name), [...files.shape(name)], 'float32'),
        );
        const whole = parts.length === 1 ? (parts[0] as Tensor) : tf.concat(parts, 0);
        return castRaw(whole, storage);
      }),
    );
  const group = (prefix: string, names: readonly string[], biased: boolean): ProjectionGroup => {
    let start = 0;
    const parts = names.map((name) => {
      const path = `${prefix}.${name}`;
      const size = files.shape(`${path}.weight`)[0] as number;
      start += size;
      return { path, start: start - size, size };
    });
    const bias = biased
      ? keep(
          tf.tidy(() =>
            tf.concat(parts.map(({ path }) => tf.tensor1d(files.read(`${path}.bias`)))),
          ),
        )
      : null;
    const weight = matrix(parts.map(({ path }) => `${path}.weight`));
    return new ProjectionGroup(parts, weight, bias, precision);
  };
  const blocks = Array.from({ length: config.num_hidden_layers }, (_, layer): Block => {
    const path = `model.layers.${layer}`;
    return {
      inputNorm: vector(`${path}.input_layernorm.weight`),
      qkv: group(`${path}.self_attn`, ['q_proj', 'k_proj', 'v_proj'], config.attention_bias),
      output: group(`${path}.self_attn`, ['o_proj'], false),
      postAttentionNorm: vector(`${path}.post_attention_layernorm.weight`),
      gateUp: group(`${path}.mlp`, ['gate_proj', 'up_proj'], false),
      down: group(`${path}.mlp`, ['down_proj'], false),
      hook: null,
    };
  });
  const embedding = matrix(['model.embed_tokens.weight']);
  const finalNorm = vector('model.norm.weight');
  const head = config.tie_word_embeddings ? embedding : matrix(['lm_head.weight']);
  const positions = Math.min(config.max_position_embeddings, LONGEST_TABLE);
  const rotary = rotaryTable(positions, config.head_dim, config.rope_theta);
  keep(rotary.cos);
  keep(rotary.sin);
  return {
    name: files.name,
    config,
    tokenizer: files.tokenizer,
    precision,
    storage,
    answersInBytes,
    blocks,
    embedding,
    finalNorm,
    head,
    rotary,
    embeddingHook: null,
    headHook: null,
    virtualRows: null,
    rowTags: null,
    carried: null,
    dispose: () => {
      for (const { qkv, output, gateUp, down } of blocks) {
        for (const projection of [qkv, output, gateUp, down]) {
          projection.forgetPacked();
          if (!projection.weight.isDisposed) projection.weight.dispose();
        }
      }
      for (const tensor of kept) if (!tensor.isDisposed) tensor.dispose();
    },
  };
}

/** RMSNorm of the stream after the last block: [N, D] in the model's precision. */
function finishStream(model: LanguageModel, stream: Stream): Tensor {
  const { config, finalNorm, precision } = model;
  return addRmsNorm(stream.x, stream.delta, finalNorm, config.rms_norm_eps, precision).normed;
}

/** hidden[N, D] → logits[N, V] float32. */
export function logits(model: LanguageModel, hidden: Tensor): Tensor {
  return model.headHook?.(hidden) ?? linearFloat32(hidden, model.head, model.precision);
}

/** A pass that has come as far as a block: the residual stream [N, D] float32 that enters it. */
export interface PartWay {
  readonly layer: number;
  readonly stream: Tensor;
}

/**
 * Hidden rows of packed sequences, after the final norm.
 * @param rows indices of the rows wanted, default all; the last block computes only those
 * @param from where to begin instead of at the embedding, for models without virtual rows
 * @throws PeftError 'mismatch' when a position lies beyond the model's reach
 */
export function hiddenRows(
  model: LanguageModel,
  packed: PackedRows,
  rows?: readonly number[],
  from?: PartWay,
): Tensor {
  expectWithinReach(model, packed);
  const pass = startPass(model, packed);
  const located = pass.locate(rows);
  const wanted = located && engine().tf.tensor1d(Int32Array.from(located), 'int32');
  const entrance = from ? { rows: pass.rows, x: from.stream.clone() } : pass;
  return runPass(model, entrance, (qkv, layer) => pass.attend(qkv, layer), wanted, from?.layer);
}

/** The residual stream [N, D] float32 of packed sequences as it enters a block. */
export function streamBefore(model: LanguageModel, packed: PackedRows, layer: number): Tensor {
  const { tf } = engine();
  expectWithinReach(model, packed);
  return tf.tidy(() => {
    const pass = startPass(model, packed);
    const { x, delta } = runBlocks(model, pass, (qkv, at) => pass.attend(qkv, at), [0, layer]);
    return delta ? tf.add(x, cast(delta, 'float32')) : x;
  });
}

/**
 * Runs the blocks and the final norm.
 * @param wanted the rows wanted among those of the pass, int32; the last block computes only those
 * @param from the first block that runs
 */
export function runPass(
  model: LanguageModel,
  pass: Pick<ForwardPass, 'x' | 'rows'>,
  attend: (qkv: Tensor, layer: number) => Tensor,
  wanted?: Tensor,
  from = 0,
): Tensor {
  // Hooks that route rows need each layer's rows to be those of the pass.
  const early = pass.rows.tags ? undefined : wanted;
  const stream = runBlocks(model, pass, attend, [from, model.blocks.length], early);
  const hidden = finishStream(model, stream);
  return wanted && !early ? selectRows(hidden, wanted) : hidden;
}

/** @param wanted rows to which the model's last block narrows the stream */
function runBlocks(
  model: LanguageModel,
  { x, rows }: Pick<ForwardPass, 'x' | 'rows'>,
  attend: (qkv: Tensor, layer: number) => Tensor,
  [from, to]: readonly [number, number],
  wanted?: Tensor,
): Stream {
  const { config, precision, blocks } = model;
  model.rowTags = rows.tags ?? null;
  try {
    let stream: Stream = { x, delta: null };
    for (let layer = from; layer < to; layer++) {
      const next = runBlock(
        blocks[layer] as Block,
        stream,
        config.rms_norm_eps,
        precision,
        (qkv) => attend(qkv, layer),
        layer === blocks.length - 1 ? wanted : undefined,
      );
      // Saved tensors hold their own reference; without a tape the old stream is free.
      stream.x.dispose();
      stream.delta?.dispose();
      stream = next;
    }
    return stream;
  } finally {
    model.rowTags = null;
  }
}

function expectWithinReach(model: LanguageModel, { positions }: PackedRows): void {
  const reach = model.rotary.cos.shape[0] as number;
  const before = model.virtualRows?.length ?? 0;
  const longest = before + positions.reduce((most, position) => Math.max(most, position + 1), 0);
  if (longest <= reach) return;
  throw new PeftError('mismatch', {
    en: `a sequence of ${longest} tokens is longer than the ${reach} positions of ${model.name}; shorten it`,
    zh: `${longest} 个词元的序列超过了 ${model.name} 的 ${reach} 个位置，请缩短它`,
  });
}
