/**
 * In-context learning (Brown et al. 2020, https://arxiv.org/abs/2005.14165): instruction,
 * demonstrations and query in one prompt; no weight changes.
 */

import { PeftError } from '../errors.ts';
import { fillTemplate, templateFields } from '../instructions/fill-template.ts';
import type { ChatMessage } from '../tokenizer/tokenizer.ts';

/** A solved example of the task. */
export interface Demonstration {
  readonly input: string;
  readonly output: string;
}

/** How demonstrations read in plain text. */
export interface InContextTemplate {
  /** One demonstration; `{output}` ends it, and the query is written as what stands before that. */
  readonly example: string;
  /** Between instruction, demonstrations and query. */
  readonly separator: string;
}

export const DEFAULT_IN_CONTEXT_TEMPLATE: InContextTemplate = {
  example: 'Input: {input}\nOutput: {output}',
  separator: '\n\n',
};

/** The same prompt in both forms that models are asked in. */
export interface InContextPrompt {
  /** For base models: ends where the output is to be written, without a trailing space. */
  readonly text: string;
  /** For chat models: instruction as system message, demonstrations as earlier turns. */
  readonly messages: readonly ChatMessage[];
}

/**
 * Puts a few-shot prompt together, the demonstrations in the order given.
 *
 * @param instruction what to do; an empty one is left out
 * @throws PeftError 'bad-config' when the template's example is not `…{input}…{output}`
 */
export function inContextPrompt(
  instruction: string,
  demonstrations: readonly Demonstration[],
  query: string,
  template: InContextTemplate = DEFAULT_IN_CONTEXT_TEMPLATE,
): InContextPrompt {
  const opening = exampleOpening(template);
  const shown = demonstrations.map((one) => demonstrationText(one, template));
  const asked = fillTemplate(opening, { input: query }).trimEnd();
  const before = instruction === '' ? [] : [instruction];
  return {
    text: [...before, ...shown, asked].join(template.separator),
    messages: [
      ...before.map((content) => ({ role: 'system' as const, content })),
      ...demonstrations.flatMap(({ input, output }) => [
        { role: 'user' as const, content: input },
        { role: 'assistant' as const, content: output },
      ]),
      { role: 'user', content: query },
    ],
  };
}

/** One demonstration as it stands in the text of a prompt. */
export function demonstrationText(
  { input, output }: Demonstration,
  template: InContextTemplate,
): string {
  return fillTemplate(template.example, { input, output });
}

/** What stands before `{output}`. */
function exampleOpening({ example }: InContextTemplate): string {
  if (/\{input\}[\s\S]*\{output\}$/.test(example) && templateFields(example).length === 2) {
    return example.slice(0, -'{output}'.length);
  }
  const got = JSON.stringify(example);
  throw new PeftError('bad-config', {
    en: `The example of an in-context template must hold {input}, end in {output} and have no other field; got ${got}.`,
    zh: `上下文示例的模板必须包含 {input}、以 {output} 结尾，且没有其他字段，实际为 ${got}。`,
  });
}
