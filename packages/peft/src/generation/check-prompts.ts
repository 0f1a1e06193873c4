import { PeftError } from '../errors.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { outsideVocabulary } from '../tokenizer/outside-vocabulary.ts';
import type { TextModel } from './completion.ts';
import { reachOf } from './reach.ts';
import type { ScorerLimits } from './token-scorer.ts';

/**
 * @throws PeftError 'mismatch' naming every prompt that does not fit into the context with what follows, or
 *   has an id outside the vocabulary
 * @param limits of a scorer that reads less than the model
 */
export function checkPrompts(
  model: TextModel | LanguageModel,
  prompts: readonly (readonly number[])[],
  maxTokens: number,
  limits: ScorerLimits = {},
): void {
  const reach = Math.min(reachOf(model), limits.reach ?? Number.POSITIVE_INFINITY);
  const size = Math.min(model.config.vocab_size, limits.vocabularySize ?? Number.POSITIVE_INFINITY);
  const problems = prompts.flatMap((ids, index) => {
    if (ids.length === 0) {
      return [
        {
          en: `prompt ${index}: expected at least one token, got none`,
          zh: `提示词 ${index}：至少要有一个词元，实际没有`,
        },
      ];
    }
    const wrong = outsideVocabulary(ids, size);
    if (wrong !== undefined) {
      return [
        {
          en: `prompt ${index}: ${wrong} is no id of the vocabulary, 0 to ${size - 1}`,
          zh: `提示词 ${index}：${wrong} 不是词表中的编号，应为 0 到 ${size - 1}`,
        },
      ];
    }
    if (ids.length + maxTokens <= reach) return [];
    return [
      {
        en: `prompt ${index}: ${ids.length} tokens and ${maxTokens} to generate, the context holds ${reach}; shorten the prompt`,
        zh: `提示词 ${index}：${ids.length} 个词元，还要生成 ${maxTokens} 个，而上下文只容纳 ${reach} 个，请缩短提示词`,
      },
    ];
  });
  if (problems.length > 0) {
    throw new PeftError(
      'mismatch',
      {
        en: `cannot generate with ${model.name} from these prompts`,
        zh: `无法用 ${model.name} 从这些提示词生成`,
      },
      { problems },
    );
  }
}
