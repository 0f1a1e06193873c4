import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AskQueue } from './ask-queue.ts';

/** A job that ends when it is told to, and notes when it begins. */
function heldJob(begun: string[], name: string) {
  let end = () => {};
  const held = new Promise<void>((resolve) => {
    end = resolve;
  });
  const job = async () => {
    begun.push(name);
    await held;
    return name;
  };
  return { job, end: () => end() };
}

/** Several of them, by name. */
function heldJobs<const Names extends readonly string[]>(begun: string[], ...names: Names) {
  const jobs = names.map((name) => heldJob(begun, name));
  return jobs as { [Place in keyof Names]: ReturnType<typeof heldJob> };
}

describe('AskQueue', () => {
  it('runs one job at a time, in order, and tells each how many are ahead', async () => {
    const queue = new AskQueue({ maxRunning: 1, maxWaiting: 5 });
    const begun: string[] = [];
    const [first, second, third] = heldJobs(begun, 'a', 'b', 'c');
    const ahead: number[] = [];
    const results = [
      queue.run(first.job),
      queue.run(second.job),
      queue.run(third.job, { onWait: (count) => ahead.push(count) }),
    ];
    expect(queue.waiting).toBe(2);
    first.end();
    await setImmediate();
    expect(begun).toEqual(['a', 'b']);
    second.end();
    third.end();
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c']);
    expect(ahead).toEqual([2, 1]);
    expect([queue.running, queue.waiting]).toEqual([0, 0]);
  });

  it('runs several side by side, as many as it may', async () => {
    const queue = new AskQueue({ maxRunning: 2, maxWaiting: 1 });
    const begun: string[] = [];
    const [first, second, third] = heldJobs(begun, 'a', 'b', 'c');
    const ahead: number[] = [];
    const results = [
      queue.run(first.job),
      queue.run(second.job),
      queue.run(third.job, { onWait: (count) => ahead.push(count) }),
    ];
    expect([queue.running, queue.waiting]).toEqual([2, 1]);
    expect(() => queue.expectRoom()).toThrow(expect.objectContaining({ code: 'too-busy' }));
    second.end();
    await setImmediate();
    expect(begun).toEqual(['a', 'b', 'c']);
    expect(ahead).toEqual([2]);
    first.end();
    third.end();
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c']);
  });

  it('lets nothing run beside a change of the adapter, and nobody overtake it', async () => {
    const queue = new AskQueue({ maxRunning: 4, maxWaiting: 4 });
    const begun: string[] = [];
    const [first, second, change, leaving, last] = heldJobs(begun, 'a', 'b', 'change', 'gone', 'c');
    const adapter = { what: 'adapter', client: null } as const;
    const controller = new AbortController();
    const results = [queue.run(first.job), queue.run(second.job)];
    const given = queue.run(leaving.job, { work: adapter, signal: controller.signal });
    results.push(queue.run(change.job, { work: adapter }), queue.run(last.job));
    expect([queue.running, queue.waiting]).toEqual([2, 3]);
    controller.abort(new Error('gone'));
    await expect(given).rejects.toThrow('gone');
    first.end();
    await setImmediate();
    expect(begun).toEqual(['a', 'b']);
    second.end();
    await setImmediate();
    expect(begun).toEqual(['a', 'b', 'change']);
    change.end();
    await setImmediate();
    expect(begun).toEqual(['a', 'b', 'change', 'c']);
    last.end();
    expect(await Promise.all(results)).toEqual(['a', 'b', 'change', 'c']);
  });

  it('begins what waited behind a change of the adapter that gives up', async () => {
    const queue = new AskQueue({ maxRunning: 2, maxWaiting: 2 });
    const begun: string[] = [];
    const [first, change, last] = heldJobs(begun, 'a', 'change', 'b');
    const controller = new AbortController();
    const running = queue.run(first.job);
    const given = queue.run(change.job, {
      work: { what: 'adapter', client: null },
      signal: controller.signal,
    });
    const behind = queue.run(last.job);
    controller.abort(new Error('gone'));
    await expect(given).rejects.toThrow('gone');
    await setImmediate();
    expect(begun).toEqual(['a', 'b']);
    first.end();
    last.end();
    expect(await Promise.all([running, behind])).toEqual(['a', 'b']);
  });

  it('goes on after a job that fails', async () => {
    const queue = new AskQueue({ maxRunning: 1, maxWaiting: 1 });
    const failing = queue.run(() => Promise.reject(new Error('no')));
    const next = queue.run(async () => 'yes');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });

  it('refuses when it is full, and has room again when a waiting job gives up', async () => {
    const queue = new AskQueue({ maxRunning: 1, maxWaiting: 1 });
    const begun: string[] = [];
    const first = heldJob(begun, 'a');
    const running = queue.run(first.job);
    const controller = new AbortController();
    const waiting = queue.run(async () => 'b', { signal: controller.signal });
    await expect(queue.run(async () => 'c')).rejects.toMatchObject({
      code: 'too-busy',
      retryAfter: 5,
    });
    controller.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    const last = queue.run(async () => 'd');
    first.end();
    expect(await running).toBe('a');
    expect(await last).toBe('d');
  });

  it('does not start a job whose signal has fired', async () => {
    const queue = new AskQueue({ maxRunning: 1, maxWaiting: 1 });
    const begun: string[] = [];
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(queue.run(heldJob(begun, 'a').job, { signal })).rejects.toThrow('gone');
    expect(begun).toEqual([]);
    expect(await queue.run(async () => 'b')).toBe('b');
  });
});
