/** Many clients for minutes: every answer has to come and be the one that it is when asked alone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '@quaestor/peft';
import { expectedAnswers, outcomeOf } from './expected-answers.ts';
import { timesOf } from './quantiles.ts';
import { type MemorySample, ServerUnderTest } from './server-under-test.ts';

export interface LoadOptions {
  readonly clients: number;
  readonly minutes: number;
  readonly questions: readonly string[];
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly report: (text: string, fraction?: number) => void;
}

/** Milliseconds between two looks at the memory. */
const LOOK = 2_000;

/** Growth of the memory in the last half that is taken for none. */
const MOST_GROWTH = 0.05;

/** Samples of memory that are kept in the report. */
const MOST_SAMPLES = 60;

export async function sustainedLoad(options: LoadOptions) {
  const { clients, minutes, questions, seed, signal, report } = options;
  const server = new ServerUnderTest({ QUAESTOR_MAX_WAITING: String(clients) });
  try {
    report('starting the server');
    await server.start();
    report('asking each question alone');
    const expected = await expectedAnswers(server, questions, signal);
    const asked = [...expected.keys()];
    const length = minutes * 60_000;
    const began = performance.now();
    const end = began + length;
    const times: number[] = [];
    const statuses: Record<string, number> = {};
    const wrong: { readonly question: string; readonly got: string }[] = [];
    const lost: string[] = [];
    const memory: MemorySample[] = [];
    const client = async (number: number) => {
      const random = seededRandom(seed + number);
      while (performance.now() < end && !signal.aborted) {
        const question = asked[random.integer(asked.length)] as string;
        const reply = await server.ask(question);
        statuses[reply.status] = (statuses[reply.status] ?? 0) + 1;
        if (reply.status === 429) await sleep(100);
        else if (reply.status === 0 || reply.status >= 500) {
          lost.push(`${question}: ${reply.status} ${reply.body.detail}`);
        } else if (outcomeOf(reply) !== expected.get(question)) {
          wrong.push({ question, got: outcomeOf(reply) });
        } else times.push(reply.milliseconds);
      }
    };
    const look = async () => {
      while (performance.now() < end && !signal.aborted) {
        memory.push(await server.memory());
        report(
          `${times.length} answers, ${wrong.length} wrong, ${lost.length} lost`,
          (performance.now() - began) / length,
        );
        await sleep(LOOK);
      }
    };
    await Promise.all([look(), ...Array.from({ length: clients }, (_, number) => client(number))]);
    signal.throwIfAborted();
    const seconds = (performance.now() - began) / 1000;
    const growth = growthInLastHalf(memory.map(({ server: own, model }) => own + model));
    return {
      clients,
      minutes,
      questions: asked.length,
      seconds: Math.round(seconds),
      answers: times.length,
      answersPerSecond: Number((times.length / seconds).toFixed(2)),
      times: timesOf(times),
      statuses,
      wrong: wrong.slice(0, 20),
      wrongCount: wrong.length,
      lost: lost.slice(0, 20),
      lostCount: lost.length,
      crashes: server.crashes,
      memory: {
        growthInLastHalf: growth,
        bytes: thinned(memory),
      },
      passed:
        times.length > 0 &&
        wrong.length + lost.length + server.crashes === 0 &&
        (growth ?? 0) <= MOST_GROWTH,
    };
  } finally {
    await server.remove();
  }
}

/** Mean of the last fifth over that of the fifth that begins in the middle, less 1. */
function growthInLastHalf(totals: readonly number[]): number | null {
  const fifth = Math.floor(totals.length / 5);
  if (fifth === 0) return null;
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = Math.floor(totals.length / 2);
  const growth = mean(totals.slice(-fifth)) / mean(totals.slice(middle, middle + fifth)) - 1;
  return Number(growth.toFixed(4));
}

function thinned<T>(samples: readonly T[]): readonly T[] {
  const step = Math.max(1, Math.ceil(samples.length / MOST_SAMPLES));
  return samples.filter((_, index) => index % step === 0);
}
