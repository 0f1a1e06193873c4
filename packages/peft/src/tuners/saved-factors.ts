/**
 * Whether stored tensors are the factors that a low-rank configuration speaks of: for each module
 * A[r, in] and B[out, r], with AdaLoRA E[r, 1], of the rank that `r` and `rank_pattern` give it.
 */
import * as z from 'zod';
import type { StoredAdapter } from '../io/adapter-files.ts';
import type { Translated } from '../translated.ts';
import { storedRanks } from './adalora-saved-ranks.ts';
import { rankAndScale, scalingFields } from './lora-rank.ts';

const FACTOR = /^((?:base_model\.model\.)?(.*)\.lora_)(embedding_)?([AB])((?:\.weight)?)$/;
/** What lies beside A and B: biases, magnitudes, AdaLoRA's singular values, copies of the base. */
const BESIDE = /\.(lora_B\.bias|lora_magnitude_vector(\.weight)?|lora_E|ranknum|base_layer\.\w+)$/;
/** Parameters of the model itself, by `bias` and `modules_to_save`. */
const OF_THE_MODEL = /^base_model\.model\..*\.(weight|bias)$/;

/** What AdaLoRA's ranks follow from, HF-PEFT's defaults. */
const rankFields = z.looseObject({
  init_r: z.int().default(12),
  rank_pattern: z.record(z.string(), z.array(z.boolean())).nullish(),
});

/** A tensor by its name, where it is A or B of a module. */
interface FactorName {
  /** `model.layers.0.self_attn.q_proj` */
  readonly path: string;
  readonly factor: 'A' | 'B';
  /** Name of the module's other factor. */
  readonly partner: string;
}

/** What a tensor's name says; null for one that is no factor. */
export function factorName(name: string): FactorName | null {
  const [, before, path, embedding = '', factor, after = ''] = FACTOR.exec(name) ?? [];
  if (before === undefined || path === undefined) return null;
  const partner = `${before}${embedding}${factor === 'A' ? 'B' : 'A'}${after}`;
  return { path, factor: factor as 'A' | 'B', partner };
}

/** Factors that are missing, do not go together, or are of another rank than the configuration says. */
export function factorProblems({ config, tensors }: StoredAdapter): Translated[] {
  const ranksOf = possibleRanks(config);
  const names = [...tensors].flatMap(([name, { shape }]) => {
    const found = factorName(name);
    return found ? [{ name, shape, ...found }] : [];
  });
  if (names.length === 0) return [{ en: 'it holds no LoRA module', zh: '其中没有 LoRA 模块' }];
  return names.flatMap(({ name, shape, path, factor, partner }) => {
    const other = tensors.get(partner)?.shape;
    if (!other) return [{ en: `${partner}: missing`, zh: `${partner}：缺失` }];
    if (factor === 'B') return [];
    const [rank] = shape;
    if (shape.length !== 2 || other.length !== 2 || rank !== other[1]) {
      return [
        {
          en: `${name}: [${shape}] does not go with B[${other}]; expected A[r, in] and B[out, r]`,
          zh: `${name}：[${shape}] 与 B[${other}] 不匹配，应为 A[r, in] 和 B[out, r]`,
        },
      ];
    }
    const ranks = ranksOf(path);
    if (ranks !== null && !ranks.includes(rank as number)) {
      return [
        {
          en: `${name}: the configuration says rank ${ranks[0]}, the tensor has ${rank}`,
          zh: `${name}：配置中的秩是 ${ranks[0]}，张量的秩是 ${rank}`,
        },
      ];
    }
    if (config.peft_type !== 'ADALORA') return [];
    const values = name.replace(/A$/, 'E');
    const got = tensors.get(values)?.shape;
    if (!got) return [{ en: `${values}: missing`, zh: `${values}：缺失` }];
    if (got.join() === `${rank},1`) return [];
    return [
      {
        en: `${values}: expected [${rank},1], got [${got}]`,
        zh: `${values}：应为 [${rank},1]，实际为 [${got}]`,
      },
    ];
  });
}

/** Tensors that no low-rank adapter of this configuration has. */
export function strayTensors({ config, tensors }: StoredAdapter): Translated[] {
  const ofModel =
    (config.bias ?? 'none') !== 'none' || [config.modules_to_save ?? []].flat().length > 0;
  return [...tensors.keys()]
    .filter((name) => !factorName(name) && !BESIDE.test(name))
    .filter((name) => !(ofModel && OF_THE_MODEL.test(name)))
    .map((name) => ({
      en: `${name}: no tensor of such an adapter`,
      zh: `${name}：这类适配器没有这个张量`,
    }));
}

/** The ranks that a module may have, the one to name first; null where the configuration says none. */
function possibleRanks(
  config: StoredAdapter['config'],
): (path: string) => readonly number[] | null {
  if (config.peft_type === 'ADALORA') {
    const fields = rankFields.safeParse(config);
    if (!fields.success) return () => null;
    const { init_r, rank_pattern = null } = fields.data;
    const stored = storedRanks(rank_pattern);
    // A file with all ranks is the start of a training.
    return (path) => {
      const kept = stored.get(path)?.filter(Boolean).length;
      return [...(kept === undefined ? [] : [kept]), init_r];
    };
  }
  const parsed = scalingFields.safeParse(config);
  return (path) => (parsed.success ? [rankAndScale(path, parsed.data).rank] : null);
}
