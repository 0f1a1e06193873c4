/**
 * The questions of this thread, oldest first, and what can be done with them. A thread with a question
 * that is still being answered goes on when another is looked at, and is found again in the history.
 */

import { computed, signal } from '@preact/signals';
import type { Stage } from '@quaestor/finsql';
import { modelReady } from '../../parts/model.ts';
import { isAbort } from '../../parts/problem.ts';
import { navigate } from '../../parts/router.ts';
import {
  cancelAnswer,
  type EarlierTurn,
  followAnswer,
  type Listener,
  sendQuestion,
} from './ask-request.ts';
import { pickDatabase } from './databases.ts';
import { history, noteOutcome, remember } from './history.ts';
import { type KeptTurn, keepThread, keptThread } from './kept-thread.ts';
import { readTurn } from './read-turn.ts';
import type { KeptAnswer, RunningTurn, Step, StepName, Turn } from './turn.ts';

export const thread = signal<readonly Turn[]>([]);

export const running = computed<RunningTurn | undefined>(() =>
  thread.value.find((turn): turn is RunningTurn => turn.state === 'running'),
);

/** Threads with a question that was being answered when another thread was opened. */
let aside: readonly (readonly Turn[])[] = [];
/** Of the questions that are being answered, by their keys. */
const controllers = new Map<number, AbortController>();
let lastKey = 0;
/** Counts what was opened: of two that are still being read, the last one is shown. */
let opened = 0;

/** Asks a question at the end of the thread; does nothing while another of it is being answered. */
export async function ask(question: string, database: string): Promise<void> {
  if (running.value !== undefined) return;
  const earlier = earlierTurns(database);
  const asked = { question, database };
  const key = ++lastKey;
  const begun: RunningTurn = {
    ...{ state: 'running', key, id: null, ...asked },
    ...{ stages: [], step: step('model') },
  };
  thread.value = [...thread.value, begun];
  remember(asked);
  keepThread(thread.value);
  await seeThrough(begun, async (signal) => {
    await untilAborted(modelReady(), signal);
    change(key, (turn) => ({ ...turn, step: null }));
    const sent = sendQuestion(asked, earlier);
    cancelWhenStopped(sent, signal);
    const id = await untilAborted(sent, signal);
    change(key, (turn) => ({ ...turn, id }));
    noteOutcome(asked, { id, failed: false });
    if (isShown(key)) {
      keepThread(thread.value);
      if (location.pathname === '/') navigate(addressOf(id), { replace: true });
    }
    return followAnswer(id, listenerOf(key), signal);
  });
}

/** Goes on with a question that was being answered when the page was loaded. */
async function follow(turn: RunningTurn, id: string): Promise<void> {
  await seeThrough(turn, (signal) => {
    cancelWhenStopped(Promise.resolve(id), signal);
    return followAnswer(id, listenerOf(turn.key), signal);
  });
}

/** Until a question has been answered, has failed or was stopped, whether or not it is shown. */
async function seeThrough(
  asked: RunningTurn,
  work: (signal: AbortSignal) => Promise<KeptAnswer>,
): Promise<void> {
  const { key } = asked;
  const own = new AbortController();
  controllers.set(key, own);
  try {
    const answer = await work(own.signal);
    change(key, (turn) => ({ ...common(turn), state: 'answered', answer }));
    noteOutcome(asked, { id: answer.id, failed: answer.abstained != null });
  } catch (problem) {
    const wasStopped = own.signal.aborted || isAbort(problem);
    const ended = change(key, (turn) =>
      wasStopped
        ? { ...common(turn), state: 'stopped', stages: turn.stages }
        : { ...common(turn), state: 'failed', problem, draft: lastRun(turn.stages) },
    );
    // The server forgets what was stopped.
    noteOutcome(asked, { id: wasStopped ? null : (ended?.id ?? null), failed: true });
  } finally {
    controllers.delete(key);
    if (isShown(key)) keepThread(thread.value);
  }
}

/** Stops the question of this thread that is being answered. */
export function stop(): void {
  const key = running.value?.key;
  if (key === undefined) return;
  controllers.get(key)?.abort(new DOMException('Stopped.', 'AbortError'));
}

/** Begins a thread with nothing in it. */
export function newThread(): void {
  stop();
  opened++;
  thread.value = [];
  keepThread([]);
  navigate('/');
}

/** Takes a question out of the thread, e.g. to ask it again. */
export function dropTurn(key: number): void {
  thread.value = thread.value.filter((turn) => turn.key !== key);
}

/** Where an answer can be seen again. */
export const addressOf = (id: string) => `/?answer=${encodeURIComponent(id)}`;

/**
 * Shows a kept answer: with its thread when it is the end of the thread of this visit, else alone.
 * One that is in the thread stays where it is.
 */
export async function openAnswer(id: string): Promise<void> {
  const has = (turn: Turn) => turn.id === id;
  const shown = thread.value.find(has);
  if (shown !== undefined) {
    document.getElementById(`turn-${shown.key}`)?.scrollIntoView({ block: 'nearest' });
    return;
  }
  const left = aside.find((turns) => turns.some(has));
  if (left !== undefined) {
    opened++;
    show(left);
    pickDatabaseOf(left);
    return;
  }
  const kept = keptThread();
  const isItsEnd = kept.findLast((turn) => turn.id !== null)?.id === id;
  const { question = '', database = '' } = history.value.find((entry) => entry.id === id) ?? {};
  await openTurns(isItsEnd ? kept : [{ id, question, database, draft: null }]);
  if (thread.value.some(has)) pickDatabaseOf(thread.value);
}

/** A follow-up is asked of the database that the question before it was asked of. */
function pickDatabaseOf(turns: readonly Turn[]): void {
  const asked = turns.at(-1)?.database ?? '';
  if (asked !== '') pickDatabase(asked);
}

/** Shows the thread of this visit where its last question was not yet taken on, so has no address. */
export async function reopenThread(): Promise<void> {
  const kept = keptThread();
  if (thread.value.length === 0 && kept.at(-1)?.id === null) await openTurns(kept);
}

async function openTurns(kept: readonly KeptTurn[]): Promise<void> {
  const own = ++opened;
  const before = new Set(thread.value.map(({ key }) => key));
  const turns = await Promise.all(kept.map((turn) => readTurn(turn, ++lastKey)));
  if (own !== opened) return;
  // What was asked while they were read comes after them.
  show([...turns, ...thread.value.filter(({ key }) => !before.has(key))]);
  for (const turn of turns) {
    if (turn.state === 'running' && turn.id !== null) void follow(turn, turn.id);
  }
}

/** Puts a thread in place of the one that is shown, which is kept while it has something to come. */
function show(turns: readonly Turn[]): void {
  const left = thread.value.filter(({ key }) => !turns.some((turn) => turn.key === key));
  const others = aside.filter((one) => one !== turns);
  aside = left.some(({ state }) => state === 'running') ? [...others, left] : others;
  thread.value = turns;
  keepThread(turns);
}

/** Changes a turn while it is still running. @returns it after the change */
function change(key: number, next: (turn: RunningTurn) => Turn): Turn | undefined {
  const changed = (turns: readonly Turn[]) =>
    turns.map((turn) => (turn.key === key && turn.state === 'running' ? next(turn) : turn));
  if (isShown(key)) thread.value = changed(thread.value);
  else aside = aside.map(changed);
  return [thread.value, ...aside].flat().find((turn) => turn.key === key);
}

const isShown = (key: number) => thread.value.some((turn) => turn.key === key);

const common = ({ key, id, question, database }: Turn) => ({ key, id, question, database });

function listenerOf(key: number): Listener {
  return {
    onQueued: (ahead) => change(key, (turn) => ({ ...turn, step: { ...step('queued'), ahead } })),
    onStart: (name) => change(key, (turn) => ({ ...turn, step: step(name) })),
    onStage: (stage) =>
      change(key, (turn) => ({ ...turn, stages: [...turn.stages, stage], step: null })),
  };
}

/** A question that was taken on is cancelled by its name, which may come after it was stopped. */
function cancelWhenStopped(sent: Promise<string>, signal: AbortSignal): void {
  const cancel = () => void sent.then(cancelAnswer).catch(() => {});
  signal.addEventListener('abort', cancel, { once: true });
}

/** The statement that was run last. */
function lastRun(stages: readonly Stage[]): string | null {
  const last = stages.findLast((stage) => stage.name === 'execute');
  return last?.detail.sql ?? null;
}

/** What was answered of the same database since the thread last changed to it. */
function earlierTurns(database: string): readonly EarlierTurn[] {
  const since = thread.value.findLastIndex((turn) => turn.database !== database) + 1;
  return thread.value
    .slice(since)
    .filter((turn) => turn.state === 'answered')
    .map(({ question, answer }) => ({
      question: answer.standalone_question ?? question,
      sql: answer.sql,
    }));
}

function step(name: StepName): Step {
  return { name, since: performance.now() };
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    promise,
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
  ]);
}
