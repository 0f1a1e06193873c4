import { getEventListeners } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LanguageModel, loadEngine, openHub } from '@quaestor/peft';
import { sequenceLogits, tinyModel, writeRandomAdapter } from '@quaestor/peft/testing';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { ModelPool, type PoolOptions } from './model-pool.ts';

await loadEngine();
const folder = mkdtempSync(join(tmpdir(), 'quaestor-pool-'));
const names = ['one', 'two', 'three'] as const;
const pools: ModelPool[] = [];

beforeAll(() => {
  const model = tinyModel();
  for (const [seed, name] of names.entries()) {
    writeRandomAdapter(model, join(folder, name), seed + 1);
  }
  model.dispose();
  return () => rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  for (const pool of pools.splice(0)) pool.close();
});

function poolOf(options: Partial<PoolOptions>): ModelPool {
  const pool = new ModelPool(tinyModel(), openHub([folder]), options);
  pools.push(pool);
  return pool;
}

const scores = (model: LanguageModel) => [...sequenceLogits(model, [[72, 105]])];

/** Scores under an adapter of the pool. */
async function under(pool: ModelPool, name: string | null): Promise<readonly number[]> {
  const { model, release } = await pool.hold(name);
  try {
    return scores(model);
  } finally {
    release();
  }
}

it('lets those who ask for the same adapter use one copy, and others in their order', async () => {
  const pool = poolOf({ most: 1, patience: 0, lingers: 0 });
  const base = scores(pool.base);
  const order: string[] = [];
  const hold = async (name: string | null, signal?: AbortSignal) => {
    const held = await pool.hold(name, signal);
    order.push(String(name));
    return held;
  };
  const first = await hold('one');
  const underOne = scores(first.model);
  expect(underOne).not.toEqual(base);
  const leaving = new AbortController();
  const gone = hold('two', leaving.signal);
  const other = hold('two');
  const late = hold('one');
  const unknown = pool.hold('four');
  leaving.abort(new Error('gone'));
  await expect(gone).rejects.toThrow('gone');
  // Nobody overtakes the one who waits for another adapter.
  expect(order).toEqual(['one']);
  expect(scores(first.model)).toEqual(underOne);
  first.release();
  (await other).release();
  const again = await late;
  expect(scores(again.model)).toEqual(underOne);
  await expect(unknown).rejects.toMatchObject({ code: 'not-found' });
  const beside = await hold('one');
  // The base is there for everybody, whatever adapters are in force.
  (await hold(null)).release();
  expect(scores(pool.base)).toEqual(base);
  expect(await under(pool, null)).toEqual(base);
  again.release();
  beside.release();
  expect(order).toEqual(['one', 'two', 'one', 'one', 'null']);
});

it('keeps an adapter for those who ask for it, until whoever waits for another has waited enough', async () => {
  const pool = poolOf({ most: 1, patience: 150, lingers: 30 });
  const order: string[] = [];
  const hold = async (name: string | null) => {
    const held = await pool.hold(name);
    order.push(String(name));
    return held;
  };
  const first = await hold('one');
  const other = hold('two');
  const beside = await hold('one');
  beside.release();
  first.release();
  // Nobody uses it, yet it stays for a moment.
  await sleep(5);
  (await hold('one')).release();
  expect(order).toEqual(['one', 'one', 'one']);
  (await other).release();
  expect(order.at(-1)).toBe('two');
  // Both of those who wait come in together, and the one in force no longer overtakes.
  const [third, fourth] = [hold('one'), hold('one')];
  const last = await hold('two');
  await sleep(200);
  const late = hold('two');
  last.release();
  (await third).release();
  (await fourth).release();
  (await late).release();
  expect(order.slice(4)).toEqual(['two', 'one', 'one', 'two']);
  (await pool.hold(null)).release();
});

it('gives each adapter a copy of its own while there may be more, then the one that is unused the longest', async () => {
  const pool = poolOf({ most: 2, patience: 10_000, lingers: 0 });
  const alone = new Map<string, readonly number[]>();
  for (const name of names) alone.set(name, await under(poolOf({ most: 1 }), name));
  expect(new Set([...alone.values()].map(String)).size).toBe(3);

  const one = await pool.hold('one');
  // Two who ask at once for what is not there get one more copy between them.
  const [two, beside] = await Promise.all([pool.hold('two'), pool.hold('two')]);
  expect(two.model).not.toBe(one.model);
  expect(beside.model).toBe(two.model);
  expect(scores(one.model)).toEqual(alone.get('one'));
  expect(scores(two.model)).toEqual(alone.get('two'));
  two.release();
  beside.release();
  const three = await pool.hold('three');
  expect(three.model).toBe(two.model);
  expect(scores(three.model)).toEqual(alone.get('three'));
  three.release();
  one.release();
  await sleep(2);
  (await pool.hold('three')).release();
  expect((await under(pool, 'two')).toString()).toBe(alone.get('two')?.toString());
  const kept = await pool.hold('three');
  expect(kept.model).toBe(three.model);
  kept.release();
});

it('takes two adapters of one content for one, and one that was replaced for another', async () => {
  const own = mkdtempSync(join(folder, 'hub-'));
  const hub = openHub([own]);
  for (const name of ['same', 'twin'])
    cpSync(join(folder, 'one'), join(own, name), { recursive: true });
  const twins = new ModelPool(tinyModel(), hub, { most: 2 });
  pools.push(twins);
  const same = await twins.hold('same');
  const twin = await twins.hold('twin');
  expect(twin.model).toBe(same.model);
  same.release();
  twin.release();
  const before = await under(twins, 'same');
  hub.add(join(folder, 'two'), 'same', { replace: true });
  expect(await under(twins, 'same')).not.toEqual(before);
  expect(await under(twins, 'twin')).toEqual(before);
});

it('says whose adapter cannot be used, and goes on with the others', async () => {
  const pool = poolOf({ most: 1, patience: 0, lingers: 0 });
  const before = await under(pool, 'one');
  cpSync(join(folder, 'one'), join(folder, 'broken'), { recursive: true });
  writeFileSync(join(folder, 'broken', 'adapter_model.safetensors'), 'no tensors');
  await expect(pool.hold('broken')).rejects.toMatchObject({ code: 'bad-file' });
  await expect(pool.hold('one/second')).rejects.toThrow(/one has no second adapter any more/);
  expect(await under(pool, 'one')).toEqual(before);
  expect(await under(pool, null)).not.toEqual(before);
});

it('shares with the base what an adapter leaves alone', async () => {
  const pool = poolOf({ most: 2 });
  const [one, two] = [await pool.hold('one'), await pool.hold('two')];
  for (const { model } of [one, two]) {
    expect(model.embedding).toBe(pool.base.embedding);
    expect(model.blocks[0]?.inputNorm).toBe(pool.base.blocks[0]?.inputNorm);
    expect(model.blocks[0]?.qkv.weight).not.toBe(pool.base.blocks[0]?.qkv.weight);
  }
  one.release();
  two.release();
});

it('listens to who waits no longer than they wait', async () => {
  const pool = poolOf({ most: 1, patience: 0, lingers: 0 });
  const { signal } = new AbortController();
  const first = await pool.hold('one', signal);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  const other = pool.hold('two', signal);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  first.release();
  (await other).release();
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});
