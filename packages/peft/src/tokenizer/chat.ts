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
    const start = JSON.stringify(source?.slice(0, 60));
    const [en, zh] =
      source === undefined ? ['has none', '没有模板'] : [`has ${start}…`, `的模板是 ${start}…`];
    throw new PeftError('unsupported', {
      en: `The only chat template understood is ChatML (<|im_start|>role … <|im_end|>); this model ${en}. Write the prompt yourself and encode it as text.`,
      zh: `只支持 ChatML 对话模板（<|im_start|>role … <|im_end|>），而这个模型${zh}。请自行写出提示词，并按文本编码。`,
    });
  };
}
