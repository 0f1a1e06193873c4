/**
 * What is checked of an adapter from elsewhere before anything is made of it: patterns that cannot be
 * compiled or never end, sizes that its tensors do not bear out, weights that are no numbers.
 */
import { runInNewContext } from 'node:vm';
import type { Translated } from '../translated.ts';
import { javaScriptPattern } from './python-pattern.ts';
import type { TensorData } from './safetensors.ts';

type Config = Readonly<Record<string, unknown>>;

/** Longer ones are no names of modules. */
const LONGEST_PATTERN = 2000;
/** Milliseconds for all patterns together; an honest one takes microseconds. */
const TIME = 1000;
const MODULES = [
  ...['q_proj', 'k_proj', 'v_proj', 'o_proj'].map((name) => `self_attn.${name}`),
  ...['gate_proj', 'up_proj', 'down_proj'].map((name) => `mlp.${name}`),
  'input_layernorm',
  'post_attention_layernorm',
];
const LAYERS = 64;
/** What patterns are matched against: every module, since a pattern may be slow of one alone. */
const PATHS = [
  'model.embed_tokens',
  ...Array.from({ length: LAYERS }, (_, layer) =>
    MODULES.map((name) => `model.layers.${layer}.${name}`),
  ).flat(),
  'model.norm',
  'lm_head',
];

/** Fields whose text is a regular expression … */
const PATTERN_FIELDS = [
  'target_modules',
  'exclude_modules',
  'feedforward_modules',
  'layers_pattern',
];
/** … or whose keys are. */
const KEYED_FIELDS = ['rank_pattern', 'alpha_pattern'];
/** Fields that say how large a dimension of some tensor is. */
const SIZE_FIELDS = [
  'r',
  'init_r',
  'target_r',
  'num_virtual_tokens',
  'encoder_hidden_size',
  'bottleneck_size',
];
/** Fields that say how many layers a network has of which the file may hold none. */
const LAYER_FIELDS = ['encoder_num_layers'];
const MOST_LAYERS = 64;
/** Sizes up to this cost little; the method itself compares them with its tensors. */
const ORDINARY_SIZE = 1024;

/** Patterns of a configuration that no module name should be matched against. */
export function patternProblems(config: Config): Translated[] {
  const problems: Translated[] = [];
  const usable: { readonly field: string; readonly pattern: string; readonly whole: string }[] = [];
  for (const [field, pattern] of patternsOf(config)) {
    const whole = `^(?:.*\\.)?(?:${pattern})$`;
    if (pattern.length > LONGEST_PATTERN) {
      problems.push({
        en: `${field}: ${shown(pattern)} is longer than ${LONGEST_PATTERN} characters`,
        zh: `${field}：${shown(pattern)} 超过 ${LONGEST_PATTERN} 个字符`,
      });
    } else if (compiles(whole)) usable.push({ field, pattern, whole: javaScriptPattern(whole) });
    else {
      problems.push({
        en: `${field}: ${shown(pattern)} is no regular expression, or one in a syntax that Python alone has`,
        zh: `${field}：${shown(pattern)} 不是正则表达式，或使用了 Python 特有的语法`,
      });
    }
  }
  const slow = firstSlow(usable.map(({ whole }) => whole));
  const endless = slow === null ? undefined : usable[slow];
  if (endless) {
    problems.push({
      en: `${endless.field}: ${shown(endless.pattern)} takes too long to match`,
      zh: `${endless.field}：${shown(endless.pattern)} 匹配耗时过长`,
    });
  }
  return problems;
}

function patternsOf(config: Config): (readonly [string, string])[] {
  const texts = PATTERN_FIELDS.flatMap((field) =>
    typeof config[field] === 'string' ? [[field, config[field]] as const] : [],
  );
  const keys = KEYED_FIELDS.flatMap((field) =>
    Object.keys((config[field] as object | null | undefined) ?? {}).map(
      (key) => [field, key] as const,
    ),
  );
  return [...texts, ...keys];
}

/** Whether a text is a regular expression that can be used here. */
export function compiles(pattern: string): boolean {
  try {
    new RegExp(javaScriptPattern(pattern));
    return true;
  } catch {
    return false;
  }
}

/** Index of the pattern at which the time ran out. */
function firstSlow(patterns: readonly string[]): number | null {
  const state = { patterns, paths: PATHS, at: 0 };
  const script =
    'for (; at < patterns.length; at++) { const one = new RegExp(patterns[at]); for (const path of paths) one.test(path); }';
  try {
    // Only a context of its own can be stopped in the middle of a match.
    runInNewContext(script, state, { timeout: TIME });
    return null;
  } catch {
    return state.at;
  }
}

/**
 * Large sizes in a configuration that no dimension of the tensors bears out: taken at its word, it
 * would have memory set aside that its own file does not fill.
 */
export function sizeProblems(config: Config, shapes: readonly (readonly number[])[]): Translated[] {
  const largest = shapes
    .filter((shape) => !shape.includes(0))
    .reduce((most, shape) => Math.max(most, ...shape), 0);
  const ranks = Object.entries((config.rank_pattern as object | null | undefined) ?? {});
  const sizes = [
    ...SIZE_FIELDS.map((field) => [field, config[field]] as const),
    ...ranks.map(([key, rank]) => [`rank_pattern ${shown(key)}`, rank] as const),
  ];
  const deep = LAYER_FIELDS.flatMap((field) => {
    const count = config[field];
    if (typeof count !== 'number' || count <= MOST_LAYERS) return [];
    return [
      {
        en: `${field}: ${count} is more than ${MOST_LAYERS}`,
        zh: `${field}：${count} 超过 ${MOST_LAYERS}`,
      },
    ];
  });
  const large = sizes.flatMap(([field, size]) =>
    typeof size === 'number' && size > Math.max(largest, ORDINARY_SIZE)
      ? [
          {
            en: `${field}: ${size} is more than any dimension of the tensors (${largest})`,
            zh: `${field}：${size} 超过了张量的所有维度（最大为 ${largest}）`,
          },
        ]
      : [],
  );
  return [...large, ...deep];
}

/** Tensors with a value that is no finite number. */
export function valueProblems(tensors: ReadonlyMap<string, TensorData>): Translated[] {
  return [...tensors].flatMap(([name, { data }]) => {
    const at = data.findIndex((value) => !Number.isFinite(value));
    return at < 0
      ? []
      : [{ en: `${name}: ${data[at]} at entry ${at}`, zh: `${name}：第 ${at} 项是 ${data[at]}` }];
  });
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
