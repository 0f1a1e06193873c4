/** The remote generator against our own server's /v1: what it writes is what the model writes here. */

import type { GenerateRequest, Generator } from '@quaestor/finsql';
import { type Completion, createPeftGenerator, createRemoteGenerator } from '@quaestor/finsql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTinyServer, type TinyServer } from './tiny-model-server.ts';

let server: TinyServer;
beforeAll(async () => {
  server = await startTinyServer();
});
afterAll(() => server.close());

const prompts = ['Q: How many funds?\nSQL:', 'Q: Who?\nSQL:', '基金'];
const remote = (model = 'tiny') => createRemoteGenerator({ url: server.url, model, retries: 0 });

async function collect(generator: Generator, request: GenerateRequest): Promise<Completion[]> {
  const all: Completion[] = [];
  for await (const completion of generator.generate(prompts, request)) all.push(completion);
  return all.sort((a, b) => a.prompt - b.prompt || a.candidate - b.candidate);
}

it('writes greedily what the model writes here, and is as sure', async () => {
  const request = { maxTokens: 20 };
  const expected = await collect(createPeftGenerator(server.model), request);
  const got = await collect(remote(), request);
  expect(got).toHaveLength(3);
  for (const [i, { logProbability, ...rest }] of got.entries()) {
    const { logProbability: known, ...others } = expected[i] as Completion;
    expect(rest).toEqual(others);
    expect(logProbability).toBeCloseTo(known ?? Number.NaN, 3);
  }
});

it('draws candidates that a seed repeats, from the base or an adapter', async () => {
  const request = { n: 3, temperature: 1, maxTokens: 12, seed: 7 };
  const texts = (all: Completion[]) => all.map(({ text }) => text);
  const adapted = await collect(remote('other'), request);
  const first = await collect(remote(), request);
  expect(first.map(({ candidate }) => candidate)).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2]);
  expect(await collect(remote(), request)).toEqual(first);
  expect(texts(adapted)).not.toEqual(texts(first));
});

it('tells what the server says against it', async () => {
  await expect(collect(remote('none'), {})).rejects.toMatchObject({
    code: 'no-generator',
    message: expect.stringMatching(/404.*no model none; there is tiny, other/),
  });
  await expect(collect(remote(), { stop: ['a', 'b', 'c', 'd', 'e'] })).rejects.toMatchObject({
    code: 'generation-failed',
    message: expect.stringMatching(/400.*stop/),
  });
});

it('ends with the signal', async () => {
  const signal = AbortSignal.timeout(30);
  await expect(collect(remote(), { maxTokens: 400, n: 8, signal })).rejects.toThrow();
  expect(signal.aborted).toBe(true);
  // What the server had begun is over when it answers this.
  expect(await collect(remote(), { maxTokens: 1 })).toHaveLength(3);
});
