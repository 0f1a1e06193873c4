/** The queue over real processes. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Job, JobState } from '../../apps/server/src/jobs/job.ts';
import { defineJobKind } from '../../apps/server/src/jobs/job-kind.ts';
import { JobQueue, type JobQueueOptions } from '../../apps/server/src/jobs/job-queue.ts';
import { keptSteps, lightKind, stepKind } from './step-kind.ts';

let home: string;
let queue: JobQueue;
let faults: unknown[];

function open(options: Partial<JobQueueOptions> = {}): JobQueue {
  return new JobQueue({
    home,
    kinds: [stepKind, lightKind],
    interval: 10,
    report: (error) => faults.push(error),
    ...options,
  });
}

/** A kind whose program, of one job, is this text. */
function kindOf(name: string, lane: 'heavy' | 'light', text: string) {
  const program = join(home, `${name}.mjs`);
  writeFileSync(program, text);
  const summary = { en: name, zh: name };
  return defineJobKind({ name, summary, lane, params: z.object({}), command: () => [program] });
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'quaestor-jobs-'));
  faults = [];
  queue = open();
});

afterEach(async () => {
  await queue.close();
  rmSync(home, { recursive: true });
  expect(faults).toEqual([]);
});

/** Jobs have the lowest priority: on a busy machine they take their time. */
const eventually = <Value>(look: () => Value) =>
  expect.poll(look, { timeout: 20_000, interval: 10 });

const until = (id: string, ...states: JobState[]) =>
  eventually(() => queue.get(id).state).toSatisfy((state: JobState) => states.includes(state));

const typesOf = ({ id }: Job) => queue.store.events(id, 0, 1000).map(({ type }) => type);

describe('JobQueue', () => {
  it('runs a job in a process of its own and keeps what it says', async () => {
    const job = await queue.submit('steps', { steps: 3 });
    expect(job).toMatchObject({
      state: 'queued',
      attempts: 0,
      params: { steps: 3, milliseconds: 5 },
    });
    queue.start();
    await until(job.id, 'succeeded');
    expect(queue.get(job.id)).toMatchObject({
      result: { steps: 3 },
      error: null,
      attempts: 1,
      progress: { text: { en: 'step 3 of 3', zh: '第 3 步，共 3 步' }, fraction: 1 },
    });
    const events = queue.store.events(job.id, 0, 1000);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    expect(typesOf(job)).toEqual([
      ...['state', 'state', 'step', 'checkpoint', 'step', 'checkpoint', 'step', 'checkpoint'],
      'state',
    ]);
    expect(events.filter(({ type }) => type === 'step')[1]?.data).toEqual({
      step: 2,
      totalSteps: 3,
      loss: 0.5,
    });
    expect(JSON.stringify(events)).not.toContain(home);
  });

  it('runs one of a lane at a time, higher priority first, and light work beside it', async () => {
    const [low, high, light] = [
      await queue.submit('steps', { steps: 4 }, { priority: -1 }),
      await queue.submit('steps', { steps: 40, milliseconds: 20 }, { priority: 5 }),
      await queue.submit('light-steps', { steps: 1 }),
    ];
    queue.start();
    await until(light.id, 'succeeded');
    expect([queue.get(high.id).state, queue.get(low.id).state]).toEqual(['running', 'queued']);
    await until(low.id, 'succeeded');
    const [first, second] = [queue.get(high.id), queue.get(low.id)];
    expect(String(first.finished_at) <= String(second.started_at)).toBe(true);
  });

  it('works at the lowest priority', async () => {
    const job = await queue.submit('steps', { steps: 1000, milliseconds: 20 });
    queue.start();
    await eventually(() => keptSteps(queue.place(job.id).folder).length).toBeGreaterThan(0);
    const pid = queue.store.running()[0]?.worker?.pid;
    // Field 19 is how much a process steps back.
    const nice = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[16];
    if (process.platform === 'linux') expect(nice()).toBe('19');
    queue.cancel(job.id);
    await until(job.id, 'cancelled');
  });

  it('says why a job failed, and does it again from where it was when told to', async () => {
    const job = await queue.submit('steps', { steps: 3, failAt: 2 });
    queue.start();
    await until(job.id, 'failed');
    expect(queue.get(job.id).error?.message).toContain('step that fails');
    expect(queue.resume(job.id).state).toBe('queued');
    await until(job.id, 'failed');
    expect(queue.get(job.id).attempts).toBe(2);
    expect(keptSteps(queue.place(job.id).folder)).toEqual([1, 2]);
  });

  it('cancels what waits at once and what runs after its step, and removes what is over', async () => {
    const [running, waiting] = [
      await queue.submit('steps', { steps: 1000, milliseconds: 5 }),
      await queue.submit('steps', {}),
    ];
    queue.start();
    await eventually(() => keptSteps(queue.place(running.id).folder).length).toBeGreaterThan(0);
    expect(queue.cancel(waiting.id).state).toBe('cancelled');
    expect(() => queue.remove(running.id)).toThrow(/is running: cancel it first/);
    queue.cancel(running.id);
    await until(running.id, 'cancelled');
    queue.remove(running.id);
    expect(() => queue.get(running.id)).toThrow(/There is no job/);
    expect(existsSync(queue.place(running.id).folder)).toBe(false);
  });

  it('kills a process that does not stop when it is asked to', async () => {
    await queue.close();
    queue = open({ grace: 50 });
    const job = await queue.submit('steps', { steps: 2, milliseconds: 60_000 });
    queue.start();
    await until(job.id, 'running');
    await eventually(() => queue.store.running()[0]?.worker).toBeTruthy();
    queue.cancel(job.id);
    await until(job.id, 'cancelled');
  });

  it('makes one job of a request that is sent again, and refuses the key for another', async () => {
    const options = { idempotencyKey: 'one' };
    const jobs = await Promise.all(
      [1, 2, 3].map(() => queue.submit('steps', { steps: 2 }, options)),
    );
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(1);
    await expect(queue.submit('steps', { steps: 3 }, options)).rejects.toMatchObject({
      code: 'key-reused',
    });
    expect(queue.store.list({}, 10).jobs).toHaveLength(1);
  });

  it('names every problem of the parameters, and leaves nothing behind', async () => {
    await expect(queue.submit('steps', { steps: 0, pace: 1 })).rejects.toMatchObject({
      code: 'bad-request',
      problems: [expect.stringContaining('params.steps'), expect.stringContaining('pace')],
    });
    await expect(queue.submit('nonsense', {})).rejects.toThrow(/there are: steps, light-steps/);
    expect(queue.store.list({}, 10).jobs).toEqual([]);
  });

  it('takes no more jobs than may wait, and none when the disk is full', async () => {
    await queue.close();
    queue = open({ mostQueued: 1 });
    await queue.submit('steps', {});
    await expect(queue.submit('steps', {})).rejects.toMatchObject({ code: 'too-busy' });
    await queue.close();
    queue = open({ keepFree: Number.MAX_SAFE_INTEGER });
    await expect(queue.submit('steps', {})).rejects.toMatchObject({ code: 'disk-full' });
  });

  it('pages through the jobs, newest first', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push((await queue.submit('steps', {})).id);
    const first = queue.store.list({}, 2);
    const second = queue.store.list({}, 2, first.next ?? 0);
    const third = queue.store.list({}, 2, second.next ?? 0);
    expect([first, second, third].flatMap(({ jobs }) => jobs.map(({ id }) => id))).toEqual(
      ids.reverse(),
    );
    expect(third.next).toBeNull();
    expect(queue.store.list({ state: 'running' }, 2).jobs).toEqual([]);
  });

  it('lets jobs keep their work when it is closed, and goes on with them', async () => {
    const job = await queue.submit('steps', { steps: 60, milliseconds: 10 });
    queue.start();
    await eventually(() => keptSteps(queue.place(job.id).folder).length).toBeGreaterThan(2);
    await queue.close();
    const kept = keptSteps(join(home, 'jobs', job.id)).length;
    queue = open();
    expect(queue.get(job.id).state).toBe('queued');
    queue.start();
    await until(job.id, 'succeeded');
    expect(kept).toBeLessThan(60);
    expect(keptSteps(queue.place(job.id).folder)).toEqual(
      Array.from({ length: 60 }, (_, i) => i + 1),
    );
    expect(queue.get(job.id).attempts).toBe(2);
  });

  it('gives up on a job that is killed again and again before anything was kept', async () => {
    await queue.close();
    queue = open({ mostStalls: 1 });
    const job = await queue.submit('steps', { steps: 2, milliseconds: 60_000 });
    queue.start();
    for (let attempt = 1; attempt <= 2; attempt++) {
      await eventually(() => queue.store.running()[0]?.job.attempts).toBe(attempt);
      await eventually(() => queue.store.running()[0]?.worker).toBeTruthy();
      process.kill(queue.store.running()[0]?.worker?.pid ?? Number.NaN, 'SIGKILL');
    }
    await until(job.id, 'interrupted');
    expect(queue.get(job.id).error?.message).toMatch(/killed.*2 times in a row/);
    expect(queue.cancel(job.id).state).toBe('cancelled');
  });

  it('takes progress for no work that was kept', async () => {
    await queue.close();
    const text = `process.stderr.write('{"type":"progress","text":"half","fraction":0.5}\\n');
      process.kill(process.pid, 'SIGKILL');`;
    queue = open({ mostStalls: 1, kinds: [kindOf('anew', 'light', text)] });
    const job = await queue.submit('anew', {});
    queue.start();
    await until(job.id, 'interrupted');
    expect(queue.get(job.id)).toMatchObject({ attempts: 2, progress: { fraction: 0.5 } });
  });

  it('gives a job up whose output or log is gone', async () => {
    await queue.close();
    const kinds = ['output-1.json', 'log-1.jsonl'].map((file, i) =>
      kindOf(`loses-${i}`, 'light', `import { rmSync } from 'node:fs'; rmSync('${file}');`),
    );
    queue = open({ kinds });
    const jobs = await Promise.all(kinds.map(({ name }) => queue.submit(name, {})));
    queue.start();
    for (const { id } of jobs) {
      await until(id, 'failed');
      const { error } = queue.get(id);
      expect(error?.message).toMatch(/^A file of the job .* is gone/);
      expect(error?.chinese).toMatch(/已不存在/);
    }
    expect(faults.splice(0)).toHaveLength(2);
  });

  it('stops the job that fills the disk before those that do not', async () => {
    await queue.close();
    const stay = 'setTimeout(() => {}, 60_000);';
    const write = `import { appendFileSync } from 'node:fs';
      for (let i = 0; i < 200; i++) appendFileSync('big', 'x'.repeat(1e4));`;
    const kinds = [kindOf('idle', 'light', stay), kindOf('writer', 'heavy', `${write} ${stay}`)];
    queue = open({ kinds, mostBytes: 1e6 });
    const [idle, writer] = [await queue.submit('idle', {}), await queue.submit('writer', {})];
    queue.start();
    await until(writer.id, 'failed');
    await until(idle.id, 'failed');
    const [first, second] = [queue.get(writer.id), queue.get(idle.id)];
    expect([first.error?.code, second.error?.code]).toEqual(['disk-full', 'disk-full']);
    if (process.platform === 'linux') {
      expect(String(first.finished_at) < String(second.finished_at)).toBe(true);
    }
  });
});
