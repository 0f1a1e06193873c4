import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LanguageModel } from '../model/language-model.ts';
import { loadEngine } from '../tensors/engine.ts';
import { tinyModel } from '../testing/index.ts';
import type { Generated } from './completion.ts';
import { generate } from './generate.ts';
import type { GeneratedToken, GenerateOptions } from './generate-options.ts';

await loadEngine();
let model: LanguageModel;
beforeAll(() => {
  model = tinyModel();
});
afterAll(() => model.dispose());

const prompts = [[72, 105], [70, 117, 110, 100, 115], [33], [1, 2, 3, 4, 5, 6, 7], [50, 51, 52]];

async function collect(options: GenerateOptions, of = prompts): Promise<Generated[]> {
  const found: Generated[] = [];
  for await (const completion of generate(model, of, { maxTokens: 10, endIds: [], ...options })) {
    found.push(completion);
  }
  return found.sort((a, b) => a.prompt - b.prompt || a.candidate - b.candidate);
}

describe('generate', () => {
  it('gives the same greedy text whatever runs beside it', async () => {
    const wide = await collect({ streams: 16 });
    const narrow = await collect({ streams: 2 });
    const alone = (await Promise.all(prompts.map((prompt) => collect({}, [prompt])))).flat();
    expect(narrow.map(({ ids }) => ids)).toEqual(wide.map(({ ids }) => ids));
    expect(alone.map(({ ids }) => ids)).toEqual(wide.map(({ ids }) => ids));
  });

  it('shares a prompt among candidates without changing them', async () => {
    const single = await collect({});
    const several = await collect({ n: 3, streams: 7 });
    expect(several).toHaveLength(15);
    for (const { prompt, ids } of several) expect(ids).toEqual(single[prompt]?.ids);
  });

  it('repeats itself with a seed and differs without', async () => {
    const options = { temperature: 1, n: 4 };
    const texts = async (seed: number) =>
      (await collect({ ...options, seed })).map(({ ids }) => ids);
    expect(await texts(5)).toEqual(await texts(5));
    expect(await texts(5)).not.toEqual(await texts(6));
  });

  it('takes the most probable token when top-k or top-p leaves no other', async () => {
    const greedy = (await collect({})).map(({ ids }) => ids);
    expect((await collect({ temperature: 2, topK: 1 })).map(({ ids }) => ids)).toEqual(greedy);
    expect((await collect({ temperature: 2, topP: 1e-6 })).map(({ ids }) => ids)).toEqual(greedy);
  });

  it('draws tokens as often as their probability says', async () => {
    const draws = await collect({ temperature: 1, n: 200, maxTokens: 1, streams: 200 }, [[72]]);
    const mean = draws.reduce((sum, { logProbability }) => sum + logProbability, 0) / draws.length;
    const greedy = (await collect({ maxTokens: 1 }, [[72]]))[0] as Generated;
    const share = draws.filter(({ ids }) => ids[0] === greedy.ids[0]).length / draws.length;
    const probability = Math.exp(greedy.logProbability);
    const deviation = Math.sqrt((probability * (1 - probability)) / draws.length);
    expect(Math.abs(share - probability)).toBeLessThan(4 * deviation + 1e-3);
    expect(mean).toBeLessThan(greedy.logProbability + 1e-6);
  });

  it('ends at an end id and leaves it out', async () => {
    const [full] = await collect({}, [[72, 105]]);
    const end = full?.ids[4] as number;
    const at = full?.ids.indexOf(end) as number;
    const [cut] = await collect({ endIds: [end] }, [[72, 105]]);
    expect(cut?.ids).toEqual(full?.ids.slice(0, at));
    expect(cut?.finish).toBe('stop');
    expect(full?.finish).toBe('length');
  });

  it('cuts the text at a stop string', async () => {
    const [full] = await collect({ maxTokens: 30 }, [[72, 105]]);
    const stop = full?.text.slice(5, 7) as string;
    const [cut] = await collect({ maxTokens: 30, stop: [stop] }, [[72, 105]]);
    expect(cut?.text).toBe(full?.text.slice(0, full.text.indexOf(stop)));
  });

  it('tells of each token when it comes', async () => {
    const told: GeneratedToken[] = [];
    const done = await collect({ n: 2, streams: 4, onToken: (token) => told.push(token) });
    for (const { prompt, candidate, ids, logProbability } of done) {
      const own = told.filter((token) => token.prompt === prompt && token.candidate === candidate);
      expect(own.map(({ id }) => id)).toEqual(ids);
      const sum = own.reduce((total, token) => total + token.logProbability, 0);
      expect(sum).toBeCloseTo(logProbability, 6);
    }
  });

  it('stops when aborted and says so', async () => {
    const controller = new AbortController();
    const found: Generated[] = [];
    const options = { maxTokens: 400, endIds: [], signal: controller.signal, streams: 2 };
    const started = generate(model, prompts.slice(0, 2), options);
    setTimeout(() => controller.abort(), 30);
    for await (const completion of started) found.push(completion);
    expect(found.map(({ finish }) => finish)).toEqual(['aborted', 'aborted']);
  });

  it('names every prompt that cannot be continued', async () => {
    const bad = [[], [1], Array.from({ length: 510 }, () => 1), [99999], [0.5]];
    await expect(collect({}, bad)).rejects.toThrow(
      /prompt 0: .*got none[\s\S]*prompt 2: 510 tokens[\s\S]*prompt 3: 99999 is no id[\s\S]*prompt 4: 0.5/,
    );
  });

  it.each<GenerateOptions>([
    { temperature: -1 },
    { temperature: Number.NaN },
    { n: -1 },
    { n: 1.5 },
    { maxTokens: 0 },
    { maxTokens: -1 },
    { maxTokens: 1.5 },
    { topK: -2 },
    { topP: -1 },
    { topP: 2 },
    { seed: Number.NaN },
    { streams: -3 },
    { stop: [''] },
    { endIds: [-1] },
  ])('refuses %o', async (options) => {
    const [field] = Object.keys(options);
    await expect(collect(options)).rejects.toThrow(
      expect.objectContaining({
        code: 'bad-config',
        problems: [expect.stringMatching(new RegExp(`^${field}`))],
      }),
    );
  });

  it('yields nothing when it is aborted before', async () => {
    expect(await collect({ signal: AbortSignal.abort() })).toEqual([]);
  });
});
