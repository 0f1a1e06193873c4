/** What the methods share that put virtual tokens before the sequence: their fields, and their sizes. */
import type { Tensor } from '@tensorflow/tfjs';
import * as z from 'zod';
import { described } from '../described.ts';
import { PeftError } from '../errors.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { engine } from '../tensors/engine.ts';
import { selectRows } from '../tensors/select-rows.ts';

const fromModel = z.int().positive().nullable().default(null);

/** HF-PEFT's PromptLearningConfig; the sizes are the model's and are checked against it. */
export const virtualTokenFields = {
  task_type: z.string().nullable().default('CAUSAL_LM'),
  base_model_name_or_path: z.string().nullable().default(null),
  num_virtual_tokens: z.int().positive().default(20).apply(described, {
    en: 'virtual tokens before each sequence; 10 to 20 are usual, 1 to 200 possible',
    zh: '每个序列前的虚拟词元数；通常为 10 到 20，可取 1 到 200',
  }),
  token_dim: fromModel.apply(described, {
    en: 'width of a virtual token; default: the model’s',
    zh: '虚拟词元的宽度；默认：与模型相同',
  }),
  num_layers: fromModel.apply(described, { en: 'default: the model’s', zh: '默认：与模型相同' }),
  num_attention_heads: fromModel.apply(described, {
    en: 'default: the model’s',
    zh: '默认：与模型相同',
  }),
  num_transformer_submodules: z
    .literal([1, null], 'expected 1: there is only a decoder')
    .default(null),
  modules_to_save: z.null('modules_to_save is not computed').optional(),
};

/** The sizes of the model that a method's virtual tokens must have. */
export interface VirtualTokenSizes {
  readonly token_dim: number;
  readonly num_layers: number;
  readonly num_attention_heads: number;
}

/**
 * The configuration with the model's sizes filled in, as HF-PEFT writes it.
 * @throws PeftError 'mismatch' naming every field that another model must have had
 */
export function fitVirtualTokens<
  Config extends { readonly [Field in keyof VirtualTokenSizes]: number | null } & {
    readonly num_virtual_tokens: number;
  },
>(model: LanguageModel, config: Config, sizes: VirtualTokenSizes): Config & VirtualTokenSizes {
  const fields = Object.keys(sizes) as (keyof VirtualTokenSizes)[];
  const problems = fields
    .filter((field) => config[field] !== null && config[field] !== sizes[field])
    .map((field) => ({
      en: `${field}: expected ${sizes[field]}, got ${config[field]}`,
      zh: `${field}：应为 ${sizes[field]}，实际为 ${config[field]}`,
    }));
  const reach = model.rotary.cos.shape[0] as number;
  if (config.num_virtual_tokens >= reach) {
    problems.push({
      en: `num_virtual_tokens: expected fewer than the ${reach} positions of the context, got ${config.num_virtual_tokens}`,
      zh: `num_virtual_tokens：应少于上下文的 ${reach} 个位置，实际为 ${config.num_virtual_tokens}`,
    });
  }
  if (problems.length > 0) {
    throw new PeftError(
      'mismatch',
      {
        en: `these virtual tokens do not fit ${model.name}`,
        zh: `这些虚拟词元与 ${model.name} 不符`,
      },
      { problems },
    );
  }
  return { ...config, ...sizes, num_transformer_submodules: 1 };
}

/**
 * The virtual tokens of each sequence, one after the other.
 * @param tables [tables·length, width] @param which table each sequence takes
 */
export function rowsOfSequences(tables: Tensor, length: number, which: Int32Array): Tensor {
  const index = new Int32Array(which.length * length);
  for (const [sequence, table] of which.entries()) {
    for (let j = 0; j < length; j++) index[sequence * length + j] = table * length + j;
  }
  return selectRows(tables, engine().tf.tensor1d(index, 'int32'));
}
