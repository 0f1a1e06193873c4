import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LanguageModel, loadEngine, openHub } from '@quaestor/peft';
import { sequenceLogits, tinyModel, writeRandomAdapter } from '@quaestor/peft/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AdapterSwitch } from './adapter-switch.ts';

await loadEngine();
const folder = mkdtempSync(join(tmpdir(), 'quaestor-switch-'));
let model: LanguageModel;
let adapters: AdapterSwitch;

beforeAll(() => {
  model = tinyModel();
  writeRandomAdapter(model, join(folder, 'one'), 1);
  writeRandomAdapter(model, join(folder, 'two'), 2);
  adapters = new AdapterSwitch(model, openHub([folder]), { patience: 0, lingers: 0 });
});
afterAll(() => {
  model.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const scores = () => [...sequenceLogits(model, [[72, 105]])];

it('is held by those who ask for the same adapter, and without patience given to others in their order', async () => {
  const base = scores();
  const order: string[] = [];
  const hold = async (name: string | null, signal?: AbortSignal) => {
    const held = await adapters.hold(name, signal);
    order.push(String(name));
    return held;
  };
  const first = await hold('one');
  const under = scores();
  expect(under).not.toEqual(base);
  const leaving = new AbortController();
  const gone = hold('two', leaving.signal);
  const other = hold('two');
  const late = hold('one');
  const unknown = adapters.hold('three');
  leaving.abort(new Error('gone'));
  await expect(gone).rejects.toThrow('gone');
  // Nobody overtakes the one who waits for another adapter.
  expect(order).toEqual(['one']);
  expect(scores()).toEqual(under);
  first.release();
  (await other).release();
  const again = await late;
  expect(scores()).toEqual(under);
  await expect(unknown).rejects.toMatchObject({ code: 'not-found' });
  const beside = await hold('one');
  again.release();
  beside.release();
  (await hold(null)).release();
  expect(scores()).toEqual(base);
  expect(order).toEqual(['one', 'two', 'one', 'one', 'null']);
});

it('is kept for those who ask for the adapter in force, until whoever waits for another has waited enough', async () => {
  const patient = new AdapterSwitch(model, openHub([folder]), { patience: 150, lingers: 30 });
  const order: string[] = [];
  const hold = async (name: string | null) => {
    const held = await patient.hold(name);
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
  (await patient.hold(null)).release();
});
