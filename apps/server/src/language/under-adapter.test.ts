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
import { ModelPool } from './model-pool.ts';
import { underAdapter } from './under-adapter.ts';

await loadEngine();
const folder = mkdtempSync(join(tmpdir(), 'quaestor-writing-'));
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

async function written(generator: Generator): Promise<string> {
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

it('writes under the adapter that answers and its second, whatever was asked before', async () => {
  const pool = new ModelPool(await openLanguageModel(base), hub);
  let active: HubEntry | null = hub.get('pair');
  const first = underAdapter(pool, { active: () => active, title: () => 'first' });
  const second = underAdapter(pool, {
    active: () => active?.second ?? null,
    title: () => 'second',
  });
  const texts = [
    await under(active),
    await under(active.second),
    await under(hub.get('other').second),
  ];
  expect(new Set(texts).size).toBe(3);

  expect(second.name).toBe('second');
  expect([await written(first), await written(second)]).toEqual(texts.slice(0, 2));
  // Side by side, as nobody waits for a change.
  expect(await Promise.all([first, second, first].map(written))).toEqual([
    texts[0],
    texts[1],
    texts[0],
  ]);
  active = hub.get('other');
  expect([await written(first), await written(second)]).toEqual([texts[0], texts[2]]);

  // The adapter is replaced by one that has no second while it answers.
  hub.add(join(folder, 'one'), 'other', { replace: true });
  await expect(written(second)).rejects.toThrow(/no second adapter any more/);
  expect(await written(first)).toBe(texts[0]);
  pool.close();
});
