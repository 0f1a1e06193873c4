import { PeftError } from '../errors.ts';
import type { ChatMessage } from './tokenizer.ts';

/** A mark of the template, which is one special token, or a text between two marks. */
type ChatPart = { readonly mark: string } | { readonly text: string };

/** Writes a conversation so that the assistant speaks next: marks and texts in turn. */
type ChatTemplate = (messages: readonly ChatMessage[]) => readonly ChatPart[];

const [START, END] = ['<|im_start|>', '<|im_end|>'];

/** ChatML: `<|im_start|>role\ncontent<|im_end|>\n`, as SmolLM2 and Qwen2 were trained on. */
const chatMl: ChatTemplate = (messages) => [
  ...messages.flatMap(({ role, content }) => [
    { mark: START },
    { text: `${role}\n${content}` },
    { mark: END },
    { text: '\n' },
  ]),
  { mark: START },
  { text: 'assistant\n' },
];

/** The conversation as one text. */
export function chatText(parts: readonly ChatPart[]): string {
  return parts.map((part) => ('mark' in part ? part.mark : part.text)).join('');
}

/**
 * The template that a model's Jinja source stands for. ChatML is recognised by its markers;
 * the default system message that some ChatML sources add is left out, so a prompt holds only
 * the given messages. Other templates are refused when they are used, not when a model opens:
 * a base model without one can still be trained and prompted with plain text.
 */
export function chatTemplate(source: string | undefined): ChatTemplate {
  if (source?.includes(START) && source.includes(END)) return chatMl;
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
