import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteTokenizer } from './byte.ts';

describe('byteTokenizer', () => {
  const tokenizer = byteTokenizer();

  it('gives any text back and leaves special tokens out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const ids = tokenizer.encode(text);
        expect(tokenizer.decode([...ids, ...tokenizer.endIds, tokenizer.padId])).toBe(text);
        expect(Buffer.concat(ids.map((id) => tokenizer.tokenBytes(id))).toString()).toBe(text);
      }),
    );
  });

  it('ends a conversation where the assistant is to speak', () => {
    expect(tokenizer.applyChat([{ role: 'user', content: 'Hi' }])).toBe('user: Hi\nassistant: ');
  });
});
