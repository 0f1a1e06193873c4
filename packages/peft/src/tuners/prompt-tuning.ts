/**
 * Prompt-tuning (Lester et al. 2021, arXiv 2104.08691): m trained vectors stand before the embeddings
 * of the sequence and run through the frozen model with it.
 *   [P; X],   P[m, D], X[n, D]
 * A batch may mix tasks, each with a prompt of its own. RANDOM draws N(0, 1) as HF-PEFT does, far
 * wider than the embeddings of most models; starting from the vocabulary or a text learns better.
 */
import type { Tensor, Variable } from '@tensorflow/tfjs';
import * as z from 'zod';
import { described } from '../described.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { engine } from '../tensors/engine.ts';
import type { Random } from '../tensors/random.ts';
import { loadVariables } from './load-variables.ts';
import { initialPrompt } from './prompt-tuning-initial.ts';
import { expectTags, taskNames, taskPrefix } from './tasks.ts';
import { type Adapter, defineTuner } from './tuner.ts';
import { fitVirtualTokens, rowsOfSequences, virtualTokenFields } from './virtual-tokens.ts';

/** Prompt-tuning's fields, under Hugging Face PEFT's names and with its defaults. */
export const promptTuningConfig = z
  .object({
    peft_type: z.literal('PROMPT_TUNING').default('PROMPT_TUNING'),
    ...virtualTokenFields,
    prompt_tuning_init: z
      .enum(['RANDOM', 'TEXT', 'SAMPLE_VOCAB'])
      .default('RANDOM')
      .apply(described, {
        en: 'N(0, 1), the embeddings of a text, or those of random tokens',
        zh: 'N(0, 1)、一段文本的嵌入，或随机词元的嵌入',
      }),
    prompt_tuning_init_text: z.string().nullable().default(null).apply(described, {
      en: 'for TEXT: cut or repeated to the length of the prompt',
      zh: '用于 TEXT：截断或重复到提示的长度',
    }),
    tokenizer_name_or_path: z.string().nullable().default(null),
    tasks: taskNames,
  })
  .refine(
    ({ prompt_tuning_init: start, prompt_tuning_init_text: text }) =>
      start !== 'TEXT' || (text !== null && text !== ''),
    { path: ['prompt_tuning_init_text'], error: 'TEXT needs the text to start from' },
  );

/** A validated prompt-tuning configuration. */
export type PromptTuningConfig = z.infer<typeof promptTuningConfig>;

defineTuner<PromptTuningConfig>({
  name: 'prompt-tuning',
  peftType: 'PROMPT_TUNING',
  family: 'input',
  paper: 'Lester et al. 2021, arXiv 2104.08691',
  parameterCount: { en: 'm·D for each task', zh: '每个任务 m·D' },
  startsAtBase: false,
  learningRate: 3e-2,
  defaults: { num_virtual_tokens: 20, prompt_tuning_init: 'SAMPLE_VOCAB' },
  config: promptTuningConfig,
  attach: attachPromptTuning,
});

/** Puts the prompts before the sequences. @throws PeftError 'mismatch' | 'bad-config' */
function attachPromptTuning(
  model: LanguageModel,
  given: PromptTuningConfig,
  random: Random,
): Adapter {
  const { hidden_size, num_hidden_layers, num_attention_heads } = model.config;
  const { tasks, ...config } = fitVirtualTokens(model, given, {
    token_dim: hidden_size,
    num_layers: num_hidden_layers,
    num_attention_heads,
  });
  const length = config.num_virtual_tokens;
  const prompts = Array.from({ length: Math.max(1, tasks.length) }, () =>
    initialPrompt(model, config, random),
  );
  const variables = prompts.map((variable, task) => ({
    name: `${taskPrefix(tasks, task)}prompt_embeddings`,
    variable,
  }));
  model.virtualRows = {
    kind: 'embeddings',
    length,
    embeddings: (tags) => promptRows(prompts, length, tags, tasks),
  };
  return {
    config: {
      ...config,
      // HF-PEFT refuses a configuration with TEXT that names no tokenizer.
      tokenizer_name_or_path: config.tokenizer_name_or_path ?? config.base_model_name_or_path,
      ...(tasks.length > 0 && { tasks }),
    },
    training: false,
    parameters: () => variables,
    state: () => new Map(variables.map(({ name, variable }) => [name, variable])),
    load: (state) => loadVariables(variables, state),
    detach: () => {
      model.virtualRows = null;
      for (const prompt of prompts) prompt.dispose();
    },
  };
}

/** The prompt of each sequence's task, one after the other. */
function promptRows(
  prompts: readonly Variable[],
  length: number,
  tags: Int32Array,
  tasks: readonly string[],
): Tensor {
  expectTags(tags, tasks);
  const { tf } = engine();
  const all = prompts.length === 1 ? (prompts[0] as Tensor) : tf.concat([...prompts], 0);
  return rowsOfSequences(all, length, tags);
}
