import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LanguageModel } from '../model/language-model.ts';
import { loadEngine } from '../tensors/engine.ts';
import { tinyModel } from '../testing/index.ts';
import type { Generated } from './completion.ts';
import { Decoder } from './decoder.ts';
import { generate } from './generate.ts';
import type { GenerateOptions } from './generate-options.ts';
import { textFilter } from './text-filter.ts';
import type { TextAutomaton, TokenFilter } from './token-filter.ts';

await loadEngine();
let model: LanguageModel;
beforeAll(() => {
  model = tinyModel();
});
afterAll(() => model.dispose());

/** `<word> <word> …;` of the words; what must follow is a rest of a word. */
function sentences(words: readonly string[]): TextAutomaton<string> {
  const fitting = (text: string) => {
    const begun = text.slice(text.lastIndexOf(' ') + 1);
    return words.filter((word) => word.startsWith(begun)).map((word) => word.slice(begun.length));
  };
  return {
    start: () => '',
    step: (text, byte) => {
      const character = String.fromCharCode(byte);
      const whole = fitting(text).includes('');
      if (text.endsWith(';')) return null;
      if (character === ' ' || character === ';') return whole ? text + character : null;
      return fitting(text + character).length > 0 ? text + character : null;
    },
    complete: (text) => text.endsWith(';'),
    forced: (text) => {
      const [only = '', ...others] = fitting(text);
      return text.endsWith(';') || others.length > 0 ? '' : only;
    },
  };
}

const prompts = [
  [72, 105],
  [70, 117, 110, 100, 115],
  [33, 72, 105, 33, 72, 105],
];
const words = ['select', 'selects', 'from', 'count', 'fund_code', 'fund_name'];
const filterFor = (automaton: TextAutomaton): TokenFilter =>
  textFilter(model.tokenizer as NonNullable<LanguageModel['tokenizer']>, automaton);

interface Run {
  readonly completions: readonly Generated[];
  readonly steps: number;
}

async function run(options: GenerateOptions, of = prompts): Promise<Run> {
  let steps = 0;
  const completions: Generated[] = [];
  const scorer: GenerateOptions['scorer'] = (...size) => {
    const decoder = new Decoder(model, ...size);
    return {
      prefill: (read) => decoder.prefill(read),
      step: (rows) => {
        steps++;
        return decoder.step(rows);
      },
      dispose: () => decoder.dispose(),
    };
  };
  const settings = { maxTokens: 60, endIds: [], scorer, ...options };
  for await (const completion of generate(model, of, settings)) completions.push(completion);
  completions.sort((a, b) => a.prompt - b.prompt || a.candidate - b.candidate);
  return { completions, steps };
}

const texts = ({ completions }: Run) => completions.map(({ ids }) => ids);

describe('drafts looked up in the prompt', () => {
  it('leave greedy texts and their probabilities as they are, in fewer passes', async () => {
    const plain = await run({});
    for (const lookup of [1, 4, 16]) {
      const drafted = await run({ lookup });
      expect(texts(drafted)).toEqual(texts(plain));
      for (const [i, { logProbability }] of drafted.completions.entries()) {
        expect(logProbability).toBeCloseTo(plain.completions[i]?.logProbability as number, 3);
      }
      expect(drafted.steps).toBeLessThan(plain.steps);
    }
  });

  it('are found at once in a text that is likely to be repeated', async () => {
    const plain = await run({});
    const drafted = await run({ lookup: 16 });
    const known = plain.completions.map(({ ids }) => ids);
    const repeating = await run({ lookup: 16, likely: known });
    expect(texts(repeating)).toEqual(texts(plain));
    expect(repeating.steps).toBeLessThan(drafted.steps / 2);
    // One that has it wrong costs nothing but time.
    const misled = await run({ lookup: 16, likely: known.map((ids) => ids.toReversed()) });
    expect(texts(misled)).toEqual(texts(plain));
    const onlyOne = await run({ lookup: 16, likely: [undefined, known[1]] });
    expect(texts(onlyOne)).toEqual(texts(plain));
  });

  it('leave them as they are beside other streams, at ends and at the last token', async () => {
    const plain = await run({ streams: 2, maxTokens: 17 });
    const end = plain.completions[0]?.ids[9] as number;
    for (const options of [{ maxTokens: 17 }, { endIds: [end] }, { n: 3 }]) {
      const expected = await run({ streams: 3, ...options });
      const drafted = await run({ streams: 3, lookup: 6, ...options });
      expect(texts(drafted)).toEqual(texts(expected));
    }
  });
});

describe('filters', () => {
  const grammar = sentences(words);
  const allowed = (text: string): boolean => {
    let state: string | null = grammar.start();
    for (const byte of Buffer.from(text)) state = state === null ? null : grammar.step(state, byte);
    return state !== null;
  };

  it('let through allowed texts only, greedy or sampled, for each candidate', async () => {
    const filters = prompts.map(() => filterFor(grammar));
    for (const options of [{}, { temperature: 1.5, n: 4 }, { temperature: 1, topP: 0.5, n: 2 }]) {
      const { completions } = await run({ filters, ...options });
      for (const { text } of completions) expect([text, allowed(text)]).toEqual([text, true]);
    }
  });

  it('write what must follow without passes of its own, as one pass a token would', async () => {
    const endless: typeof grammar = {
      ...grammar,
      step: (text, byte) => (byte === 59 ? null : grammar.step(text, byte)),
    };
    const filters = prompts.map(() => filterFor(endless));
    const unforced = prompts.map(() => filterFor({ ...endless, forced: () => '' }));
    const quick = await run({ filters });
    const slow = await run({ filters: unforced });
    expect(texts(quick)).toEqual(texts(slow));
    expect(quick.steps).toBeLessThan(0.7 * slow.steps);
    const drafted = await run({ filters, lookup: 8 });
    expect(texts(drafted)).toEqual(texts(slow));
    expect(drafted.steps).toBeLessThan(quick.steps);
  });

  it('count what the model thinks of every token, forced ones too', async () => {
    const once = filterFor({
      ...sentences(['select']),
      forced: (text) => 'select;'.slice((text as string).length),
    });
    const forced = await run({ filters: prompts.map(() => once), endIds: [256] });
    const free = { ...once, forced: () => [] };
    const asked = await run({ filters: prompts.map(() => free), endIds: [256] });
    for (const [i, completion] of forced.completions.entries()) {
      expect(completion.text).toBe('select;');
      expect(completion.finish).toBe('stop');
      const expected = asked.completions[i]?.logProbability as number;
      expect(completion.logProbability).toBeCloseTo(expected, 3);
    }
    expect(forced.steps).toBeLessThan(asked.steps);
  });

  it('end a text only where it is complete', async () => {
    const filters = prompts.map(() => filterFor(grammar));
    const { completions } = await run({ filters, temperature: 2, n: 8, endIds: [256, 102] });
    const stopped = completions.filter(({ finish }) => finish === 'stop');
    expect(stopped.length).toBeGreaterThan(0);
    for (const { text } of stopped) expect(text).toMatch(/;$/);
  });

  it('say so where nothing may follow, not even an end', async () => {
    const blocked: TextAutomaton<string> = {
      start: () => '',
      step: (text, byte) => (text.length < 3 ? text + String.fromCharCode(byte) : null),
      complete: () => false,
      forced: () => '',
    };
    const { completions } = await run({ filters: prompts.map(() => filterFor(blocked)) });
    expect(completions.map(({ finish }) => finish)).toEqual(['stuck', 'stuck', 'stuck']);
  });

  it('hold for their own prompt only', async () => {
    const filters = [undefined, filterFor(sentences(['abc'])), undefined];
    const [first, second, third] = (await run({ filters })).completions;
    const plain = await run({});
    expect([first?.ids, third?.ids]).toEqual([
      plain.completions[0]?.ids,
      plain.completions[2]?.ids,
    ]);
    expect(second?.text).toMatch(/^abc/);
  });
});
