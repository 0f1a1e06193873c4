/**
 * A LoRA as llama.cpp reads it: `<tensor of the base>.lora_a` [r, in] and `.lora_b` [out, r] in a GGUF
 * file of type "adapter". llama.cpp computes W + (α/r)·B·A with one α for the file and r from B, so
 * what differs (rsLoRA, alpha_pattern, rank_pattern) is folded into B. In files of the `llama`
 * architecture the rows of q and k are turned as those of the base: neighbours instead of halves.
 */
import { PeftError } from '../errors.ts';
import { replaceFile } from '../io/replace-file.ts';
import type { TensorData } from '../io/safetensors.ts';
import type { ModelConfig } from '../model/config.ts';
import type { Translated } from '../translated.ts';
import { encodeGguf, type GgufValue } from './gguf-file.ts';
import { type LoraModule, plainLora, scaled } from './lora-modules.ts';

/** What is needed of the base model: its family and the sizes of its layers. */
export type BaseShape = Pick<
  ModelConfig,
  | 'model_type'
  | 'hidden_size'
  | 'intermediate_size'
  | 'num_hidden_layers'
  | 'num_attention_heads'
  | 'num_key_value_heads'
  | 'head_dim'
  | 'vocab_size'
  | 'tie_word_embeddings'
>;

/** llama.cpp's name of a layer, by the last part of its path. */
const LAYERS: Readonly<Record<string, string>> = {
  q_proj: 'attn_q',
  k_proj: 'attn_k',
  v_proj: 'attn_v',
  o_proj: 'attn_output',
  gate_proj: 'ffn_gate',
  up_proj: 'ffn_up',
  down_proj: 'ffn_down',
};

/**
 * Writes an adapter as a GGUF file for llama.cpp, whole or not at all.
 * @param state tensors by their name in adapter_model.safetensors
 * @throws PeftError 'unsupported' naming everything that GGUF cannot hold, 'mismatch' for layers that
 *   the base lacks, 'bad-config' | 'bad-file' as `plainLora`
 */
export function writeGgufLora(
  path: string,
  config: Readonly<Record<string, unknown>>,
  state: ReadonlyMap<string, TensorData>,
  base: BaseShape,
): void {
  replaceFile(path, encodeGgufLora(config, state, base));
}

/** The bytes of that file. */
export function encodeGgufLora(
  config: Readonly<Record<string, unknown>>,
  state: ReadonlyMap<string, TensorData>,
  base: BaseShape,
): Uint8Array {
  const { config: settings, modules } = plainLora(config, state);
  const problems = modules.flatMap((module) => baseProblem(module, base) ?? []);
  if (problems.length > 0) {
    const message = { en: 'the adapter does not fit the base model', zh: '适配器与基础模型不符' };
    throw new PeftError('mismatch', message, { problems });
  }
  const alpha = settings.lora_alpha;
  const tensors = new Map<string, TensorData>();
  for (const module of modules) {
    const name = tensorName(module.path, base) as string;
    const b = scaled(module.b, (module.scale * module.rank) / alpha);
    tensors.set(`${name}.lora_a`, module.a);
    tensors.set(`${name}.lora_b`, turned(b, module.path, base));
  }
  return encodeGguf(metadata(settings.base_model_name_or_path, alpha, base), tensors);
}

function metadata(
  baseName: string | null,
  alpha: number,
  { model_type }: BaseShape,
): ReadonlyMap<string, GgufValue> {
  return new Map<string, GgufValue>([
    ['general.architecture', { string: architecture(model_type) }],
    ['general.type', { string: 'adapter' }],
    ['adapter.type', { string: 'lora' }],
    ['adapter.lora.alpha', { float32: alpha }],
    ...(baseName === null ? [] : [['general.base_model.0.name', { string: baseName }] as const]),
  ]);
}

/** Mistral files are of the llama architecture. */
const architecture = (type: BaseShape['model_type']): string =>
  type === 'qwen2' ? 'qwen2' : 'llama';

/** llama.cpp's tensor of a layer; null for one that the base lacks. */
function tensorName(path: string, base: BaseShape): string | null {
  if (path === 'lm_head') return base.tie_word_embeddings ? null : 'output.weight';
  const match = /^model\.layers\.(\d+)\.(?:self_attn|mlp)\.(\w+)$/.exec(path);
  if (match === null) return null;
  const [, layer = '', part = ''] = match;
  if (!Object.hasOwn(LAYERS, part) || Number(layer) >= base.num_hidden_layers) return null;
  return `blk.${layer}.${LAYERS[part]}.weight`;
}

function baseProblem({ path, a, b }: LoraModule, base: BaseShape): Translated | null {
  if (path === 'lm_head' && base.tie_word_embeddings) {
    return {
      en: `${path}: the base's head is its embedding, which GGUF cannot correct: merge it into the base (quaestor hub merge)`,
      zh: `${path}：基础模型的输出头就是它的词嵌入，GGUF 无法修正：请合并到基础模型中（quaestor hub merge）`,
    };
  }
  if (tensorName(path, base) === null) {
    return { en: `${path}: the base has no such layer`, zh: `${path}：基础模型没有这一层` };
  }
  const [out, input] = layerSizes(path, base);
  if (a.shape[1] === input && b.shape[0] === out) return null;
  return {
    en: `${path}: the base has [${out}, ${input}], the adapter is for [${b.shape[0]}, ${a.shape[1]}]`,
    zh: `${path}：基础模型中是 [${out}, ${input}]，适配器用于 [${b.shape[0]}, ${a.shape[1]}]`,
  };
}

/** [out, in] */
function layerSizes(path: string, base: BaseShape): readonly [number, number] {
  const { hidden_size: hidden, intermediate_size: inner, head_dim } = base;
  const queries = base.num_attention_heads * head_dim;
  const keys = base.num_key_value_heads * head_dim;
  const sizes: Readonly<Record<string, readonly [number, number]>> = {
    q_proj: [queries, hidden],
    k_proj: [keys, hidden],
    v_proj: [keys, hidden],
    o_proj: [hidden, queries],
    gate_proj: [inner, hidden],
    up_proj: [inner, hidden],
    down_proj: [hidden, inner],
    lm_head: [base.vocab_size, hidden],
  };
  return sizes[path.slice(path.lastIndexOf('.') + 1)] as readonly [number, number];
}

/**
 * Rows of a q or k projection from halves to neighbours, head by head: row 2p + s comes from pair p of
 * half s. Other layers, and files of the qwen2 architecture, keep their order.
 */
function turned(b: TensorData, path: string, base: BaseShape): TensorData {
  const heads = path.endsWith('.q_proj')
    ? base.num_attention_heads
    : path.endsWith('.k_proj')
      ? base.num_key_value_heads
      : 0;
  if (heads === 0 || base.model_type === 'qwen2') return b;
  const [rows, rank] = b.shape as [number, number];
  const headDim = rows / heads;
  const data = new Float32Array(b.data.length);
  for (let row = 0; row < rows; row++) {
    const inHead = row % headDim;
    const source = row - inHead + (inHead % 2) * (headDim / 2) + Math.floor(inHead / 2);
    data.set(b.data.subarray(source * rank, (source + 1) * rank), row * rank);
  }
  return { shape: b.shape, data };
}
