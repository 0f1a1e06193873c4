import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { scriptedGenerator } from '../testing/scripted-generator.ts';
import { isLlamaFaster, localSpeeds } from './faster-generator.ts';
import type { Generator } from './generator.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-speeds-'));
const file = join(folder, 'speeds.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Two generators, one of which takes its time; what happened to them is noted. */
function pair() {
  const events: string[] = [];
  const open = (name: string, milliseconds: number) => async () => {
    events.push(`open ${name}`);
    const scripted = scriptedGenerator({});
    const generator: Generator = {
      ...scripted,
      async *generate(prompts, request) {
        await setTimeout(milliseconds);
        yield* scripted.generate(prompts, request);
      },
    };
    return { generator, close: () => void events.push(`close ${name}`) };
  };
  return { events, generators: { builtin: open('builtin', 40), llama: open('llama', 1) } };
}

it('measures one after the other, and once', async () => {
  const { events, generators } = pair();
  const speeds = await localSpeeds(file, 'this machine', generators);
  expect(events).toEqual(['open builtin', 'close builtin', 'open llama', 'close llama']);
  expect(speeds.llama).toBeLessThan(speeds.builtin);
  expect(await localSpeeds(file, 'this machine', generators)).toEqual(speeds);
  expect(events).toHaveLength(4);
  await localSpeeds(file, 'another engine', generators);
  expect(events).toHaveLength(8);
  expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')))).toEqual([
    'this machine',
    'another engine',
  ]);
});

it('measures anew what it cannot read', async () => {
  const broken = join(folder, 'broken.json');
  writeFileSync(broken, '{"this machine": {"builtin": "fast"}}');
  const { events, generators } = pair();
  const speeds = await localSpeeds(broken, 'this machine', generators);
  expect(events).toHaveLength(4);
  expect(JSON.parse(readFileSync(broken, 'utf8'))).toEqual({ 'this machine': speeds });
});

it('keeps nothing of a measurement that failed or was stopped, and closes what it opened', async () => {
  const other = join(folder, 'other.json');
  const { events, generators } = pair();
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(localSpeeds(other, 'x', generators, signal)).rejects.toThrow('enough');
  expect(events).toEqual(['open builtin', 'close builtin']);
  const llama = () => Promise.reject(new Error('not installed'));
  await expect(localSpeeds(other, 'x', { ...generators, llama })).rejects.toThrow('not installed');
  expect(() => readFileSync(other)).toThrow(/ENOENT/);
});

it('never takes llama.cpp for a base that it cannot read, and measures nothing', async () => {
  const { events, generators } = pair();
  const none = join(folder, 'none.json');
  expect(await isLlamaFaster('/models/tiny', none, generators)).toBe(false);
  expect(events).toEqual([]);
});
