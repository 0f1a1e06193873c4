/** A server under more and more clients: every answer has to come and be the one that it is when asked alone. */
import { expectedAnswers } from './expected-answers.ts';
import { type LoadRound, loadRound } from './load-round.ts';
import { type Asked, databaseNames, ServerUnderTest } from './server-under-test.ts';

export interface LoadOptions {
  /** Clients at a time, one round each. */
  readonly clients: readonly number[];
  /** Questions that the server works on at the same time; all rounds are made with each. */
  readonly running: readonly number[];
  /** Of a round. */
  readonly minutes: number;
  readonly questions: readonly Asked[];
  /** Databases that they are about. */
  readonly databases: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly report: (text: string, fraction?: number) => void;
}

/** Growth of the memory in the last half that is taken for none. */
const MOST_GROWTH = 0.05;

/** Rounds that are shorter end before the memory is what it will be. */
const STEADY_MINUTES = 5;

export async function sustainedLoad(options: LoadOptions) {
  const { clients, running, minutes, questions, databases, seed, signal, report } = options;
  const rounds: (LoadRound & { readonly running: number })[] = [];
  let crashes = 0;
  for (const atOnce of running) {
    const settings = {
      QUAESTOR_MAX_RUNNING: String(atOnce),
      QUAESTOR_MAX_WAITING: String(Math.max(...clients)),
    };
    const server = new ServerUnderTest(settings, databaseNames(databases));
    try {
      report('starting the server');
      await server.start();
      report('asking each question alone');
      const expected = await expectedAnswers(server, questions, signal);
      for (const count of clients) {
        const tell = (text: string, fraction: number) =>
          report(`${count} clients, ${atOnce} questions at a time: ${text}`, fraction);
        const common = { server, expected, minutes, seed, signal };
        rounds.push({
          running: atOnce,
          ...(await loadRound({ ...common, clients: count, report: tell })),
        });
      }
      crashes += server.crashes;
    } finally {
      await server.remove();
    }
  }
  return {
    minutes,
    questions: questions.length,
    databases,
    rounds,
    crashes,
    passed:
      crashes === 0 &&
      rounds.every(
        ({ answers, wrongCount, lostCount, memory: { growthInLastHalf } }) =>
          answers > 0 &&
          wrongCount + lostCount === 0 &&
          (minutes < STEADY_MINUTES || (growthInLastHalf ?? 0) <= MOST_GROWTH),
      ),
  };
}
