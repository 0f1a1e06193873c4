/** The questions of this thread, oldest first, and what can be done with them. */
import { computed, signal } from '@preact/signals';
import { getJson } from '../../parts/api.ts';
import { keepForVisit, readForVisit } from '../../parts/kept.ts';
import { modelReady } from '../../parts/model.ts';
import { isAbort, Problem, toProblem } from '../../parts/problem.ts';
import { problemText } from '../../parts/problem-text.ts';
import { navigate } from '../../parts/router.ts';
import { askServer, type EarlierTurn } from './ask-request.ts';
import { remember } from './history.ts';
import type { KeptAnswer, RunningTurn, Step, StepName, Turn } from './turn.ts';

/** Where the answers of the thread are kept for a reload. */
const PLACE = 'thread';

export const thread = signal<readonly Turn[]>([]);

export const running = computed(() => thread.value.find(({ state }) => state === 'running'));

let controller: AbortController | null = null;
let lastKey = 0;

/** Asks a question at the end of the thread; does nothing while another is being answered. */
export async function ask(question: string, database: string): Promise<void> {
  if (running.value !== undefined) return;
  const key = ++lastKey;
  const own = new AbortController();
  controller = own;
  const earlier = earlierTurns(database);
  const begun: RunningTurn = {
    state: 'running',
    key,
    question,
    database,
    stages: [],
    step: step('model'),
  };
  thread.value = [...thread.value, begun];
  /** Changes the turn while it is still running. */
  const change = (next: (turn: RunningTurn) => Turn) => {
    thread.value = thread.value.map((turn) =>
      turn.key === key && turn.state === 'running' ? next(turn) : turn,
    );
  };
  try {
    await untilAborted(modelReady(), own.signal);
    change((turn) => ({ ...turn, step: null }));
    const answer = await askServer({ question, database }, earlier, {
      signal: own.signal,
      onQueued: (ahead) => change((turn) => ({ ...turn, step: { ...step('queued'), ahead } })),
      onStart: (name) => change((turn) => ({ ...turn, step: step(name) })),
      onStage: (stage) =>
        change((turn) => ({ ...turn, stages: [...turn.stages, stage], step: null })),
    });
    change(() => ({ state: 'answered', key, question, database, answer }));
    remember({ id: answer.id, failed: answer.abstained != null, question, database });
    keepThread();
    if (location.pathname === '/') navigate(addressOf(answer.id), { replace: true });
  } catch (error) {
    if (isAbort(error) || own.signal.aborted) {
      change(({ stages }) => ({ state: 'stopped', key, question, database, stages }));
    } else {
      change(() => ({ state: 'failed', key, question, database, problem: error }));
      remember({ id: null, failed: true, question, database });
    }
  } finally {
    if (controller === own) controller = null;
  }
}

/** Stops the question that is being answered. */
export function stop(): void {
  controller?.abort(new DOMException('Stopped.', 'AbortError'));
}

/** Begins a thread with nothing in it. */
export function newThread(): void {
  stop();
  thread.value = [];
  keepForVisit(PLACE, null);
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
  const shown = thread.value.find((turn) => idOf(turn) === id);
  if (shown !== undefined) {
    document.getElementById(`turn-${shown.key}`)?.scrollIntoView({ block: 'nearest' });
    return;
  }
  stop();
  const kept = keptIds();
  const ids = kept.at(-1) === id ? kept : [id];
  const turns = await Promise.all(ids.map(readTurn));
  // Earlier answers that the server no longer has are left out; the one that was wanted is not.
  thread.value = turns.filter(
    (turn, index) => turn.state !== 'failed' || index === turns.length - 1,
  );
  keepThread();
}

interface Stored {
  readonly question: string;
  readonly database: string;
  readonly answer: KeptAnswer | null;
  readonly problem: Record<string, unknown> | null;
}

async function readTurn(id: string): Promise<Turn> {
  const key = ++lastKey;
  try {
    const stored = await getJson<Stored>(`/api/answers/${encodeURIComponent(id)}`);
    const { question, database, answer, problem } = stored;
    if (answer !== null) return { state: 'answered', key, question, database, answer };
    const missing = new Problem(problem ?? { detail: problemText().underWay });
    return { state: 'failed', key, question, database, problem: missing };
  } catch (error) {
    return { state: 'failed', key, question: '', database: '', problem: toProblem(error) };
  }
}

const idOf = (turn: Turn) => (turn.state === 'answered' ? turn.answer.id : null);

function keepThread(): void {
  const ids = thread.value.map(idOf).filter((id) => id !== null);
  keepForVisit(PLACE, JSON.stringify(ids));
}

function keptIds(): readonly string[] {
  try {
    const ids: unknown = JSON.parse(readForVisit(PLACE) ?? '[]');
    return Array.isArray(ids) ? ids.map(String) : [];
  } catch {
    return [];
  }
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
