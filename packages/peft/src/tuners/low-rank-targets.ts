/**
 * What a low-rank configuration names in a model, by Hugging Face PEFT's rules: linear layers, the
 * embedding, the head, and modules to be trained and saved whole. All that does not fit is said at once.
 */

import { PeftError } from '../errors.ts';
import { javaScriptPattern } from '../io/python-pattern.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { ProjectionGroup } from '../model/projection.ts';
import type { Translated } from '../translated.ts';
import { LORA_TARGETS } from './default-targets.ts';
import type { LoraFields } from './lora-config.ts';
import { lastNames, savedModuleProblems } from './saved-module-problems.ts';
import {
  chosenLayers,
  fitsPattern,
  fromPattern,
  matches,
  projectionGroups,
  type TargetGroup,
} from './target-modules.ts';

export const EMBEDDING = 'model.embed_tokens';
export const HEAD = 'lm_head';

interface LowRankTargets {
  /** Groups of linear layers with at least one chosen part. */
  readonly groups: readonly TargetGroup[];
  readonly embedding: boolean;
  /** The head as a group of one, when it is chosen. */
  readonly head: TargetGroup | null;
  /** Paths of modules that are trained whole. */
  readonly savedModules: readonly string[];
  /** As HF-PEFT would write `target_modules`: other readers know no 'all-linear'. */
  readonly names: string | readonly string[];
}

type Rule = Pick<
  LoraFields,
  | 'target_modules'
  | 'exclude_modules'
  | 'layers_to_transform'
  | 'layers_pattern'
  | 'modules_to_save'
  | 'r'
  | 'rank_pattern'
  | 'alpha_pattern'
  | 'inference_mode'
  | 'ensure_weight_tying'
>;

/** @throws PeftError 'bad-config' with every problem and the names that there are */
export function lowRankTargets(model: LanguageModel, rule: Rule): LowRankTargets {
  const wanted = rule.target_modules ?? LORA_TARGETS[model.config.model_type] ?? 'all-linear';
  const groups = model.blocks.flatMap(projectionGroups);
  const linear = groups.flatMap(({ parts }) => parts.map(({ path }) => path));
  const norms = [
    ...model.blocks.flatMap((_, layer) =>
      ['input_layernorm', 'post_attention_layernorm'].map(
        (name) => `model.layers.${layer}.${name}`,
      ),
    ),
    'model.norm',
  ];
  const every = [EMBEDDING, ...linear, ...norms, HEAD];
  const savedModules = every.filter((path) =>
    rule.modules_to_save?.some((name) => path.endsWith(name)),
  );
  const meant = (path: string): boolean =>
    matches(path, wanted) &&
    !(rule.exclude_modules && matches(path, rule.exclude_modules)) &&
    !savedModules.includes(path);
  const chosen = (path: string): boolean =>
    meant(path) &&
    // A path in full is meant whatever its layer.
    ((Array.isArray(wanted) && wanted.includes(path)) || inLayers(path, rule));
  /** 'all-linear' leaves embedding and head out. */
  const outer = wanted !== 'all-linear';
  const targetGroups = groups
    .map((group) => ({ group, parts: group.parts.filter(({ path }) => chosen(path)) }))
    .filter(({ parts }) => parts.length > 0);
  const headPart = { path: HEAD, start: 0, size: model.head.shape[0] as number };
  const head =
    outer && chosen(HEAD)
      ? {
          group: new ProjectionGroup([headPart], model.head, null, model.precision),
          parts: [headPart],
        }
      : null;
  const targets = {
    groups: targetGroups,
    embedding: outer && chosen(EMBEDDING),
    head,
    savedModules,
    names: wanted,
  };
  const shared = groups.filter(({ parts }) => parts.length > 1).flatMap(({ parts }) => parts);
  const whole = every.filter((path) => !shared.some((part) => part.path === path));
  const known = { modelName: model.name, every, whole };
  const unsaved = savedModuleProblems(rule.modules_to_save ?? [], known);
  const problems = [
    ...(typeof wanted === 'string' ? [] : wanted).flatMap((name) => {
      const named = every.filter((path) => matches(path, [name]));
      // A stored adapter may name modules of other models, too, as HF-PEFT lets it.
      if (rule.inference_mode && named.length === 0) return [];
      return targetProblems(name, named, norms, model);
    }),
    ...unsaved,
    ...layerlessProblems(
      [EMBEDDING, HEAD].filter((path) => outer && meant(path) && !chosen(path)),
      rule,
    ),
    ...tyingProblems(model, targets, rule),
    ...rankProblems(model, targets, rule),
    ...patternProblems(targets, rule),
  ];
  const found = targets.groups.length > 0 || targets.embedding || targets.head !== null;
  if (problems.length === 0 && found) {
    return wanted === 'all-linear' ? { ...targets, names: adaptedNames(targets) } : targets;
  }
  const names = lastNames([...linear, EMBEDDING, HEAD]).join(', ');
  const saved = lastNames(whole).join(', ');
  const headline = !found
    ? {
        en: `target_modules ${JSON.stringify(wanted)} matches no linear layer of ${model.name} (after exclude_modules, modules_to_save and layers_to_transform); the layers are called ${names}`,
        zh: `target_modules ${JSON.stringify(wanted)} 与 ${model.name} 的线性层都不匹配（已应用 exclude_modules、modules_to_save 和 layers_to_transform），各层的名称：${names}`,
      }
    : problems.length === unsaved.length
      ? {
          en: `modules_to_save does not fit ${model.name}; it may hold ${saved}`,
          zh: `modules_to_save 与 ${model.name} 不符，可以是：${saved}`,
        }
      : {
          en: `the target modules do not fit ${model.name}; they may be ${names}`,
          zh: `目标模块与 ${model.name} 不符，可以是：${names}`,
        };
  throw new PeftError('bad-config', headline, { problems });
}

/** The distinct last parts of the adapted paths: q_proj, k_proj … */
function adaptedNames({ groups }: Pick<LowRankTargets, 'groups'>): readonly string[] {
  return lastNames(groups.flatMap(({ parts }) => parts.map(({ path }) => path)));
}

/** What is wrong with a name of a list. @param meant the modules that it names */
function targetProblems(
  name: string,
  meant: readonly string[],
  norms: readonly string[],
  model: LanguageModel,
): Translated[] {
  if (meant.length === 0) {
    return [
      {
        en: `target_modules: there is no module '${name}' in ${model.name}`,
        zh: `target_modules：${model.name} 中没有名为“${name}”的模块`,
      },
    ];
  }
  return meant.some((path) => norms.includes(path))
    ? [
        {
          en: `target_modules: ${name} is a norm, which has no matrix; train it through modules_to_save`,
          zh: `target_modules：${name} 是归一化层，没有矩阵，请通过 modules_to_save 训练`,
        },
      ]
    : [];
}

/** Modules in no layer that `layers_to_transform` would leave out unsaid. */
function layerlessProblems(
  leftOut: readonly string[],
  { target_modules, inference_mode }: Rule,
): Translated[] {
  // A regular expression may mean them by the way.
  if (inference_mode || !Array.isArray(target_modules)) return [];
  return leftOut.map((path) => ({
    en: `target_modules: ${path} lies in no layer, so layers_to_transform leaves it out; write it in full (${path}) to adapt it all the same`,
    zh: `target_modules：${path} 不在任何层中，会被 layers_to_transform 排除；如仍要适配，请写出全称（${path}）`,
  }));
}

/** HF-PEFT lets the factors of a tied embedding count for the head, too, and saves them twice. */
function tyingProblems(
  model: LanguageModel,
  { embedding, head }: Pick<LowRankTargets, 'embedding' | 'head'>,
  { ensure_weight_tying }: Rule,
): Translated[] {
  if (!ensure_weight_tying || model.head !== model.embedding || !(embedding || head)) return [];
  return [
    {
      en: 'ensure_weight_tying: factors that a tied embedding and head share are not computed; put embed_tokens into modules_to_save, or leave ensure_weight_tying out',
      zh: 'ensure_weight_tying：不支持由嵌入层和输出头共用的低秩因子；请把 embed_tokens 放到 modules_to_save 中，或去掉 ensure_weight_tying',
    },
  ];
}

/** Ranks above a matrix's smaller side; a saved adapter may hold stacked factors of such ranks. */
function rankProblems(
  model: LanguageModel,
  { groups, embedding, head }: Pick<LowRankTargets, 'groups' | 'embedding' | 'head'>,
  { r, rank_pattern, inference_mode }: Rule,
): Translated[] {
  if (inference_mode) return [];
  const [vocabulary, width] = model.embedding.shape as [number, number];
  const matrices = [
    ...[...groups, ...(head ? [head] : [])].flatMap(({ group, parts }) =>
      parts.map(({ path, size }) => ({ path, rows: size, columns: group.inputSize })),
    ),
    ...(embedding ? [{ path: EMBEDDING, rows: width, columns: vocabulary }] : []),
  ];
  const tooHigh = matrices
    .map((matrix) => ({ ...matrix, rank: fromPattern(matrix.path, rank_pattern, r) }))
    .filter(({ rank, rows, columns }) => rank > Math.min(rows, columns));
  const alike = new Map(
    tooHigh.map((matrix) => [`${matrix.rank} ${matrix.rows}×${matrix.columns}`, matrix]),
  );
  return [...alike.values()].map(({ rank, rows, columns }) => {
    const those = tooHigh.filter(
      (other) => other.rank === rank && other.rows === rows && other.columns === columns,
    );
    const most = Math.min(rows, columns);
    const names = lastNames(those.map(({ path }) => path));
    const times = those.length / names.length;
    const [en, zh] = times > 1 ? [` in ${times} layers`, `（共 ${times} 层）`] : ['', ''];
    return {
      en: `r: rank ${rank} is above ${names.join(', ')} (${rows}×${columns})${en}; at most ${most} fits`,
      zh: `r：秩 ${rank} 超过了 ${names.join('、')}（${rows}×${columns}）${zh}所能容纳的，最多为 ${most}`,
    };
  });
}

/** Keys of the patterns that mean nothing that is adapted; stored adapters are taken as they are. */
function patternProblems(
  { groups, embedding, head }: Pick<LowRankTargets, 'groups' | 'embedding' | 'head'>,
  { rank_pattern, alpha_pattern, inference_mode }: Rule,
): Translated[] {
  if (inference_mode) return [];
  const adapted = [
    ...groups.flatMap(({ parts }) => parts.map(({ path }) => path)),
    ...(embedding ? [EMBEDDING] : []),
    ...(head ? [HEAD] : []),
  ];
  return Object.entries({ rank_pattern, alpha_pattern }).flatMap(([field, pattern]) =>
    Object.keys(pattern)
      .filter((key) => !adapted.some((path) => fitsPattern(path, key)))
      .map((key) => ({
        en: `${field}: '${key}' fits none of the target modules`,
        zh: `${field}：“${key}”与目标模块都不匹配`,
      })),
  );
}

function inLayers(path: string, { layers_to_transform, layers_pattern }: Rule): boolean {
  const layers = chosenLayers(layers_to_transform);
  if (layers === null) return true;
  const patterns = layers_pattern?.length ? [layers_pattern].flat() : ['[^.]*'];
  const layer = patterns
    .map((pattern) => new RegExp(`^.*\\.${javaScriptPattern(pattern)}\\.(\\d+)\\.`).exec(path)?.[1])
    .find((found) => found !== undefined);
  return layer !== undefined && layers.has(Number(layer));
}
