/**
 * LoRAHub (Huang et al. 2023, arXiv 2307.13269): a few examples of a new task choose the weights of a
 * composition of modules that were trained on other tasks. Only forward passes; the search is
 * gradient-free, by default within ±1.5 and from 0, the base model.
 */
import { PeftError } from '../errors.ts';
import { type MinimizeOptions, minimize, type Trial } from '../gradient-free/minimize.ts';
import type { AlgorithmName } from '../gradient-free/shiwa.ts';
import type { StoredAdapter } from '../io/adapter-files.ts';
import { seededRandom } from '../tensors/random.ts';
import { changesBase } from '../tuners/lora-config.ts';
import { scalingFields } from '../tuners/lora-rank.ts';
import { type AdapterTensors, composeLora, expectAlike } from './compose-lora.ts';
import { lorahubObjective } from './lorahub-objective.ts';

/** The paper's values by default. */
export interface LoraHubOptions extends Pick<MinimizeOptions, 'onTrial' | 'signal'> {
  /** Evaluations of the loss, default 40. */
  readonly budget?: number;
  /** Largest magnitude of a weight, default 1.5. */
  readonly bounds?: number;
  /** α of the objective, default 0.05. */
  readonly regularization?: number;
  /** Default: Shiwa's choice, which is COBYLA for up to 30 modules. */
  readonly algorithm?: AlgorithmName;
  /** Default 42; COBYLA draws nothing. */
  readonly seed?: number;
}

/** The best composition that was evaluated. */
export interface LoraHubResult {
  readonly weights: readonly number[];
  /** The composed adapter, as `writeAdapter` and `Adapter.load` take it. */
  readonly state: AdapterTensors;
  readonly config: StoredAdapter['config'];
  /** Its objective, regularisation included. */
  readonly value: number;
  readonly trace: readonly Trial[];
  readonly algorithm: AlgorithmName;
}

/** Fields by which the same tensors would mean different corrections. */
const SCALE = ['peft_type', 'r', 'lora_alpha', 'use_rslora', 'rank_pattern', 'alpha_pattern'];

const FACTOR = /\.lora_(?:A|B|embedding_A|embedding_B)(?:\.weight)?$/;

/**
 * Searches the weights whose composition has the smallest objective.
 *
 * @param modules LoRA adapters with the same tensors and scale, names for messages
 * @param evaluateLoss mean cross-entropy of the examples with this state loaded
 * @throws PeftError 'mismatch' naming every module that differs from the first, 'bad-config' for a
 *   budget or bounds that make no sense, 'aborted'
 */
export async function searchLoraHub(
  modules: readonly (StoredAdapter & { readonly name?: string })[],
  evaluateLoss: (state: AdapterTensors) => number | Promise<number>,
  options: LoraHubOptions = {},
): Promise<LoraHubResult> {
  const { budget = 40, bounds = 1.5, regularization, algorithm, seed = 42 } = options;
  const { onTrial, signal } = options;
  const names = modules.map(({ name }, i) => name ?? `module ${i + 1}`);
  const states = modules.map(({ tensors }) => tensors);
  expectComposable(modules);
  const zeros = modules.map(() => 0);
  const found = await minimize(
    async (weights) =>
      lorahubObjective(
        await evaluateLoss(composeLora(states, weights, names)),
        weights,
        regularization,
      ),
    {
      dimension: modules.length,
      lower: -bounds,
      upper: bounds,
      initial: zeros,
      budget,
      random: seededRandom(seed),
      ...(algorithm && { algorithm }),
      ...(onTrial && { onTrial }),
      ...(signal && { signal }),
    },
  );
  return {
    weights: found.best,
    state: composeLora(states, found.best, names),
    config: { ...modules[0]?.config, inference_mode: true },
    value: found.value,
    trace: found.trace,
    algorithm: found.algorithm,
  };
}

/**
 * Makes sure that modules can be composed.
 * @throws PeftError 'mismatch' naming every module that differs from the first
 */
export function expectComposable(
  modules: readonly (StoredAdapter & { readonly name?: string })[],
): void {
  const names = modules.map(({ name }, i) => name ?? `module ${i + 1}`);
  expectScale(modules, names);
  expectAlike(
    modules.map(({ tensors }) => tensors),
    names,
  );
}

/** The same for all modules that can be composed with each other; null for one that cannot be composed. */
export function compositionKey({ config, tensors }: StoredAdapter): string | null {
  if (config.peft_type !== 'LORA' || [...tensors.keys()].some((key) => !FACTOR.test(key))) {
    return null;
  }
  const shapes = [...tensors].map(([key, { shape }]) => `${key} ${shape}`).sort();
  const scale = withDefaults(config);
  return JSON.stringify([SCALE.map((field) => scale[field] ?? null), shapes]);
}

/** A configuration with what HF-PEFT assumes where a field of the scale is left out. */
function withDefaults(config: StoredAdapter['config']): StoredAdapter['config'] {
  return scalingFields.safeParse(config).data ?? config;
}

function expectScale(modules: readonly StoredAdapter[], names: readonly string[]): void {
  const [first] = modules;
  const value = ({ config }: StoredAdapter, field: string) =>
    JSON.stringify(withDefaults(config)[field] ?? null);
  const problems = modules.flatMap((module, i) =>
    SCALE.filter((field) => first && value(module, field) !== value(first, field)).map((field) => {
      const [own, firsts] = [value(module, field), value(first as StoredAdapter, field)];
      return {
        en: `${names[i]}: ${field} is ${own}, in ${names[0]} it is ${firsts}`,
        zh: `${names[i]}：${field} 是 ${own}，在 ${names[0]} 中是 ${firsts}`,
      };
    }),
  );
  if (first && first.config.peft_type !== 'LORA') {
    problems.push({
      en: `${names[0]}: it is no LORA adapter`,
      zh: `${names[0]}：不是 LORA 适配器`,
    });
  }
  for (const [i, { config }] of modules.entries()) {
    if (!changesBase({ init_lora_weights: config.init_lora_weights as 'pissa' })) continue;
    problems.push({
      en: `${names[i]}: it belongs to a changed base (init_lora_weights ${JSON.stringify(config.init_lora_weights)}); save it again here to convert it`,
      zh: `${names[i]}：属于被改动的基础模型（init_lora_weights 为 ${JSON.stringify(config.init_lora_weights)}），请在这里重新保存以转换`,
    });
  }
  // Of anything but factors, a weight of 0 would not give the base.
  for (const [i, { tensors }] of modules.entries()) {
    const others = [...tensors.keys()].filter((key) => !FACTOR.test(key));
    if (others.length === 0) continue;
    const [en, zh] =
      others.length > 1 ? [` and ${others.length - 1} more`, `等 ${others.length} 项`] : ['', ''];
    problems.push({
      en: `${names[i]}: ${others[0]}${en} cannot be composed`,
      zh: `${names[i]}：${others[0]} ${zh}不能组合`,
    });
  }
  if (problems.length === 0) return;
  const message = {
    en: 'LoRAHub composes LoRA modules of one scale',
    zh: 'LoRAHub 只能组合缩放相同的 LoRA 适配器',
  };
  throw new PeftError('mismatch', message, { problems });
}
