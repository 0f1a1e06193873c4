/**
 * Server, model and training are killed at random moments while questions are asked. Nothing that was
 * answered may be gone, no question may get another answer, and every training has to end with the
 * very adapter that an undisturbed one ends with.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '@quaestor/peft';
import { type Expected, expectedAnswers, outcomeOf } from './expected-answers.ts';
import { type Asked, databaseNames, ServerUnderTest } from './server-under-test.ts';

export interface KillOptions {
  readonly kills: number;
  /** Optimizer steps of each training. */
  readonly steps: number;
  readonly questions: readonly Asked[];
  /** Databases that they are about. */
  readonly databases: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly report: (text: string, fraction?: number) => void;
}

const TARGETS = ['server', 'model', 'worker'] as const;
const CLIENTS = 2;

/** Longest pause between two kills, in milliseconds. */
const LONGEST_PAUSE = 8_000;

export async function randomKills(options: KillOptions) {
  const { kills, steps, questions, databases, seed, signal, report } = options;
  const server = new ServerUnderTest({}, databaseNames(databases));
  const random = seededRandom(seed);
  /** When processes were killed, and until when the server was away. */
  const outages: { from: number; to: number }[] = [];
  const killed: Record<(typeof TARGETS)[number], number> = { server: 0, model: 0, worker: 0 };
  const answered: string[] = [];
  const [wrong, lost]: [string[], string[]] = [[], []];
  let [excused, resumed, over] = [0, 0, false];

  const train = async (name: string): Promise<string> => {
    const settings = { name, max_steps: steps, batch_size: 2, save_steps: 5, seed: 1 };
    const { status, body } = await server.post('/api/adapters', settings);
    if (status !== 202) throw new Error(`The training was not taken on: ${body.detail}`);
    return body.id as string;
  };
  /** The state of a job; null while the server is away. */
  const stateOf = async (job: string): Promise<string | null> => {
    const { state = null } = (await server.get(`/api/jobs/${job}`)).body;
    if (state === 'interrupted') {
      resumed++;
      await server.post(`/api/jobs/${job}/resume`, {});
    }
    return state as string | null;
  };
  const untilDone = async (job: string): Promise<string> => {
    for (;;) {
      signal.throwIfAborted();
      const state = await stateOf(job);
      if (state === 'succeeded' || state === 'failed' || state === 'cancelled') return state;
      await sleep(300);
    }
  };
  const adapterOf = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(join(server.home, 'adapters', name, 'adapter_model.safetensors')))
      .digest('hex');
  const client = async (number: number, expected: Expected) => {
    const asked = [...expected.keys()];
    const own = seededRandom(seed + 100 + number);
    while (!over) {
      const one = asked[own.integer(asked.length)] as Asked;
      const { question } = one;
      const from = performance.now();
      const reply = await server.ask(one);
      const to = performance.now();
      const isWhole = reply.status === 200 || (reply.status >= 400 && reply.status < 429);
      if (isWhole && outcomeOf(reply) === expected.get(one)) {
        if (reply.status === 200) answered.push(reply.body.id as string);
      } else if (isWhole) wrong.push(`${question}: ${outcomeOf(reply)}`);
      else if (outages.some((outage) => outage.from <= to && outage.to >= from)) excused++;
      else lost.push(`${question}: ${reply.status} ${reply.body.code ?? reply.body.detail}`);
      if (!isWhole) await sleep(200);
    }
  };

  try {
    report('starting the server');
    await server.start();
    const expected = await expectedAnswers(server, questions, signal);
    report('training undisturbed');
    const first = await untilDone(await train('undisturbed'));
    if (first !== 'succeeded') throw new Error(`The undisturbed training has ${first}.`);
    const reference = adapterOf('undisturbed');

    const clients = Array.from({ length: CLIENTS }, (_, number) => client(number, expected));
    const trainings: { name: string; job: string; state?: string; same?: boolean }[] = [];
    const next = async () => {
      const name = `killed-${trainings.length + 1}`;
      trainings.push({ name, job: await train(name) });
    };
    await next();
    for (let done = 0; done < kills; ) {
      signal.throwIfAborted();
      const last = trainings.at(-1);
      if (last !== undefined && (await stateOf(last.job)) === 'succeeded') await next();
      await sleep(random.next() * LONGEST_PAUSE);
      const target = TARGETS[random.integer(TARGETS.length)] as (typeof TARGETS)[number];
      const outage = { from: performance.now(), to: Number.POSITIVE_INFINITY };
      if (target !== 'worker') outages.push(outage);
      if (await server.kill(target)) {
        killed[target]++;
        done++;
        report(`${done} of ${kills} kills, ${answered.length} answers`, done / kills);
      }
      if (target === 'server') await server.start();
      // A model that is started again by a question is away until it is loaded.
      outage.to = performance.now() + (target === 'model' ? 1_000 : 0);
    }
    report('waiting for the trainings');
    for (const training of trainings) {
      training.state = await untilDone(training.job);
      training.same = training.state === 'succeeded' && adapterOf(training.name) === reference;
    }
    over = true;
    await Promise.all(clients);
    const gone = [];
    for (const id of answered) {
      if ((await server.get(`/api/answers/${id}`)).status !== 200) gone.push(id);
    }
    return {
      kills,
      killed,
      steps,
      answers: answered.length,
      answersGone: gone.length,
      wrong: wrong.slice(0, 20),
      wrongCount: wrong.length,
      lost: lost.slice(0, 20),
      lostCount: lost.length,
      failedWithTheKilledProcess: excused,
      trainings: trainings.map(({ name, state, same }) => ({ name, state, sameAdapter: same })),
      interruptedAndResumed: resumed,
      crashes: server.crashes,
      passed:
        gone.length + wrong.length + lost.length + server.crashes === 0 &&
        trainings.every(({ same }) => same === true),
    };
  } finally {
    over = true;
    await server.remove();
  }
}
