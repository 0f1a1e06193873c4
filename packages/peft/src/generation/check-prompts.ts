import { PeftError } from '../errors.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { outsideVocabulary } from '../tokenizer/outside-vocabulary.ts';
import type { TextModel } from './completion.ts';

/**
 * @throws PeftError 'mismatch' naming every prompt that does not fit into the context with what follows, or
 *   has an id outside the vocabulary
 */
export function checkPrompts(
  model: TextModel | LanguageModel,
  prompts: readonly (readonly number[])[],
  maxTokens: number,
): void {
  const reach =
    'rotary' in model
      ? (model.rotary.cos.shape[0] as number) - (model.virtualRows?.length ?? 0)
      : model.config.max_position_embeddings;
  const problems = prompts.flatMap((ids, index) => {
    if (ids.length === 0) {
      return [
        {
          en: `prompt ${index}: expected at least one token, got none`,
          zh: `提示词 ${index}：至少要有一个词元，实际没有`,
        },
      ];
    }
    const { vocab_size: size } = model.config;
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
