/**
 * The prompt before a label. 'paper' is TabLLM's order, the row first; 'question-first' lets all rows
 * share a beginning; 'chat' is the latter as a turn under the model's chat template. The blank before
 * a label belongs to the label's tokens, so no prompt ends in one.
 */
import type { Tokenizer } from '@quaestor/peft';

export const PROMPT_STYLES = ['paper', 'question-first', 'chat'] as const;

export type PromptStyle = (typeof PROMPT_STYLES)[number];

export interface LabelPromptOptions {
  readonly question: string;
  /** Words to answer with. */
  readonly words: readonly string[];
  readonly style: PromptStyle;
  readonly tokenizer: Tokenizer;
}

export interface LabelPrompt {
  /** Token ids of each label word as it follows the prompt. */
  readonly labels: readonly (readonly number[])[];
  /** Token ids of the prompt of a row that was put into text. */
  encode(note: string): number[];
  /** The same as text. */
  text(note: string): string;
}

export function labelPrompt(options: LabelPromptOptions): LabelPrompt {
  const { words, style, tokenizer } = options;
  const text = (note: string) => promptText(note, options);
  const gap = style === 'chat' ? '' : ' ';
  return {
    labels: words.map((word) => tokenizer.encode(`${gap}${word}`, { special: false })),
    text,
    encode: (note) =>
      style === 'chat'
        ? tokenizer.encodeChat(conversation(note, options))
        : tokenizer.encode(text(note), { special: false }),
  };
}

type Asked = Pick<LabelPromptOptions, 'question' | 'words'>;

const withWords = ({ question, words }: Asked): string =>
  `${question} Answer with one of: ${words.join(', ')}.`;

const conversation = (note: string, asked: Asked) => [
  { role: 'user' as const, content: `${withWords(asked)}\n\n${note}`.trimEnd() },
];

/** The prompt of a row that was put into text; of an empty one, the question alone. */
export function promptText(
  note: string,
  {
    question,
    words,
    style,
    tokenizer,
  }: Omit<LabelPromptOptions, 'tokenizer'> & { readonly tokenizer: Pick<Tokenizer, 'applyChat'> },
): string {
  const before = note === '' ? '' : `${note}\n\n`;
  if (style === 'paper') return `${before}${question} Answer:`;
  const asked = { question, words };
  if (style === 'question-first') return `${withWords(asked)}\n\n${before}Answer:`;
  return tokenizer.applyChat(conversation(note, asked));
}
