import { PeftError } from '../errors.ts';
import type { ChatMessage } from './tokenizer.ts';

/** Writes a conversation so that the assistant speaks next. */
export type ChatTemplate = (messages: readonly ChatMessage[]) => string;

/** ChatML: `<|im_start|>role\ncontent<|im_end|>\n`, as SmolLM2 and Qwen2 were trained on. */
export const chatMl: ChatTemplate = (messages) =>
  `${messages
    .map(({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`)
    .join('')}<|im_start|>assistant\n`;

/**
 * The template that a model's Jinja source stands for. ChatML is recognised by its markers;
 * the default system message that some ChatML sources add is left out, so a prompt holds only
 * the given messages. Other templates are refused when they are used, not when a model opens:
 * a base model without one can still be trained and prompted with plain text.
 */
export function chatTemplate(source: string | undefined): ChatTemplate {
  if (source?.includes('<|im_start|>') && source.includes('<|im_end|>')) return chatMl;
  return () => {
    const got = source === undefined ? 'has none' : `has ${JSON.stringify(source.slice(0, 60))}…`;
    throw new PeftError(
      'unsupported',
      `The only chat template understood is ChatML (<|im_start|>role … <|im_end|>); this model ${got}. Write the prompt yourself and encode it as text.`,
    );
  };
}
