/**
 * A base model with an adapter folded into its weights, W′ = W + ΔW, as a Hugging Face folder: what
 * any program loads that knows nothing of adapters, or of the adapter's method.
 */
import { existsSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PeftError } from '../errors.ts';
import { firstProblems } from '../first-problems.ts';
import { expectBaseModel } from '../hub/adapter-hub.ts';
import { readAdapter, replaceFolder, type StoredAdapter } from '../io/adapter-files.ts';
import { TOKENIZER_FILES } from '../io/huggingface-model.ts';
import type { ModelFiles } from '../io/model-files.ts';
import { findModel, openModel } from '../io/open-model.ts';
import type { TensorData, WrittenType } from '../io/safetensors.ts';
import { isWeightFile, WEIGHT_INDEX, WEIGHTS, weightFiles } from '../io/weight-files.ts';
import { baseTensors } from '../model/base-tensors.ts';
import type { ModelConfig } from '../model/config.ts';
import { type LanguageModel, loadLanguageModel } from '../model/language-model.ts';
import { withZeroBiases, ZERO_BIASES } from '../model/zero-biases.ts';
import { castRaw } from '../tensors/cast.ts';
import { computedValues } from '../tensors/computed-values.ts';
import { attachStored } from '../tuners/attach-stored.ts';
import type { Adapter } from '../tuners/index.ts';
import { expectFree, holdsOnly } from './free-place.ts';

const MOST_PROBLEMS = 10;

export interface MergeOptions {
  /** How the weights are stored, default F16; F32 keeps every bit. */
  readonly dtype?: WrittenType;
  /** Replace a model that lies there. */
  readonly replace?: boolean;
}

/**
 * Merges a stored adapter into its base in float32 and writes the model; all or nothing. A Llama whose
 * biases are trained (base `…-zero-biases`) is written in Qwen2's form, which has them.
 * @param source folder of the adapter
 * @param base path or name of the model, as `openModel` takes it
 * @param out folder to write into: it holds nothing yet, or with `replace` another merged model
 * @throws PeftError 'unsupported' for a method whose change is in no weight (prompts, prefixes, adapter
 *   layers), for biases that the base has no place for and for values that `dtype` cannot hold, 'mismatch'
 *   for another base, 'bad-config' when something lies there already or the base itself does,
 *   'bad-file' where nothing can be written, or as `readAdapter` and `openModel`
 */
export async function writeMergedModel(
  source: string,
  base: string,
  out: string,
  { dtype = 'F16', replace = false }: MergeOptions = {},
): Promise<void> {
  expectFree(out, { replace, what: { en: 'a model', zh: '模型' }, isOne: isModelFolder });
  const stored = readAdapter(source);
  const biased = base.endsWith(ZERO_BIASES);
  const place = biased ? base.slice(0, -ZERO_BIASES.length) : base;
  expectOther(out, place);
  const opened = await openModel(place);
  const files = biased ? withZeroBiases(opened) : opened;
  try {
    expectBaseModel(namedBase(source, stored), files.name);
    const model = loadLanguageModel(files, { precision: 'float32' });
    try {
      const adapter = attachStored(model, stored);
      try {
        expectMergeable(adapter, String(stored.config.peft_type));
        adapter.merge();
        expectPlaces(model);
        replaceFolder(out, modelFiles(model, files, dtype));
      } finally {
        adapter.detach();
      }
    } finally {
      model.dispose();
    }
  } finally {
    files.close();
  }
}

/** @throws PeftError 'bad-config' where the merge would replace its own base */
function expectOther(out: string, base: string): void {
  const found = existsSync(out) ? findModel(base) : null;
  if (found === null || realpathSync(found) !== realpathSync(out)) return;
  throw new PeftError('bad-config', {
    en: `${out} is the base model itself, which the merge would replace; choose another place.`,
    zh: `${out} 就是基础模型本身，合并会覆盖它，请选择其他位置。`,
  });
}

/** The base that an adapter names, as far as it does. */
function namedBase(source: string, { config }: StoredAdapter) {
  const { base_model_name_or_path: named } = config;
  const baseModel = typeof named === 'string' && named !== '' ? named : null;
  return { name: basename(source), baseModel };
}

function expectMergeable(
  adapter: Adapter,
  peftType: string,
): asserts adapter is Adapter & Required<Pick<Adapter, 'merge'>> {
  if (adapter.merge) return;
  throw new PeftError('unsupported', {
    en: `${peftType} cannot be merged: what it does (rows before the text, layers between the layers, a choice by task) is in no weight. Serve it with quaestor serve.`,
    zh: `${peftType} 无法合并：它的作用（文本之前的向量、层间的附加层、按任务选择）不在任何权重中。请用 quaestor serve 提供服务。`,
  });
}

/** Biases of an adapter (`lora_bias`) may stand where the model's family has none. */
function expectPlaces(model: LanguageModel): void {
  const { attention_bias } = model.config;
  const biases = baseTensors(model).filter(({ kind }) => kind === 'bias');
  const homeless = biases
    .flatMap(({ parts }) => parts.map(({ name }) => name))
    .filter((name) => !attention_bias || !/\.self_attn\.[qkv]_proj\.bias$/.test(name));
  if (model.headHook) homeless.push('lm_head.bias');
  if (homeless.length === 0) return;
  throw new PeftError(
    'unsupported',
    {
      en: `The adapter has biases where ${model.name} has none, so no model of its family holds them; train without lora_bias.`,
      zh: `适配器中有 ${model.name} 没有的偏置，同系列的模型无法容纳它们；请不要使用 lora_bias 训练。`,
    },
    { problems: firstProblems(homeless, MOST_PROBLEMS) },
  );
}

function modelFiles(
  model: LanguageModel,
  files: ModelFiles,
  dtype: WrittenType,
): ReadonlyMap<string, Uint8Array> {
  const encode = (value: object) => new TextEncoder().encode(JSON.stringify(value, null, 2));
  return new Map([
    ...files.tokenizerFiles(),
    ['config.json', encode(huggingFaceForm(model, dtype))],
    ...weightFiles(weights(model, dtype), dtype),
  ]);
}

const ARCHITECTURES: Readonly<Record<ModelConfig['model_type'], string>> = {
  llama: 'LlamaForCausalLM',
  mistral: 'MistralForCausalLM',
  qwen2: 'Qwen2ForCausalLM',
};

const TORCH_TYPES: Readonly<Record<WrittenType, string>> = {
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
};

/** config.json; what a reader would assume otherwise is said. */
function huggingFaceForm({ config, embedding, head }: LanguageModel, dtype: WrittenType): object {
  const { model_type, eos_token_id: ends, ...rest } = config;
  return {
    architectures: [ARCHITECTURES[model_type]],
    model_type,
    ...rest,
    // A merged head or embedding is no longer the other.
    tie_word_embeddings: head === embedding,
    eos_token_id: ends.length > 1 ? ends : (ends[0] ?? null),
    hidden_act: 'silu',
    sliding_window: null,
    torch_dtype: TORCH_TYPES[dtype],
  };
}

/** Every parameter under its Hugging Face name. @throws PeftError 'unsupported' where F16 is too small */
function weights(model: LanguageModel, dtype: WrittenType): ReadonlyMap<string, TensorData> {
  const tensors = new Map<string, TensorData>();
  for (const { tensor, parts } of baseTensors(model)) {
    const [, ...inner] = tensor.shape;
    const row = inner.reduce((product, length) => product * length, 1);
    const values = computedValues(() => castRaw(tensor, 'float32'));
    for (const { name, start, size } of parts) {
      const data = values.slice(start * row, (start + size) * row);
      tensors.set(name, { shape: [size, ...inner], data });
    }
  }
  expectStorable(tensors, dtype);
  return tensors;
}

const LARGEST_HALF = 65_504;

function expectStorable(tensors: ReadonlyMap<string, TensorData>, dtype: WrittenType): void {
  const limit = dtype === 'F16' ? LARGEST_HALF : Number.MAX_VALUE;
  const beyond = [...tensors]
    .filter(([, { data }]) => !data.every((value) => Math.abs(value) <= limit))
    .map(([name]) => name);
  if (beyond.length === 0) return;
  throw new PeftError(
    'unsupported',
    {
      en: `The merged weights have values that ${dtype} cannot hold; store them in a wider type.`,
      zh: `合并后的权重中有 ${dtype} 无法表示的值，请改用更宽的类型。`,
    },
    { problems: beyond },
  );
}

/** A model as merges write it: what else lies beside one, licences and checkpoints, would be lost with it. */
const isModelFolder = (folder: string): boolean =>
  existsSync(join(folder, 'config.json')) &&
  [WEIGHTS, WEIGHT_INDEX].some((file) => existsSync(join(folder, file))) &&
  holdsOnly(
    folder,
    (file) => file === 'config.json' || TOKENIZER_FILES.includes(file) || isWeightFile(file),
  );
