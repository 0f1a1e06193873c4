/**
 * Completions written side by side, one pass of the model after the other (continuous batching, Yu et
 * al. 2022, Orca): before each pass, as many waiting prompts are read as there is room for, and after
 * it, whoever is finished makes room. Requests may come and go between any two passes; each has its
 * own settings, draws and end, and what goes wrong with one is no matter of the others.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { engine } from '../tensors/engine.ts';
import { advance, takeIn } from './advance.ts';
import { finish, type Generated, type TextModel } from './completion.ts';
import { pickEach } from './pick-each.ts';
import {
  choicesOf,
  draftFor,
  firstChoiceOf,
  type PlannedToken,
  type RunningStream,
  rowsOf,
} from './running-stream.ts';
import type { PickedToken, RowChoice } from './sampling.ts';
import { SlotTable } from './slot-table.ts';
import type { DecodeRow, TokenScorer } from './token-scorer.ts';
import type { AskedPrompt, Writing } from './writing.ts';

/** Prompt tokens read in one pass. */
const PREFILL_TOKENS = 1400;

/**
 * Rows of a pass that drafts may fill: up to there, one more costs little; in tile registers still less.
 * `unsure` of them for a draft that is likely wrong.
 */
const DRAFTED_ROWS = { most: 24, unsure: 2 };
const DRAFTED_ROWS_IN_TILES = { most: 48, unsure: 8 };

/** A stream's part of the next pass. */
interface Plan {
  readonly stream: RunningStream;
  readonly draft: readonly PlannedToken[];
  readonly rows: readonly DecodeRow[];
  readonly choices: readonly RowChoice[];
}

export class Batch {
  readonly #model: TextModel;
  readonly #scorer: TokenScorer;
  readonly #slots: SlotTable;
  readonly #streams: number;
  readonly #writings = new Set<Writing>();
  #waiting: { readonly writing: Writing; readonly prompt: AskedPrompt }[] = [];
  #running: RunningStream[] = [];

  /** @param scorer the batch's own from here on @param slots that it holds @param streams most completions at once */
  constructor(model: TextModel, scorer: TokenScorer, slots: number, streams: number) {
    this.#model = model;
    this.#scorer = scorer;
    this.#slots = new SlotTable(slots);
    this.#streams = streams;
  }

  /** Whether anything is to be written. */
  get busy(): boolean {
    return this.#writings.size > 0;
  }

  /** Takes a request in; its prompts are read when those before them have found room. */
  add(writing: Writing): void {
    if (writing.over) return;
    this.#writings.add(writing);
    this.#waiting.push(...writing.prompts.map((prompt) => ({ writing, prompt })));
  }

  /** One pass. @throws what the scorer throws; then the batch is of no more use */
  async step(): Promise<void> {
    for (const writing of this.#writings) if (writing.givenUp) this.#end(writing);
    this.#tidy();
    const fresh = await this.#read();
    const plans = this.#plan();
    const picked = await this.#score(plans);
    let row = 0;
    for (const { stream, draft, rows } of plans) {
      const own = picked.slice(row, row + rows.length);
      row += rows.length;
      this.#take(stream, () => takeIn(this.#model, stream, draft, own));
    }
    for (const { stream, token } of fresh) {
      stream.logProbability += token.logProbability;
      this.#running.push(stream);
      this.#take(stream, () => advance(this.#model, stream, token));
    }
    this.#tidy();
  }

  /** Ends what is still under way with an error. */
  fail(error: unknown): void {
    for (const writing of this.#writings) writing.fail(error);
  }

  dispose(): void {
    this.#scorer.dispose();
  }

  /** Reads as many waiting prompts as there is room for. @returns their streams with the first tokens */
  async #read(): Promise<{ readonly stream: RunningStream; readonly token: PickedToken }[]> {
    const streams: RunningStream[] = [];
    let tokens = 0;
    const starting: { readonly prompt: AskedPrompt; readonly slot: number; readonly n: number }[] =
      [];
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const { writing, prompt } = next;
      const { n } = writing;
      if (this.#running.length + streams.length + n > this.#streams) break;
      if (starting.length > 0 && tokens + prompt.ids.length > PREFILL_TOKENS) break;
      // Read with another request's, its last bits would be others: nobody's text may hang on who else asks.
      if (streams[0] && streams[0].writing !== writing) break;
      const taken = this.#slots.take(n);
      if (taken === null) break;
      this.#waiting.shift();
      tokens += prompt.ids.length;
      starting.push({ prompt, slot: taken.parent, n });
      for (const [candidate, slot] of taken.own.entries()) {
        streams.push(startStream(writing, prompt, candidate, slot, taken.parent));
      }
    }
    if (starting.length === 0) return [];
    const scores = await this.#scorer.prefill(
      starting.map(({ prompt: { ids, tag }, slot }) => ({ ids, slot, tag })),
    );
    const rowOfStream = starting.flatMap(({ n }, row) => Array<number>(n).fill(row));
    const picked = this.#pick(scores, streams, streams.map(firstChoiceOf), rowOfStream);
    return streams.map((stream, i) => ({ stream, token: picked[i] as PickedToken }));
  }

  /** What each running stream reads next: what it has not read yet, and a draft where there is room. */
  #plan(): Plan[] {
    const rows = this.#running.reduce((sum, { unread }) => sum + unread, 0);
    const { tiles, precision } = engine();
    const { most, unsure } =
      tiles && precision === 'bfloat16' ? DRAFTED_ROWS_IN_TILES : DRAFTED_ROWS;
    const room = Math.floor((most - rows) / Math.max(1, this.#running.length));
    return this.#running.flatMap((stream) => {
      const { writing, ids } = stream;
      const sure = Math.min(writing.lookup, room, writing.maxTokens - ids.length - 1);
      const plan = attempt(writing, () => {
        const draft = sure > 0 ? draftFor(stream, { sure, unsure }) : [];
        return { stream, draft, rows: rowsOf(stream, draft), choices: choicesOf(stream, draft) };
      });
      return plan ?? [];
    });
  }

  async #score(plans: readonly Plan[]): Promise<readonly PickedToken[]> {
    if (plans.length === 0) return [];
    const scores = await this.#scorer.step(plans.flatMap(({ rows }) => rows));
    const owners = plans.flatMap(({ stream, rows }) => rows.map(() => stream));
    return this.#pick(
      scores,
      owners,
      plans.flatMap(({ choices }) => choices),
    );
  }

  /** Picks by choices from scores, and frees them. @param rows of the scores, where a row is asked twice */
  #pick(
    scores: Tensor,
    owners: readonly RunningStream[],
    choices: readonly RowChoice[],
    rows?: readonly number[],
  ): PickedToken[] {
    const { tf } = engine();
    try {
      return tf.tidy(() => {
        const repeated = rows !== undefined && rows.length !== scores.shape[0];
        const wanted = repeated ? tf.gather(scores, tf.tensor1d([...rows], 'int32')) : scores;
        return pickEach(wanted, choices, (row, error) => owners[row]?.writing.fail(error));
      });
    } finally {
      scores.dispose();
    }
  }

  /** Lets a stream take in what was picked, and keeps the completion where that ends it. */
  #take(stream: RunningStream, work: () => Generated | null): void {
    const completion = attempt(stream.writing, work);
    if (!completion) return;
    stream.done = true;
    stream.writing.deliver(completion);
  }

  /** Ends a request that nobody waits for. */
  #end(writing: Writing): void {
    for (const stream of this.#running) {
      if (stream.writing === writing) writing.deliver(finish(this.#model, stream, 'aborted'));
    }
    writing.end();
  }

  /** Makes room: forgets what is done, and all of a request that is over. */
  #tidy(): void {
    const left = this.#running.filter(({ done, writing }) => !done && !writing.over);
    for (const stream of this.#running) if (!left.includes(stream)) this.#slots.give(stream);
    this.#running = left;
    this.#waiting = this.#waiting.filter(({ writing }) => !writing.over);
    for (const writing of this.#writings) if (writing.over) this.#writings.delete(writing);
  }
}

/** Work for one request: where it fails, the request does. @returns undefined then, or where it is over */
function attempt<T>(writing: Writing, work: () => T): T | undefined {
  if (writing.over) return undefined;
  try {
    return work();
  } catch (error) {
    writing.fail(error);
    return undefined;
  }
}

function startStream(
  writing: Writing,
  prompt: AskedPrompt,
  candidate: number,
  slot: number,
  parent: number,
): RunningStream {
  const { start: state } = prompt;
  const fresh = { ids: [], state, unread: 0, logProbability: 0, near: 0, done: false };
  return { writing, prompt, candidate, slot, parent, ...fresh };
}
