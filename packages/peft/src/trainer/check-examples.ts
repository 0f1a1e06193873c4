import { PeftError } from '../errors.ts';
import { firstProblems } from '../first-problems.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { outsideVocabulary } from '../tokenizer/outside-vocabulary.ts';
import type { Translated } from '../translated.ts';
import type { TrainExample } from './batches.ts';

const MOST_PROBLEMS = 10;

/** @throws PeftError 'mismatch' naming the examples with an id outside the vocabulary, or without a labelStart */
export function checkExamples(
  { name, config: { vocab_size } }: Pick<LanguageModel, 'name' | 'config'>,
  examples: readonly TrainExample[],
): void {
  const problems = examples.flatMap(({ ids, labelStart }, index): Translated[] => {
    const wrong = outsideVocabulary(ids, vocab_size);
    const said: Translated[] = [];
    if (wrong !== undefined) {
      said.push({
        en: `example ${index}: ${wrong} is no id of the vocabulary, 0 to ${vocab_size - 1}`,
        zh: `样本 ${index}：${wrong} 不是词表中的编号，应为 0 到 ${vocab_size - 1}`,
      });
    }
    if (!(Number.isInteger(labelStart) && labelStart >= 0)) {
      said.push({
        en: `example ${index}: labelStart must be the place of the first id that is learned, counted from 0; got ${labelStart}`,
        zh: `样本 ${index}：labelStart 应为要学习的第一个词元的位置（从 0 数起），实际为 ${labelStart}`,
      });
    }
    return said;
  });
  if (problems.length === 0) return;
  throw new PeftError(
    'mismatch',
    {
      en: `these examples cannot be used with ${name}; encode them with its tokenizer`,
      zh: `这些样本不能用于 ${name}，请用它的分词器编码`,
    },
    { problems: firstProblems(problems, MOST_PROBLEMS) },
  );
}
