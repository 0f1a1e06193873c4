/**
 * What Hugging Face PEFT accepts of an adapter folder, by the checks of its configurations, and what it
 * would load otherwise than it was saved: it passes over tensors that it has no place for.
 */
import type { StoredAdapter } from '../io/adapter-files.ts';
import type { Translated } from '../translated.ts';
import { factorName, factorProblems, strayTensors } from '../tuners/saved-factors.ts';
import { matches } from '../tuners/target-modules.ts';
import { instead, MERGE } from './lora-modules.ts';

/** Types that HF-PEFT can load, among those of this package. */
const PEFT_TYPES = [
  ...['LORA', 'ADALORA', 'IA3', 'LN_TUNING'],
  ...['PROMPT_TUNING', 'P_TUNING', 'PREFIX_TUNING'],
];
const LOW_RANK = ['LORA', 'ADALORA'];

/** Why HF-PEFT would refuse an adapter, or compute something else; empty when it does not. */
export function peftProblems({ config, tensors }: StoredAdapter): readonly Translated[] {
  const type = String(config.peft_type);
  if (!PEFT_TYPES.includes(type)) {
    const { en, zh } = instead(type);
    return [
      {
        en: `it has no type ${type}: it loads ${PEFT_TYPES.join(', ')}; ${en}`,
        zh: `它没有类型 ${type}，它能加载的有：${PEFT_TYPES.join('、')}；${zh}`,
      },
    ];
  }
  const { target_modules: targets, layers_to_transform: layers, tasks } = config;
  const problems = [
    typeof targets === 'string' &&
      ((layers ?? null) !== null || (config.layers_pattern ?? null) !== null) && {
        en: `target_modules is a regular expression, beside which it takes no layers_to_transform`,
        zh: `target_modules 是正则表达式，不能与 layers_to_transform 同时使用`,
      },
    Array.isArray(tasks) &&
      tasks.length > 0 && {
        en: `tasks: it knows no adapter that holds several (${tasks.join(', ')}); train one for each`,
        zh: `tasks：它没有包含多个任务的适配器（${tasks.join('、')}），请为每个任务分别训练`,
      },
    config.init_lora_weights === 'loftq' && {
      en: `init_lora_weights is "loftq": it quantises the base by its own rules, with bitsandbytes; ${MERGE.en}`,
      zh: `init_lora_weights 是 "loftq"：它用 bitsandbytes 按自己的规则量化基础模型；${MERGE.zh}`,
    },
  ];
  return [
    ...problems.filter((problem) => problem !== false),
    ...(LOW_RANK.includes(type) ? tensorProblems({ config, tensors }) : []),
  ];
}

function tensorProblems(adapter: StoredAdapter): Translated[] {
  const targets = adapter.config.target_modules;
  const named = (path: string): boolean =>
    typeof targets === 'string' || Array.isArray(targets) ? matches(path, targets) : true;
  const outside = [...adapter.tensors.keys()].flatMap((name) => {
    const found = factorName(name);
    return found?.factor !== 'A' || named(found.path)
      ? []
      : [
          {
            en: `${name}: target_modules do not name its module`,
            zh: `${name}：target_modules 中没有它所属的模块`,
          },
        ];
  });
  return [...factorProblems(adapter), ...strayTensors(adapter), ...outside];
}
