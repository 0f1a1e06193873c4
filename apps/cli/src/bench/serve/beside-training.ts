/** Questions while an adapter is trained, beside the same questions on an idle machine. */
import { setTimeout as sleep } from 'node:timers/promises';
import { timesOf } from './quantiles.ts';
import { type Asked, ServerUnderTest } from './server-under-test.ts';

/** More steps than are made while it is measured, and no more prompts to build than that takes. */
const STEPS = 1000;

export interface BesideTrainingOptions {
  readonly questions: readonly Asked[];
  /** Times that all are asked, idle and busy. */
  readonly rounds: number;
  readonly signal: AbortSignal;
  readonly report: (text: string, fraction?: number) => void;
}

export async function besideTraining(options: BesideTrainingOptions) {
  const { questions, rounds, signal, report } = options;
  const server = new ServerUnderTest({});
  try {
    report('starting the server');
    await server.start();
    const round = async (what: string): Promise<number[]> => {
      const times: number[] = [];
      for (const question of questions) {
        signal.throwIfAborted();
        report(`${what}, ${times.length} of ${questions.length}`);
        times.push((await server.ask(question)).milliseconds);
      }
      return times;
    };
    const several = async (what: string) => {
      const times: number[] = [];
      for (let i = 0; i < rounds; i++) times.push(...(await round(what)));
      return times;
    };
    await round('warming up');
    const idle = await several('idle');
    const created = await server.post('/api/adapters', {
      name: 'bench',
      max_steps: STEPS,
      batch_size: 4,
    });
    const job = `/api/jobs/${created.body.id}`;
    const progress = async () => {
      const { state, progress: shown } = (await server.get(job)).body;
      if (state !== 'queued' && state !== 'running') throw new Error(`The training is ${state}.`);
      return (shown as { readonly text: string } | null)?.text ?? '';
    };
    while (!(await progress()).startsWith('step')) {
      signal.throwIfAborted();
      report('waiting for the first step of the training');
      await sleep(300);
    }
    const before = await progress();
    const busy = await several('beside a training');
    const after = await progress();
    await server.post(`${job}/cancel`, {});
    const [alone, beside] = [timesOf(idle), timesOf(busy)];
    const ratio = Number((beside.p95 / alone.p95).toFixed(2));
    return {
      questions: questions.length,
      rounds,
      idle: alone,
      training: beside,
      ratioOfP95: ratio,
      trainingProgress: [before, after],
      crashes: server.crashes,
      passed: ratio <= 2 && server.crashes === 0,
    };
  } finally {
    await server.remove();
  }
}
