/** Clients that ask one question after the other for a while, each its own. */
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '@quaestor/peft';
import { type Expected, outcomeOf } from './expected-answers.ts';
import { type Times, timesOf } from './quantiles.ts';
import type { Asked, MemorySample, ServerUnderTest } from './server-under-test.ts';

export interface RoundOptions {
  readonly server: ServerUnderTest;
  /** What each question is answered with when it is asked alone. */
  readonly expected: Expected;
  readonly clients: number;
  readonly minutes: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly report: (text: string, fraction: number) => void;
}

export interface LoadRound {
  readonly clients: number;
  readonly seconds: number;
  readonly answers: number;
  readonly answersPerSecond: number;
  /** Milliseconds of an answer. */
  readonly times: Times;
  readonly statuses: Readonly<Record<string, number>>;
  /** Some of the answers that were others than alone. */
  readonly wrong: readonly { readonly question: string; readonly got: string }[];
  readonly wrongCount: number;
  /** Some of the questions without an answer. */
  readonly lost: readonly string[];
  readonly lostCount: number;
  readonly memory: {
    readonly growthInLastHalf: number | null;
    readonly bytes: readonly MemorySample[];
  };
}

/** Milliseconds between two looks at the memory. */
const LOOK = 2_000;

/** Samples of memory that are kept in the report. */
const MOST_SAMPLES = 60;

/** Wrong and lost answers that are kept in it. */
const MOST_SHOWN = 20;

export async function loadRound(options: RoundOptions): Promise<LoadRound> {
  const { server, expected, clients, minutes, seed, signal, report } = options;
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
      const one = asked[random.integer(asked.length)] as Asked;
      const { question } = one;
      const reply = await server.ask(one);
      statuses[reply.status] = (statuses[reply.status] ?? 0) + 1;
      if (reply.status === 429) await sleep(100);
      else if (reply.status === 0 || reply.status >= 500) {
        lost.push(`${question}: ${reply.status} ${reply.body.detail}`);
      } else if (outcomeOf(reply) !== expected.get(one)) {
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
  return {
    clients,
    seconds: Math.round(seconds),
    answers: times.length,
    answersPerSecond: Number((times.length / seconds).toFixed(2)),
    times: timesOf(times),
    statuses,
    wrong: wrong.slice(0, MOST_SHOWN),
    wrongCount: wrong.length,
    lost: lost.slice(0, MOST_SHOWN),
    lostCount: lost.length,
    memory: {
      growthInLastHalf: growthInLastHalf(memory.map(({ server: own, model }) => own + model)),
      bytes: thinned(memory),
    },
  };
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
