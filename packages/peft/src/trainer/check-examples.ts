import { PeftError } from '../errors.ts';
import { firstProblems } from '../first-problems.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { reachOfSequences } from '../model/reach.ts';
import { outsideVocabulary } from '../tokenizer/outside-vocabulary.ts';
import type { Translated } from '../translated.ts';
import type { TrainExample } from './batches.ts';

const MOST_PROBLEMS = 10;

/**
 * @param isRead whether a pass reads the ids of an example as they are: those must fit into the context
 * @throws PeftError 'mismatch' naming the examples with an id outside the vocabulary, without a labelStart, or
 *   too long
 */
export function checkExamples<Example extends TrainExample>(
  model: Pick<LanguageModel, 'name' | 'config' | 'rotary' | 'virtualRows'>,
  examples: readonly Example[],
  isRead: (example: Example) => boolean,
): void {
  const {
    name,
    config: { vocab_size },
  } = model;
  // The last token predicts nothing, so no position is taken for it.
  const most = reachOfSequences(model) + 1;
  const problems = examples.flatMap((example, index): Translated[] => {
    const { ids, labelStart } = example;
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
    if (ids.length > most && isRead(example)) {
      said.push({
        en: `example ${index}: ${ids.length} tokens, where at most ${most} can be learned from; shorten it or leave it out`,
        zh: `样本 ${index}：有 ${ids.length} 个词元，最多只能学习 ${most} 个，请缩短它或去掉它`,
      });
    }
    return said;
  });
  if (problems.length === 0) return;
  throw new PeftError(
    'mismatch',
    {
      en: `these examples cannot be used with ${name}: they are to be encoded with its tokenizer and to fit into its context`,
      zh: `这些样本不能用于 ${name}：应使用它的分词器编码，且不超出它的上下文`,
    },
    { problems: firstProblems(problems, MOST_PROBLEMS) },
  );
}
