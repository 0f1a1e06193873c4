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
    const settled = new SettledText(tokenizer, ['b']);
    for (const id of tokenizer.encode('aab')) settled.add(id, -1);
    const taken = [...settled.takeTokens(), ...settled.takeTokens('aa')];
    expect(settled.takeTokens('aa')).toEqual([]);
    expect(taken.map(({ text }) => text)).toEqual(['a', 'a', 'b']);
    const ended = new SettledText(tokenizer, ['b']);
    for (const id of tokenizer.encode('aab')) ended.add(id, -1);
    expect(ended.takeTokens('aa').map(({ text }) => text)).toEqual(['a', 'a']);
  });
});
