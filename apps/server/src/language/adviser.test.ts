import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPeftGenerator, type Generator } from '@quaestor/finsql';
import {
  type HubEntry,
  loadEngine,
  mergeStoredAdapter,
  openHub,
  openLanguageModel,
} from '@quaestor/peft';
import { writeRandomAdapter, writeTinyModel } from '@quaestor/peft/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Adviser } from './adviser.ts';

await loadEngine();
const folder = mkdtempSync(join(tmpdir(), 'quaestor-adviser-'));
const [base, own] = [join(folder, 'base'), join(folder, 'adapters')];
const hub = openHub([own]);

beforeAll(async () => {
  writeTinyModel(base);
  const model = await openLanguageModel(base);
  for (const [name, seed] of [
    ['one', 1],
    ['two', 2],
    ['three', 3],
  ] as const) {
    writeRandomAdapter(model, join(folder, name), seed);
  }
  model.dispose();
  hub.add(join(folder, 'one'), 'alone');
  hub.add(join(folder, 'one'), 'pair', { second: join(folder, 'two') });
  hub.add(join(folder, 'one'), 'other', { second: join(folder, 'three') });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function written(generator: Generator | undefined): Promise<string> {
  if (generator === undefined) throw new Error('there is no generator');
  for await (const { text } of generator.generate(['select'], { maxTokens: 12 })) return text;
  throw new Error('nothing was written');
}

/** What the base writes under an adapter. */
async function under(entry: HubEntry | null | undefined): Promise<string> {
  if (entry == null) throw new Error('there is no adapter');
  const model = await openLanguageModel(base);
  const adapter = mergeStoredAdapter(model, entry);
  try {
    return await written(createPeftGenerator(model));
  } finally {
    adapter.detach();
    model.dispose();
  }
}

it('writes under the second adapter of the one that answers', async () => {
  const adviser = new Adviser(base, hub);
  const use = async (name: string | null) => {
    const next = name === null ? null : hub.get(name);
    await adviser.prepare(next);
    return adviser.generator(next);
  };
  expect(await use(null)).toBeUndefined();
  expect(await use('alone')).toBeUndefined();
  const texts = [await under(hub.get('pair').second), await under(hub.get('other').second)];
  expect(texts[0]).not.toBe(texts[1]);

  const pair = await use('pair');
  expect(pair?.name).toMatch(/ \+ pair\/second$/);
  expect(await written(pair)).toBe(texts[0]);
  expect(await written(await use('other'))).toBe(texts[1]);
  expect(await use('alone')).toBeUndefined();
  expect(await written(await use('pair'))).toBe(texts[0]);

  // The adapter is replaced by one that has no second while it answers.
  const before = hub.get('pair');
  hub.add(join(folder, 'one'), 'pair', { replace: true });
  await expect(written(adviser.generator(before))).rejects.toThrow(/no second adapter any more/);
  await adviser.close();
});
