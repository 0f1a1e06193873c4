/**
 * A saved LoRA adapter as numbers: for each module A[r, in], B[out, r] and the scale s = α/r (α/√r with
 * rsLoRA, both by pattern), so that its correction is ΔW = s·B·A.
 */
import { schemaProblems } from '../schema-problems.ts';
import type { Text, Translated } from '../translated.ts';
import { rankAndScale, scalingFields } from '../tuners/lora-rank.ts';
import { factorName, factorProblems } from '../tuners/saved-factors.ts';
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
  for (const problem of factorProblems({ config, tensors })) complain(problem);
  const modules = new Map<string, LoraFactors & { names: FactorNames }>();
  for (const [key, a] of tensors) {
    const name = factorName(key);
    if (name === null) {
      complain({ en: `${key} is no LoRA tensor`, zh: `${key} 不是 LoRA 张量` });
      continue;
    }
    const b = tensors.get(name.partner);
    if (name.factor === 'B' || b === undefined) continue;
    const [rank, inputSize] = a.shape;
    const [outputSize] = b.shape;
    modules.set(key, {
      a: Float64Array.from(a.data),
      b: Float64Array.from(b.data),
      rank: rank as number,
      inputSize: inputSize as number,
      outputSize: outputSize as number,
      scale: rankAndScale(name.path, parsed.data).scale,
      names: { a: key, b: name.partner },
    });
  }
  return modules;
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
