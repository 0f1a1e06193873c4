import type { Tokenizer } from '@quaestor/peft';
import { tinyModelFiles } from '@quaestor/peft/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SettledText } from './settled-text.ts';

/** One token for each byte. */
const tokenizer = tinyModelFiles().tokenizer;
if (!tokenizer) throw new Error('the tiny model has a tokenizer');

/** What is told piece by piece of a text that ends before the first stop text. */
function tell(text: string, stop: readonly string[]): { pieces: string[]; whole: string } {
  const settled = new SettledText(tokenizer as NonNullable<typeof tokenizer>, stop);
  const ids = tokenizer?.encode(text) ?? [];
  const pieces: string[] = [];
  let seen: number[] = [];
  for (const id of ids) {
    seen = [...seen, id];
    const soFar = tokenizer?.decode(seen) ?? '';
    const cuts = stop.map((end) => soFar.indexOf(end)).filter((at) => at >= 0);
    pieces.push(settled.add(id, -1));
    if (cuts.length === 0) continue;
    const whole = soFar.slice(0, Math.min(...cuts));
    pieces.push(settled.rest(whole));
    return { pieces, whole };
  }
  const whole = tokenizer?.decode(ids) ?? '';
  pieces.push(settled.rest(whole));
  return { pieces, whole };
}

/** Tokens of several bytes each, whose ids are their places. */
function chunked(chunks: readonly Uint8Array[]): Pick<Tokenizer, 'decode' | 'tokenBytes'> {
  const tokenBytes = (id: number) => chunks[id] ?? new Uint8Array();
  return {
    tokenBytes,
    decode: (ids) => Buffer.concat(ids.map(tokenBytes)).toString('utf8'),
  };
}

const bytesOf = (...texts: readonly string[]) => texts.map((text) => Buffer.from(text));

describe('SettledText', () => {
  it('tells of no half character', () => {
    const { pieces } = tell('净值 €1', []);
    expect(pieces.join('|')).not.toContain('\ufffd');
    expect(pieces.join('')).toBe('净值 €1');
  });

  it('keeps back what may become a stop text, and gives it when it does not', () => {
    expect(tell('ab\nQ: x', ['\nQ:']).pieces.join('')).toBe('ab');
    expect(tell('ab\nQ. x', ['\nQ:']).pieces.join('')).toBe('ab\nQ. x');
  });

  it('tells the whole text, no more and no less', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '净', '\n'), maxLength: 12 });
    const stops = fc.array(
      fc.string({ unit: fc.constantFrom('a', 'b', '\n'), minLength: 1, maxLength: 3 }),
      { maxLength: 2 },
    );
    fc.assert(
      fc.property(letters, stops, (text, stop) => {
        const { pieces, whole } = tell(text, stop);
        expect(pieces.join('')).toBe(whole);
      }),
    );
  });

  it('gives each token once, and none behind the end', () => {
    const settled = new SettledText(tokenizer, []);
    for (const id of tokenizer.encode('aab')) settled.add(id, -1);
    const taken = [...settled.takeTokens(), ...settled.takeTokens('aa')];
    expect(settled.takeTokens('aa')).toEqual([]);
    expect(taken.map(({ text }) => text)).toEqual(['a', 'a', 'b']);
    const ended = new SettledText(tokenizer, ['b']);
    for (const id of tokenizer.encode('aab')) ended.add(id, -1);
    expect(ended.takeTokens('aa').map(({ text }) => text)).toEqual(['a', 'a']);
  });

  it.each([
    [['abc', '\n\n'], ['\n'], 'abc'],
    [['abc', '; x'], [';'], 'abc'],
    [['ab', 'c\nQ', ': d'], ['\nQ:', 'Q'], 'abc\n'],
  ])('tells of %j with the stop texts %j only %j', (texts, stop, told) => {
    const chunks = bytesOf(...texts);
    const settled = new SettledText(chunked(chunks), stop);
    expect(chunks.map((_, id) => settled.add(id, -1)).join('')).toBe(told);
  });

  it('lets nothing out from a stop text on, however the text is cut into tokens', () => {
    const unit = fc.constantFrom('a', 'b', '\n', '€', '；');
    const cuts = fc.array(fc.nat(40), { maxLength: 12 });
    const stops = fc.array(fc.string({ unit, minLength: 1, maxLength: 3 }), { maxLength: 3 });
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), cuts, stops, (text, at, stop) => {
        const bytes = Buffer.from(text);
        const ends = [...new Set([...at, bytes.length])].sort((a, b) => a - b);
        const chunks = ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
        const settled = new SettledText(chunked(chunks), stop);
        let told = '';
        for (const id of chunks.keys()) told += settled.add(id, -1);
        // A completion ends with the token that completes a stop text, whatever would come behind it.
        const seen = ends.map((end) => bytes.subarray(0, end).toString('utf8'));
        const last = seen.find((part) => stop.some((end) => part.includes(end))) ?? text;
        const found = stop.map((end) => last.indexOf(end)).filter((place) => place >= 0);
        const whole = last.slice(0, found.length === 0 ? last.length : Math.min(...found));
        expect(whole.startsWith(told)).toBe(true);
        expect(told + settled.rest(whole)).toBe(whole);
      }),
      {
        numRuns: 500,
        examples: [['a\nb', [1, 2], ['a\nb', '\n']]],
      },
    );
  });

  it('gives no token that begins with a stop text or after it', () => {
    const chunks = bytesOf('a', 'x', 'y', 'q');
    const settled = new SettledText(chunked(chunks), ['xyz', 'q']);
    const told = chunks.map((_, id) => settled.add(id, -1));
    expect(told).toEqual(['a', '', '', 'xy']);
    expect(settled.takeTokens().map(({ text }) => text)).toEqual(['a', 'x', 'y']);
  });
});
