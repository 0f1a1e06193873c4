import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LanguageModel } from '../model/language-model.ts';
import { engine, loadEngine } from '../tensors/engine.ts';
import { tinyModel } from '../testing/index.ts';
import type { Generated } from './completion.ts';
import { generate } from './generate.ts';
import type { GenerateOptions } from './generate-options.ts';
import { type SharedGeneration, shareGeneration } from './shared-generation.ts';
import { textFilter } from './text-filter.ts';
import type { TokenFilter } from './token-filter.ts';

await loadEngine();
let model: LanguageModel;
let shared: SharedGeneration;
let tensors = 0;
beforeAll(() => {
  model = tinyModel();
  shared = shareGeneration(model, { streams: 6 });
  tensors = engine().tf.memory().numTensors;
});
afterAll(() => model.dispose());

type Request = Omit<GenerateOptions, 'streams' | 'scorer'>;
type Prompts = readonly (readonly number[])[];

const usual = { maxTokens: 24, endIds: [] };
const prompts = [[72, 105], [70, 117, 110, 100, 115], [33], [1, 2, 3, 4, 5, 6, 7], [50, 51, 52]];

async function collect(written: AsyncIterable<Generated>): Promise<Generated[]> {
  const found: Generated[] = [];
  for await (const completion of written) found.push(completion);
  return found.sort((a, b) => a.prompt - b.prompt || a.candidate - b.candidate);
}
const together = (of: Prompts, request: Request = {}) =>
  collect(shared.generate(of, { ...usual, ...request }));
const alone = (of: Prompts, request: Request = {}) =>
  collect(generate(model, of, { ...usual, ...request }));
const ids = (completions: readonly Generated[]) => completions.map((completion) => completion.ids);

/** Digits only. @param broken whether it fails at the third token */
function digits(broken = false): TokenFilter {
  const tokenizer = model.tokenizer as NonNullable<LanguageModel['tokenizer']>;
  return textFilter<number>(tokenizer, {
    start: () => 0,
    step: (place, byte) => {
      if (broken && place === 2) throw new Error('the grammar is broken');
      return byte >= 48 && byte <= 57 ? place + 1 : null;
    },
    complete: () => false,
    forced: () => '',
  });
}

/** Resolves when a request has written so many tokens. */
function afterTokens(count: number) {
  let written = 0;
  let tell = () => {};
  const reached = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const onToken = () => {
    written++;
    if (written === count) tell();
  };
  return { reached, onToken, written: () => written };
}

describe('requests of several callers', () => {
  it('get the texts that they get alone, whatever their settings', async () => {
    const requests: Request[] = [
      {},
      { maxTokens: 9 },
      { lookup: 8 },
      { temperature: 1, seed: 4, n: 3 },
      { temperature: 1.5, topP: 0.8, seed: 9 },
      { temperature: 1, topK: 5, seed: 2 },
      { filters: [digits()] },
      { stop: ['a', 'e'] },
    ];
    const expected: Generated[][] = [];
    for (const [i, request] of requests.entries()) {
      expected.push(await alone([prompts[i % prompts.length] as number[]], request));
    }
    const found = await Promise.all(
      requests.map((request, i) => together([prompts[i % prompts.length] as number[]], request)),
    );
    for (const [i, completions] of found.entries()) {
      expect(ids(completions)).toEqual(ids(expected[i] as Generated[]));
      for (const [k, { text, logProbability, finish }] of completions.entries()) {
        const other = expected[i]?.[k] as Generated;
        expect([text, finish]).toEqual([other.text, other.finish]);
        expect(logProbability).toBeCloseTo(other.logProbability, 3);
      }
    }
  });

  it('join what is being written, and do not wait for its end', async () => {
    const begun = afterTokens(3);
    const order: string[] = [];
    const long = together([prompts[0] as number[]], { maxTokens: 300, onToken: begun.onToken });
    void long.then(() => order.push('long'));
    await begun.reached;
    const short = await together([prompts[1] as number[]], { maxTokens: 4 });
    order.push('short');
    expect(ids(short)).toEqual(ids(await alone([prompts[1] as number[]], { maxTokens: 4 })));
    await long;
    expect(order).toEqual(['short', 'long']);
  });

  it('are told of their own tokens', async () => {
    const told: [number, number][][] = [[], []];
    const completions = await Promise.all(
      told.map((own, i) =>
        together(prompts.slice(i, i + 2), {
          onToken: ({ prompt, id }) => own.push([prompt, id]),
        }),
      ),
    );
    for (const [i, own] of told.entries()) {
      for (const prompt of [0, 1]) {
        const tokens = own.filter(([of]) => of === prompt).map(([, id]) => id);
        expect(tokens).toEqual(completions[i]?.[prompt]?.ids);
      }
    }
  });

  it('that need more room wait for it, and leave none behind', async () => {
    const roomy = shareGeneration(model, { streams: 2, cacheTokens: 1024 });
    const long = Array.from({ length: 490 }, (_, i) => 32 + (i % 90));
    const write = (of: Prompts, request: Request = {}) =>
      collect(roomy.generate(of, { ...usual, ...request }));
    const found = await Promise.all([
      write(prompts),
      write([long], { maxTokens: 20 }),
      write([prompts[2] as number[]], { n: 5, temperature: 1 }),
      write([prompts[3] as number[]]),
    ]);
    expect(ids(found[0] as Generated[])).toEqual(ids(await alone(prompts)));
    expect(ids(found[1] as Generated[])).toEqual(ids(await alone([long], { maxTokens: 20 })));
    expect(found[2]).toHaveLength(5);
    expect(ids(found[3] as Generated[])).toEqual(ids(await alone([prompts[3] as number[]])));
    expect(engine().tf.memory().numTensors).toBe(tensors);
  });
});

describe('a caller who leaves', () => {
  const request = { maxTokens: 400 };

  it('by its signal is no longer written for, and nobody else is stopped', async () => {
    const controller = new AbortController();
    const begun = afterTokens(3);
    const leaving = together([prompts[0] as number[], prompts[1] as number[]], {
      ...request,
      onToken: begun.onToken,
      signal: controller.signal,
    });
    const staying = together([prompts[2] as number[]], { maxTokens: 100 });
    await begun.reached;
    controller.abort();
    expect((await leaving).map(({ finish }) => finish)).toEqual(['aborted', 'aborted']);
    const written = begun.written();
    expect(ids(await staying)).toEqual(
      ids(await alone([prompts[2] as number[]], { maxTokens: 100 })),
    );
    expect(begun.written()).toBe(written);
    expect(engine().tf.memory().numTensors).toBe(tensors);
  });

  it('in the middle of its results is no longer written for', async () => {
    const begun = afterTokens(1);
    const options = { ...usual, ...request, stop: ['e'], onToken: begun.onToken };
    for await (const _ of shared.generate(prompts, options)) break;
    const written = begun.written();
    await together([prompts[2] as number[]]);
    expect(begun.written()).toBe(written);
  });

  it('while it waits for room is let go at once', async () => {
    const narrow = shareGeneration(model, { streams: 1 });
    const controller = new AbortController();
    const first = collect(narrow.generate([prompts[0] as number[]], { ...usual, maxTokens: 300 }));
    const leaving = collect(
      narrow.generate([prompts[1] as number[]], {
        ...usual,
        n: 4,
        temperature: 1,
        signal: controller.signal,
      }),
    );
    controller.abort();
    expect(await leaving).toEqual([]);
    expect(await first).toHaveLength(1);
  });
});

describe('an error', () => {
  it('of one request is that one’s alone', async () => {
    const failing = [
      together([prompts[0] as number[]], { filters: [digits(true)] }),
      together([prompts[1] as number[]], {
        onToken: () => {
          throw new Error('the listener is broken');
        },
      }),
      together([Array.from({ length: 600 }, () => 1)]),
      together([prompts[3] as number[]], { filters: [digits(true)], temperature: 1, n: 2 }),
    ];
    const others = [
      together([prompts[2] as number[]]),
      together([prompts[4] as number[]], { filters: [digits()] }),
    ];
    const settled = await Promise.allSettled(failing);
    const reasons = settled.map((one) => String((one as PromiseRejectedResult).reason?.message));
    expect(reasons).toEqual([
      'the grammar is broken',
      'the listener is broken',
      expect.stringContaining('600 tokens'),
      'the grammar is broken',
    ]);
    expect(ids((await others[0]) as Generated[])).toEqual(
      ids(await alone([prompts[2] as number[]])),
    );
    expect((await others[1])?.[0]?.text).toMatch(/^\d+$/);
    expect(engine().tf.memory().numTensors).toBe(tensors);
  });

  it('leaves the draws of the others as they are', async () => {
    const request = { temperature: 1, seed: 5 };
    const other = together([prompts[0] as number[]], request);
    const failing = together([prompts[1] as number[]], { ...request, filters: [digits(true)] });
    await expect(failing).rejects.toThrow('the grammar is broken');
    expect(ids(await other)).toEqual(ids(await alone([prompts[0] as number[]], request)));
  });
});
