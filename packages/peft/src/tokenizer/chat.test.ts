import { describe, expect, it } from 'vitest';
import { chatTemplate, chatText } from './chat.ts';

const messages = [
  { role: 'system', content: 'Answer in SQL.' },
  { role: 'user', content: 'How many?' },
] as const;

describe('chatTemplate', () => {
  it('recognises ChatML by its markers and adds no message of its own', () => {
    const write = chatTemplate("{{ '<|im_start|>system\nYou are Smol<|im_end|>' }}");
    expect(chatText(write(messages))).toBe(
      '<|im_start|>system\nAnswer in SQL.<|im_end|>\n<|im_start|>user\nHow many?<|im_end|>\n<|im_start|>assistant\n',
    );
    expect(chatText(write([]))).toBe('<|im_start|>assistant\n');
  });

  it.each([
    [undefined, /this model has none/],
    ['[INST] {{ content }} [/INST]', /this model has "\[INST\]/],
  ])('refuses %j only when it is used', (source, message) => {
    const write = chatTemplate(source);
    expect(() => write(messages)).toThrow(message);
  });
});
