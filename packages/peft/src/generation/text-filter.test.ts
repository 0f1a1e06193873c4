import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteTokenizer } from '../tokenizer/byte.ts';
import { huggingFaceTokenizer } from '../tokenizer/huggingface.ts';
import { textFilter } from './text-filter.ts';
import type { TextAutomaton } from './token-filter.ts';

/** One of the words, read byte by byte: the state is what was read. */
function oneOf(...words: readonly string[]): TextAutomaton<string> {
  const binary = words.map((word) => Buffer.from(word).toString('latin1'));
  const fitting = (text: string) => binary.filter((word) => word.startsWith(text));
  return {
    start: () => '',
    step: (text, byte) => {
      const longer = text + String.fromCharCode(byte);
      return fitting(longer).length > 0 ? longer : null;
    },
    complete: (text) => binary.includes(text),
    forced: (text) => {
      const [only = '', ...others] = fitting(text);
      const rest = Buffer.from(only.slice(text.length), 'latin1').toString();
      return others.length > 0 || rest.includes('\uFFFD') ? '' : rest;
    },
  };
}

/** Merges `a b`, `ab c`, `d e`: tokens of several letters beside those of one. */
function mergingTokenizer() {
  const pieces = ['a', 'b', 'c', 'd', 'e', 'Ġ', 'ab', 'abc', 'de', '<end>'];
  return huggingFaceTokenizer(
    {
      version: '1.0',
      added_tokens: [{ id: 9, content: '<end>', special: true }],
      normalizer: null,
      pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, use_regex: true },
      decoder: { type: 'ByteLevel' },
      post_processor: null,
      model: {
        type: 'BPE',
        vocab: Object.fromEntries(pieces.slice(0, 9).map((piece, id) => [piece, id])),
        merges: ['a b', 'ab c', 'd e'],
      },
    },
    { endIds: [9], padId: null },
  );
}

describe('textFilter', () => {
  const tokenizer = mergingTokenizer();
  const filter = textFilter(tokenizer, oneOf('abcde', 'abd', 'de'));
  const allowed = (state: unknown) =>
    [...filter.mask(state as never, 12)].flatMap((bit, id) => (bit === 1 ? [id] : []));

  it('allows each token that begins an allowed text, however it is cut', () => {
    expect(allowed(filter.start()).map((id) => tokenizer.decode([id]))).toEqual([
      'a',
      'd',
      'ab',
      'abc',
      'de',
    ]);
  });

  it('never allows a special token, though its name is text', () => {
    const named = textFilter(tokenizer, oneOf('<end>'));
    expect([...named.mask(named.start(), 12)]).toEqual(Array(12).fill(0));
    expect(named.advance(named.start(), 9)).toBeNull();
  });

  it('agrees with itself: the mask holds exactly what may follow', () => {
    void fc.assert(
      fc.property(fc.array(fc.nat(8), { maxLength: 5 }), (tokens) => {
        let state = filter.start();
        for (const token of tokens) {
          const next = filter.advance(state, token);
          expect(filter.mask(state, 12)[token]).toBe(next === null ? 0 : 1);
          if (next === null) return;
          state = next;
        }
      }),
    );
  });

  it('writes what must follow in the tokens that the whole word has', () => {
    const c = textFilter(tokenizer, oneOf('abcde'));
    expect(c.forced(c.start())).toEqual([7, 8]);
    const after = c.advance(c.start(), 6);
    expect(c.forced(after as never)).toEqual([2, 8]);
    expect(filter.forced(filter.start())).toEqual([]);
  });

  it('reads a token once, and hands out masks that may be written to', () => {
    let steps = 0;
    const words = oneOf('abcde', 'abd');
    const counted = textFilter(tokenizer, {
      ...words,
      step: (state: string, byte: number) => {
        steps++;
        return words.step(state, byte);
      },
    });
    const start = counted.start();
    expect(counted.advance(start, 7)).not.toBeNull();
    const first = steps;
    expect(counted.advance(start, 7)).toBe(counted.advance(start, 7));
    expect(steps).toBe(first);
    const mask = counted.mask(start, 12);
    const walked = steps;
    mask.fill(1);
    expect([...counted.mask(start, 8)]).toEqual([1, 0, 0, 0, 0, 0, 1, 1]);
    expect(steps).toBe(walked);
  });

  it('follows characters of several bytes', () => {
    const bytes = textFilter(byteTokenizer(), oneOf('基金', '基准'));
    let state = bytes.start();
    for (const byte of Buffer.from('基')) state = bytes.advance(state, byte) as typeof state;
    expect(bytes.complete(state)).toBe(false);
    expect(bytes.forced(state)).toEqual([]);
    expect(bytes.mask(state, 258)[0xe9]).toBe(1);
  });
});
