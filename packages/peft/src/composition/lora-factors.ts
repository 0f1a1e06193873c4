/**
 * A saved LoRA adapter as numbers: for each module A[r, in], B[out, r] and the scale s = α/r (α/√r with
 * rsLoRA, both by pattern), so that its correction is ΔW = s·B·A.
 */
import * as z from 'zod';
import { schemaProblems } from '../schema-problems.ts';
import type { Text, Translated } from '../translated.ts';
import { rankAndScale } from '../tuners/lora-rank.ts';
import type { NamedAdapter } from './named-adapter.ts';

/** The correction of one module. */
export interface LoraFactors {
  /** [rank, inputSize] */
  readonly a: Float64Array;
  /** [outputSize, rank] */
  readonly b: Float64Array;
  readonly rank: number;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly scale: number;
}

/** Names of the two tensors of a module; embeddings have their own. */
export interface FactorNames {
  readonly a: string;
  readonly b: string;
}

/** The fields of the configuration that make up a module's rank and scale, HF-PEFT's defaults. */
export const scalingFields = z.looseObject({
  r: z.int().positive().default(8),
  lora_alpha: z.number().default(8),
  rank_pattern: z.record(z.string(), z.int().positive()).nullish().transform(orNothing),
  alpha_pattern: z.record(z.string(), z.number()).nullish().transform(orNothing),
  use_rslora: z.boolean().nullish().transform(Boolean),
});

/** Fields under which tensors mean more than A and B, or the base is another. */
const FOREIGN_FIELDS = [
  'use_dora',
  'use_qalora',
  'use_bdlora',
  'lora_bias',
  'modules_to_save',
  'trainable_token_indices',
  'target_parameters',
  'layer_replication',
  'alora_invocation_tokens',
];
/** Initialisations that take a part out of the base's weights. */
const CHANGES_BASE = /^(pissa|olora|corda|loftq|lora_ga)/;
const NAME_OF_A = /^(.*)\.(lora_A\.weight|lora_embedding_A)$/;

/**
 * Every module of an adapter by the name of its A.
 * @param problems receives a line for everything that cannot be combined
 */
export function readLoraFactors(
  { name, config, tensors }: NamedAdapter,
  problems: Text[],
): ReadonlyMap<string, LoraFactors & { readonly names: FactorNames }> {
  const complain = ({ en, zh }: Translated) =>
    problems.push({ en: `${name}: ${en}`, zh: `${name}：${zh}` });
  for (const field of FOREIGN_FIELDS) {
    if (isSet(config[field])) {
      complain({ en: `${field} is not combined`, zh: `${field} 不能合并` });
    }
  }
  if (isSet(config.bias) && config.bias !== 'none') {
    complain({ en: 'trained biases are not combined', zh: '训练过的偏置不能合并' });
  }
  const start = String(config.init_lora_weights);
  if (CHANGES_BASE.test(start)) {
    complain({
      en: `initialised by ${start}, it belongs to changed base weights; convert it to plain LoRA`,
      zh: `它由 ${start} 初始化，依赖改动过的基础权重，请先转换为普通的 LoRA`,
    });
  }
  const parsed = scalingFields.safeParse(config);
  if (!parsed.success) {
    for (const problem of schemaProblems(scalingFields, config, parsed.error)) complain(problem);
    return new Map();
  }
  const modules = new Map<string, LoraFactors & { names: FactorNames }>();
  const known = new Set<string>();
  for (const [key, a] of tensors) {
    const [, prefix, suffix] = NAME_OF_A.exec(key) ?? [];
    if (prefix === undefined || suffix === undefined) continue;
    const names = { a: key, b: `${prefix}.${suffix.replace('_A', '_B')}` };
    known.add(names.a).add(names.b);
    const b = tensors.get(names.b);
    const [rank, inputSize] = a.shape;
    const [outputSize, rankOfB] = b?.shape ?? [];
    if (b === undefined) complain({ en: `${names.b} is missing`, zh: `缺少 ${names.b}` });
    else if (a.shape.length !== 2 || b.shape.length !== 2 || rank !== rankOfB) {
      const [shapeOfA, shapeOfB] = [a.shape, b.shape].map((shape) => `[${shape}]`);
      complain({
        en: `${key}: expected A [r, in] and B [out, r], got ${shapeOfA} and ${shapeOfB}`,
        zh: `${key}：应为 A [r, in] 和 B [out, r]，实际为 ${shapeOfA} 和 ${shapeOfB}`,
      });
    } else {
      const path = prefix.replace(/^base_model\.model\./, '');
      const said = rankAndScale(path, parsed.data);
      if (said.rank !== rank) {
        complain({
          en: `${key}: the configuration says rank ${said.rank}, the tensor has ${rank}`,
          zh: `${key}：配置中的秩是 ${said.rank}，张量的秩是 ${rank}`,
        });
      }
      modules.set(key, {
        a: Float64Array.from(a.data),
        b: Float64Array.from(b.data),
        rank: rank as number,
        inputSize: inputSize as number,
        outputSize: outputSize as number,
        scale: said.scale,
        names,
      });
    }
  }
  for (const key of tensors.keys()) {
    if (!known.has(key)) complain({ en: `${key} is no LoRA tensor`, zh: `${key} 不是 LoRA 张量` });
  }
  if (modules.size === 0) {
    complain({ en: 'it holds no LoRA module', zh: '其中没有 LoRA 模块' });
  }
  return modules;
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function orNothing(pattern: Record<string, number> | null | undefined): Record<string, number> {
  return pattern ?? {};
}
