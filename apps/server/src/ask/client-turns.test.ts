import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { ClientTurns } from './client-turns.ts';

/** Jobs that end when they are told to, and the order in which they began. */
function stage(waitingOfOne = 10) {
  const turns = new ClientTurns({ places: 3, placesOfOne: 2, waitingOfOne });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const begin = (name: string, signal?: AbortSignal) =>
    turns.run(name.slice(0, 1), signal, () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });
  /** Ends one, and lets what may begin now begin. */
  const end = async (name: string) => {
    ends.get(name)?.();
    await setImmediate();
  };
  /** Those that have begun, in their order. */
  const order = async () => {
    await setImmediate();
    return begun;
  };
  return { begin, order, end };
}

it('leaves a place to others, however much one client wants', async () => {
  const { begin, order } = stage();
  for (let i = 0; i < 5; i++) void begin(`a${i}`);
  void begin('b0');
  expect(await order()).toEqual(['a0', 'a1', 'b0']);
});

it('takes turns between clients that wait, each in order of arrival', async () => {
  const { begin, order, end } = stage();
  for (const name of ['a0', 'a1', 'b0', 'a2', 'a3', 'b1', 'b2', 'c0']) void begin(name);
  await order();
  for (const name of ['a0', 'b0', 'a1', 'b1', 'a2']) await end(name);
  expect((await order()).slice(3)).toEqual(['a2', 'b1', 'c0', 'a3', 'b2']);
});

it('refuses a client that waits with too much, and no other', async () => {
  const { begin, order } = stage(1);
  for (const name of ['a0', 'a1', 'a2']) void begin(name);
  await expect(begin('a3')).rejects.toMatchObject({ code: 'too-busy', retryAfter: 5 });
  void begin('b0');
  expect(await order()).toContain('b0');
});

it('lets a client give up, whose other jobs keep their turn', async () => {
  const { begin, order, end } = stage();
  const leaving = new AbortController();
  for (const name of ['a0', 'a1']) void begin(name);
  const left = begin('a2', leaving.signal);
  void begin('a3');
  leaving.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  await end('a0');
  expect(await order()).toEqual(['a0', 'a1', 'a3']);
});
