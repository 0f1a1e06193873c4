import { describe, expect, it } from 'vitest';
import { byteTokenizer } from '../tokenizer/byte.ts';
import { inContextPrompt } from './prompt.ts';

const shown = [
  { input: '2 + 2', output: '4' },
  { input: 'write {output}', output: '{input}' },
];

describe('inContextPrompt', () => {
  it('is a text that ends where the output begins', () => {
    expect(inContextPrompt('Answer.', shown, '3 + 3').text).toBe(
      'Answer.\n\nInput: 2 + 2\nOutput: 4\n\nInput: write {output}\nOutput: {input}\n\nInput: 3 + 3\nOutput:',
    );
  });

  it('is the same as a conversation', () => {
    const { messages } = inContextPrompt('Answer.', shown.slice(0, 1), '3 + 3');
    expect(byteTokenizer().applyChat(messages)).toBe(
      'system: Answer.\nuser: 2 + 2\nassistant: 4\nuser: 3 + 3\nassistant: ',
    );
  });

  it('takes another form, and does without an instruction', () => {
    const template = { example: '问：{input}\n答：{output}', separator: '\n' };
    const { text, messages } = inContextPrompt(
      '',
      [{ input: '鹈鹕会飞吗？', output: '会' }],
      '鱼呢？',
      template,
    );
    expect(text).toBe('问：鹈鹕会飞吗？\n答：会\n问：鱼呢？\n答：');
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  });

  it.each(['{output} {input}', '{input}', '{input} {output}.', '{a} {input} {output}'])(
    'refuses %j',
    (example) => {
      expect(() => inContextPrompt('', [], '', { example, separator: '' })).toThrow(
        'must hold {input}, end in {output}',
      );
    },
  );
});
