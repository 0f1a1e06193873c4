/** Whether any model could carry an adapter: looked at before it is kept, when its maker is at hand. */
import { PeftError } from '../errors.ts';
import { firstProblems } from '../first-problems.ts';
import type { StoredAdapter } from '../io/adapter-files.ts';
import { configProblems } from '../tuners/config-words.ts';
import { tuners } from '../tuners/index.ts';
import { factorProblems, strayTensors } from '../tuners/saved-factors.ts';

const MOST_PROBLEMS = 10;

/**
 * @param folder for the message
 * @throws PeftError 'unsupported' for a type that no method here has, 'bad-config' for settings that it
 *   refuses, 'bad-file' for factors that do not belong together
 */
export function expectUsable(folder: string, adapter: StoredAdapter): void {
  const { config } = adapter;
  const type = String(config.peft_type);
  const tuner = tuners().find(({ peftType }) => peftType === type);
  if (tuner === undefined) {
    const known = [...new Set(tuners().map(({ peftType }) => peftType))];
    throw new PeftError('unsupported', {
      en: `${folder} has the type ${type}, which no method here computes; there are ${known.join(', ')}.`,
      zh: `${folder} 的类型是 ${type}，这里没有能计算它的方法，已有的类型：${known.join('、')}。`,
    });
  }
  const parsed = tuner.config.safeParse(config);
  if (!parsed.success) {
    throw new PeftError(
      'bad-config',
      {
        en: `The configuration in ${folder} cannot be used.`,
        zh: `${folder} 中的配置无法使用。`,
      },
      { problems: configProblems(tuner.config, config, parsed.error), cause: parsed.error },
    );
  }
  const problems =
    tuner.family === 'low-rank' ? [...factorProblems(adapter), ...strayTensors(adapter)] : [];
  if (problems.length === 0) return;
  throw new PeftError(
    'bad-file',
    { en: `The tensors in ${folder} cannot be used.`, zh: `${folder} 中的张量无法使用。` },
    { problems: firstProblems(problems, MOST_PROBLEMS) },
  );
}
