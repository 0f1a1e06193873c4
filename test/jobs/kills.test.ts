/**
 * Servers and the processes of their jobs are killed at random moments, thirty times over. In the end
 * every job has succeeded, and every step was done once: none lost, none done again.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { seededRandom } from '@quaestor/peft';
import { expect, it } from 'vitest';
import { JobQueue } from '../../apps/server/src/jobs/job-queue.ts';
import { keptSteps, stepKind } from './step-kind.ts';

const STEPS = 150;
const program = fileURLToPath(new URL('queue-process.ts', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

function startServer(home: string): ChildProcess {
  const words = ['--conditions=@quaestor/source', '--import', tsx, program, home];
  return spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** @returns how often a worker and how often a server was killed */
async function killAtRandom(home: string, kills: number, seed: number) {
  const random = seededRandom(seed);
  // Looks at the jobs and tends none.
  const onlooker = new JobQueue({ home, kinds: [stepKind] });
  const jobs = [
    await onlooker.submit('steps', { steps: STEPS, milliseconds: 10 }),
    await onlooker.submit('steps', { steps: 5, milliseconds: 10 }),
  ];
  const killed = { worker: 0, server: 0 };
  let server = startServer(home);
  while (killed.worker + killed.server < kills) {
    await sleep(random.next() * 300);
    if (random.next() < 0.5) {
      await expect
        .poll(() => onlooker.store.running()[0]?.worker, { timeout: 20_000 })
        .toBeTruthy();
      await sleep(random.next() * 600);
      const worker = onlooker.store.running()[0]?.worker;
      try {
        process.kill(worker?.pid ?? Number.NaN, 'SIGKILL');
        killed.worker++;
      } catch {
        // It has just ended.
      }
    } else {
      const gone = once(server, 'exit');
      server.kill('SIGKILL');
      await gone;
      killed.server++;
      server = startServer(home);
      await sleep(random.next() * 600);
    }
  }
  await expect
    .poll(() => jobs.map(({ id }) => onlooker.get(id).state), { timeout: 60_000 })
    .toEqual(['succeeded', 'succeeded']);
  server.kill('SIGKILL');
  const ends = jobs.map(({ id }) => ({
    result: onlooker.get(id).result,
    steps: keptSteps(onlooker.place(id).folder),
    seqs: onlooker.store.events(id, 0, 10_000).map(({ seq }) => seq),
    told: onlooker.store.events(id, 0, 10_000).filter(({ type }) => type === 'step').length,
  }));
  await onlooker.close();
  return { killed, ends };
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

it('loses no job and no finished step in thirty kills', async () => {
  const homes = [1, 2, 3].map(() => mkdtempSync(join(tmpdir(), 'quaestor-kills-')));
  try {
    const runs = await Promise.all(homes.map((home, i) => killAtRandom(home, 10, i + 1)));
    for (const { ends } of runs) {
      expect(ends.map(({ result }) => result)).toEqual([{ steps: STEPS }, { steps: 5 }]);
      expect(ends.map(({ steps }) => steps)).toEqual([upTo(STEPS), upTo(5)]);
      for (const { seqs } of ends) expect(seqs).toEqual(upTo(seqs.length));
    }
    const killed = runs.map((run) => run.killed);
    expect(killed.reduce((sum, { worker, server }) => sum + worker + server, 0)).toBe(30);
    // Both kinds were tried.
    expect(killed.every(({ worker, server }) => worker > 0 && server > 0)).toBe(true);
  } finally {
    for (const home of homes) rmSync(home, { recursive: true, force: true });
  }
}, 120_000);
