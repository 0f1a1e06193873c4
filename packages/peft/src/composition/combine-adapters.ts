/** Several adapters of one base model into one: HF-PEFT's `add_weighted_adapter` on saved adapters. */
import type * as z from 'zod';
import { PeftError } from '../errors.ts';
import { firstProblems } from '../first-problems.ts';
import { expectBaseModel } from '../hub/adapter-hub.ts';
import type { StoredAdapter } from '../io/adapter-files.ts';
import { schemaProblems } from '../schema-problems.ts';
import type { Text } from '../translated.ts';
import { combinations } from './combination.ts';
import { type CombineConfig, combineConfig } from './combine-config.ts';
import { combineIa3 } from './combine-ia3.ts';
import { combineLora } from './combine-lora.ts';
import type { NamedAdapter } from './named-adapter.ts';

/** Of adapters of two models every tensor is one. */
const MOST_PROBLEMS = 20;

/** By `peft_type`; the others have no combination. */
const METHODS = { LORA: combineLora, IA3: combineIa3 };

/**
 * Combines LoRA adapters (of any ranks, scales and modules) or (IA)³ adapters. The correction of the
 * result is the formula of `options.combination_type` on the corrections wᵢ·sᵢ·Bᵢ·Aᵢ; see
 * `on-factors.ts` and `on-corrections.ts` for the formulas. (IA)³ vectors are summed, whatever the type.
 *
 * @param adapters names are for messages, by default their number
 * @param weights one for each adapter; negative ones subtract
 * @param options see `combineConfig`; `onModule` is told how far a long combination has come
 * @returns configuration and tensors for `writeAdapter`
 * @throws PeftError 'mismatch' with every reason why these adapters cannot be combined,
 *   'bad-config' with every problem of the options
 */
export function combineAdapters(
  adapters: readonly (StoredAdapter & { readonly name?: string })[],
  weights: readonly number[],
  {
    onModule,
    ...options
  }: z.input<typeof combineConfig> & {
    readonly onModule?: (done: number, total: number) => void;
  } = {},
): StoredAdapter {
  const config = expectOptions(adapters.length, weights, options);
  const named = adapters.map((adapter, i) => ({ name: `adapter ${i + 1}`, ...adapter }));
  const problems = baseProblems(named);
  const types = new Set(named.map(({ config: { peft_type } }) => String(peft_type)));
  const [type] = types;
  let combined: StoredAdapter | null = null;
  if (types.size > 1) {
    problems.push({
      en: `methods differ: ${named.map(({ name, config: { peft_type } }) => `${name} is ${peft_type}`).join(', ')}`,
      zh: `方法不同：${named.map(({ name, config: { peft_type } }) => `${name} 是 ${peft_type}`).join('、')}`,
    });
  } else if (type === undefined || !Object.hasOwn(METHODS, type)) {
    problems.push({
      en: `${type} adapters have no combination; LORA and IA3 have`,
      zh: `${type} 适配器不能合并，只有 LORA 和 IA3 可以`,
    });
  } else {
    const combine = METHODS[type as keyof typeof METHODS];
    combined = combine(named, weights, config, problems, onModule);
  }
  if (combined !== null && problems.length === 0) return combined;
  const message = { en: 'these adapters cannot be combined', zh: '这些适配器不能合并' };
  throw new PeftError('mismatch', message, { problems: firstProblems(problems, MOST_PROBLEMS) });
}

function expectOptions(
  count: number,
  weights: readonly number[],
  options: z.input<typeof combineConfig>,
): CombineConfig {
  const parsed = combineConfig.safeParse(options);
  const problems = parsed.success ? [] : schemaProblems(combineConfig, options, parsed.error);
  if (count === 0) {
    problems.push({ en: 'there is no adapter to combine', zh: '没有可合并的适配器' });
  }
  if (weights.length !== count) {
    problems.push({
      en: `weights: expected ${count}, one for each adapter, got ${weights.length}`,
      zh: `weights：每个适配器一个，应有 ${count} 个，实际有 ${weights.length} 个`,
    });
  }
  for (const weight of weights) {
    if (Number.isFinite(weight)) continue;
    problems.push({
      en: `weights: ${weight} is no finite number`,
      zh: `weights：${weight} 不是有限的数`,
    });
  }
  const type = parsed.data?.combination_type;
  if (type && combinations[type].sparsify && parsed.data?.density === undefined) {
    problems.push({
      en: `density: ${type} needs the share of entries to keep, between 0 and 1`,
      zh: `density：${type} 需要给出保留的比例，在 0 和 1 之间`,
    });
  }
  if (parsed.success && problems.length === 0) return parsed.data;
  const message = { en: 'the adapters cannot be combined this way', zh: '适配器不能这样合并' };
  throw new PeftError('bad-config', message, { problems });
}

function baseProblems(adapters: readonly NamedAdapter[]): Text[] {
  const problems: Text[] = [];
  const bases = adapters.map(({ config }) => config.base_model_name_or_path);
  const first = bases.find((base) => typeof base === 'string' && base !== '');
  for (const [i, { name }] of adapters.entries()) {
    const baseModel = bases[i];
    if (typeof first !== 'string' || typeof baseModel !== 'string' || baseModel === '') continue;
    try {
      expectBaseModel({ name, baseModel }, first);
    } catch {
      problems.push({
        en: `${name} belongs to the base model ${baseModel}, the first one to ${first}`,
        zh: `${name} 的基础模型是 ${baseModel}，第一个适配器的是 ${first}`,
      });
    }
  }
  return problems;
}
