/** Where a soft prompt starts: drawn, or from embeddings of the frozen model. */
import type { Variable } from '@tensorflow/tfjs';
import { PeftError } from '../errors.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { engine } from '../tensors/engine.ts';
import { gatherRows } from '../tensors/gather-rows.ts';
import type { Random } from '../tensors/random.ts';
import { normal, randomVariable } from './random-variable.ts';

/** How to draw the m rows of a prompt. */
export interface InitialPrompt {
  readonly num_virtual_tokens: number;
  readonly prompt_tuning_init: 'RANDOM' | 'TEXT' | 'SAMPLE_VOCAB';
  readonly prompt_tuning_init_text: string | null;
}

/** A prompt [m, D]. @throws PeftError 'bad-config' when a text is asked for that has no tokens here */
export function initialPrompt(
  model: LanguageModel,
  config: InitialPrompt,
  random: Random,
): Variable {
  const length = config.num_virtual_tokens;
  const { hidden_size: width, vocab_size: vocabulary } = model.config;
  switch (config.prompt_tuning_init) {
    case 'RANDOM':
      return randomVariable([length, width], normal(random, 1));
    case 'SAMPLE_VOCAB':
      return embeddingsOf(
        model,
        Int32Array.from({ length }, () => random.integer(vocabulary)),
      );
    case 'TEXT': {
      const ids = textIds(model, config.prompt_tuning_init_text ?? '');
      return embeddingsOf(
        model,
        Int32Array.from({ length }, (_, i) => ids[i % ids.length] as number),
      );
    }
  }
}

function textIds(model: LanguageModel, text: string): readonly number[] {
  if (model.tokenizer === null) {
    throw new PeftError('bad-config', {
      en: `${model.name} has no tokenizer, so a prompt cannot start from a text; use SAMPLE_VOCAB`,
      zh: `${model.name} 没有分词器，提示不能从文本开始，请改用 SAMPLE_VOCAB`,
    });
  }
  const ids = model.tokenizer.encode(text);
  if (ids.length > 0) return ids;
  throw new PeftError('bad-config', {
    en: `prompt_tuning_init_text ${JSON.stringify(text)} has no token`,
    zh: `prompt_tuning_init_text ${JSON.stringify(text)} 中没有词元`,
  });
}

function embeddingsOf({ embedding }: LanguageModel, ids: Int32Array): Variable {
  const { tf } = engine();
  return tf.tidy(() => tf.variable(gatherRows(embedding, tf.tensor1d(ids, 'int32'))));
}
