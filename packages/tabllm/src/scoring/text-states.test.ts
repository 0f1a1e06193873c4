import { type LanguageModel, loadEngine, packSequences, streamBefore } from '@quaestor/peft';
import { tinyModel } from '@quaestor/peft/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { remembered, type TextStates, textStates } from './text-states.ts';

let model: LanguageModel;
beforeAll(async () => {
  await loadEngine();
  model = tinyModel();
});
afterAll(() => model.dispose());

const bytes = (text: string) => [...new TextEncoder().encode(text)];
const TEXTS = ['Coffee at the station', 'Rent', '房租', 'Coffee at the station, again and again'];

describe('textStates', () => {
  it('are the means over the tokens of a text, what stands before it left out', () => {
    const [state] = textStates({ model, layers: 1 }).read(['Rent']);
    const stream = streamBefore(model, packSequences([bytes('\nRent')]), 1);
    const [rows, width] = [stream.dataSync(), stream.shape[1] as number];
    stream.dispose();
    for (let j = 0; j < width; j++) {
      const mean = [1, 2, 3, 4].reduce((sum, t) => sum + (rows[t * width + j] as number) / 4, 0);
      expect(state?.[j]).toBeCloseTo(mean, 5);
    }
  });

  it('do not depend on what else is read', () => {
    const alone = TEXTS.flatMap((text) => textStates({ model }).read([text]));
    for (const tokensPerPass of [1, 30, 2048]) {
      const together = textStates({ model, tokensPerPass }).read(TEXTS);
      for (const [i, state] of together.entries()) {
        for (const [j, entry] of state.entries()) expect(entry).toBeCloseTo(alone[i]?.[j] ?? 9, 4);
      }
    }
  });

  it('are of the beginning of a long text, and 0 of none', () => {
    const { read } = textStates({ model, tokens: 6 });
    const [short, long, none] = read(['Coffee', 'Coffee at the station', '']);
    expect(long).toEqual(short);
    expect(none?.every((entry) => entry === 0)).toBe(true);
    expect(read([])).toEqual([]);
  });
});

describe('remembered', () => {
  it('reads a text once, until others have come', () => {
    const read: string[] = [];
    const counted: TextStates = {
      ...textStates({ model }),
      read: (texts) => {
        read.push(...texts);
        return textStates({ model }).read(texts);
      },
    };
    const known = remembered(counted, 2);
    const first = known.read(['a', 'b', 'a']);
    expect(first[2]).toBe(first[0]);
    expect(known.read(['b', 'c'])[0]).toBe(first[1]);
    expect(read).toEqual(['a', 'b', 'c']);
    known.read(['a', 'b', 'c', 'd']);
    expect(read).toEqual(['a', 'b', 'c', 'a', 'd']);
    expect(known.model).toBe(model.name);
  });
});
