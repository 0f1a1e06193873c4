/**
 * Text generation with continuous batching: up to `streams` completions are decoded side by side, and
 * a finished one makes room for the next prompt at once. The candidates of a prompt share its cache.
 * A filter restricts what a completion may become; what it leaves no choice about is written without a
 * pass of its own, and drafts looked up in the prompt are verified several tokens to a pass.
 */
import type { Tensor } from '@tensorflow/tfjs';
import type { LanguageModel } from '../model/language-model.ts';
import { engine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { checkLengths } from './check-lengths.ts';
import { finish, type Generated, stopText, type TextModel } from './completion.ts';
import { Decoder } from './decoder.ts';
import {
  draftFor,
  type PlannedToken,
  type RunningStream,
  rowsOf,
  ruleOf,
  rulesOf,
} from './running-stream.ts';
import { type PickedToken, pickTokens } from './sampling.ts';
import type { TokenFilter } from './token-filter.ts';
import type { OpenScorer } from './token-scorer.ts';

export interface GenerateOptions {
  /** Candidates per prompt. Default 1. */
  readonly n?: number;
  /** Default 0: greedy. */
  readonly temperature?: number;
  /** Default 0: no limit. */
  readonly topK?: number;
  /** Default 1: no limit. */
  readonly topP?: number;
  /** Default 128. */
  readonly maxTokens?: number;
  /** Ids that end a completion. Default: those of the model's tokenizer or configuration. */
  readonly endIds?: readonly number[];
  /** Texts that end a completion and are cut off it; needs the tokenizer. */
  readonly stop?: readonly string[];
  readonly seed?: number;
  /** Task of each prompt, where a batch mixes tasks: its soft prompt or adapter. */
  readonly tags?: readonly number[];
  /** What the completions of each prompt may become; undefined: anything. */
  readonly filters?: readonly (TokenFilter | undefined)[];
  /**
   * Tokens drafted for a stream from what stands in its prompt, all verified in one pass. Greedy
   * only: the text stays the same. Default 0: none; fewer than asked for where many streams run.
   */
  readonly lookup?: number;
  /** Completions decoded side by side. Default 16. */
  readonly streams?: number;
  /** Whose scores decide, default the model's own; `proxyScorer` combines several models. */
  readonly scorer?: OpenScorer;
  readonly signal?: AbortSignal;
  /** Told of each token at once; those of a stop text are among them, the end is not. */
  readonly onToken?: (token: GeneratedToken) => void;
}

export interface GeneratedToken {
  readonly prompt: number;
  readonly candidate: number;
  readonly id: number;
  /** 0 for a token that a filter left no choice about. */
  readonly logProbability: number;
}

/** Prompt tokens read in one pass. */
const PREFILL_TOKENS = 1400;

/** Rows of a pass that drafts may fill: up to there, one more costs next to nothing. */
const DRAFTED_ROWS = 24;

/**
 * Yields each completion when it is finished, in any order.
 * @param model a model in the engine; where a scorer is given, its name, tokenizer and configuration do
 * @throws PeftError 'mismatch' when a prompt and its completion do not fit into the model's context
 */
export function generate(
  model: LanguageModel,
  prompts: readonly (readonly number[])[],
  options?: GenerateOptions,
): AsyncGenerator<Generated>;
export function generate(
  model: TextModel,
  prompts: readonly (readonly number[])[],
  options: GenerateOptions & { readonly scorer: OpenScorer },
): AsyncGenerator<Generated>;
export async function* generate(
  model: TextModel,
  prompts: readonly (readonly number[])[],
  options: GenerateOptions = {},
): AsyncGenerator<Generated> {
  const { n = 1, maxTokens = 128, streams = 16, seed = 1, signal } = options;
  const sampling = {
    temperature: options.temperature ?? 0,
    topK: options.topK ?? 0,
    topP: options.topP ?? 1,
  };
  const ends = new Set(options.endIds ?? model.tokenizer?.endIds ?? model.config.eos_token_id);
  checkLengths(model, prompts, maxTokens);
  if (prompts.length === 0) return;
  const width = Math.max(streams, n);
  const shared = n > 1 ? Math.floor(width / n) : 0;
  const longest = prompts.reduce((most, ids) => Math.max(most, ids.length), 0);
  const openScorer = options.scorer ?? ((...size) => new Decoder(model as LanguageModel, ...size));
  const scorer = openScorer(width + shared, longest + maxTokens);
  const random = seededRandom(seed);
  const freeSlots = Array.from({ length: width + shared }, (_, slot) => slot);
  const waiting = prompts.map((_, index) => index);
  const parentUsers = new Map<number, number>();
  const starts = prompts.map((_, index) => options.filters?.[index]?.start());
  const lookup = sampling.temperature === 0 ? (options.lookup ?? 0) : 0;
  let running: RunningStream[] = [];

  /** Reads as many waiting prompts as there is room for and starts their streams. */
  const admit = async (): Promise<PickedToken[]> => {
    const starting: { index: number; slot: number }[] = [];
    let tokens = 0;
    while (waiting.length > 0 && running.length + (starting.length + 1) * n <= width) {
      const length = prompts[waiting[0] as number]?.length ?? 0;
      if (starting.length > 0 && tokens + length > PREFILL_TOKENS) break;
      tokens += length;
      starting.push({ index: waiting.shift() as number, slot: freeSlots.pop() as number });
    }
    if (starting.length === 0) return [];
    const read = starting.map(({ index, slot }) => ({
      ids: prompts[index] ?? [],
      slot,
      tag: options.tags?.[index],
    }));
    const rows = starting.flatMap((_, row) => Array<number>(n).fill(row));
    const { tf } = engine();
    const rules = rows.map((row) => {
      const index = starting[row]?.index as number;
      return ruleOf(options.filters?.[index], starts[index], ends);
    });
    const first = pick(await scorer.prefill(read), (last) => {
      const wanted = n === 1 ? last : tf.gather(last, tf.tensor1d(rows, 'int32'));
      return pickTokens(wanted, sampling, random, rules);
    });
    for (const { index, slot } of starting) {
      if (n > 1) parentUsers.set(slot, n);
      for (let candidate = 0; candidate < n; candidate++) {
        running.push({
          prompt: index,
          candidate,
          slot: n > 1 ? (freeSlots.pop() as number) : slot,
          parent: slot,
          parentLength: prompts[index]?.length ?? 0,
          tag: options.tags?.[index],
          filter: options.filters?.[index],
          ids: [],
          state: starts[index],
          unread: 0,
          logProbability: 0,
          near: 0,
        });
      }
    }
    return first;
  };

  /** Writes a token, and those that must follow it. @returns the completion when that ends it */
  const advance = (
    stream: RunningStream,
    { id, logProbability }: PickedToken,
  ): Generated | null => {
    const { filter, ids } = stream;
    if (ends.has(id)) return finish(model, stream, 'stop');
    const written = [id];
    const next = filter?.advance(stream.state, id);
    // Nothing was allowed, not even an end.
    if (next === null) return finish(model, stream, 'stop');
    stream.state = next;
    for (const forced of filter?.forced(stream.state) ?? []) {
      written.push(forced);
      stream.state = filter?.advance(stream.state, forced);
    }
    for (const [i, token] of written.entries()) {
      ids.push(token);
      const { prompt, candidate } = stream;
      options.onToken?.({ prompt, candidate, id: token, logProbability: i ? 0 : logProbability });
      stream.unread++;
      const text = stopText(model, ids, options.stop);
      if (text !== null) return { ...finish(model, stream, 'stop'), text };
      if (ids.length >= maxTokens) return finish(model, stream, 'length');
    }
    return null;
  };

  /** Takes in what a pass gave: a pick for each of the stream's rows. @returns as `advance` */
  const read = (
    stream: RunningStream,
    draft: readonly PlannedToken[],
    picked: readonly PickedToken[],
  ): Generated | null => {
    for (const token of picked.slice(0, stream.unread - 1)) {
      stream.logProbability += token.logProbability;
    }
    const verdicts = picked.slice(stream.unread - 1);
    stream.unread = 0;
    let place = 0;
    for (const [i, { id, logProbability }] of verdicts.entries()) {
      stream.logProbability += logProbability;
      // Written already: it had to follow the token before it.
      if (i < place) continue;
      const finished = advance(stream, { id, logProbability });
      // Also where it was another one: the text may come back to what it repeats.
      stream.near = draft[i]?.next ?? stream.near;
      if (finished || draft[i]?.id !== id) return finished;
      place = i + stream.unread;
      stream.unread = 0;
    }
    return null;
  };

  /** A draft for each stream, as far as the pass has room for them. */
  const draftAll = (streams: readonly RunningStream[]): PlannedToken[][] => {
    const rows = streams.reduce((sum, { unread }) => sum + unread, 0);
    const room = Math.floor((DRAFTED_ROWS - rows) / Math.max(1, streams.length));
    return streams.map((stream) => {
      const most = Math.min(lookup, room, maxTokens - stream.ids.length - 1);
      return most > 0 ? draftFor(stream, prompts[stream.prompt] ?? [], most, ends) : [];
    });
  };

  const retire = (stream: RunningStream): void => {
    freeSlots.push(stream.slot);
    if (stream.slot === stream.parent) return;
    const users = (parentUsers.get(stream.parent) ?? 1) - 1;
    parentUsers.set(stream.parent, users);
    if (users === 0) freeSlots.push(stream.parent);
  };

  try {
    while (running.length > 0 || waiting.length > 0) {
      if (signal?.aborted) {
        for (const stream of running) yield finish(model, stream, 'aborted');
        return;
      }
      const before = running.length;
      const started = await admit();
      const old = running.slice(0, before);
      const drafts = draftAll(old);
      const plans = old.map((stream, i) => {
        const draft = drafts[i] ?? [];
        return { rows: rowsOf(stream, draft), rules: rulesOf(stream, draft, ends) };
      });
      const picked =
        old.length > 0
          ? pick(await scorer.step(plans.flatMap(({ rows }) => rows)), (scores) =>
              pickTokens(
                scores,
                sampling,
                random,
                plans.flatMap(({ rules }) => rules),
              ),
            )
          : [];
      const done = new Set<RunningStream>();
      const ended = (stream: RunningStream): void => {
        done.add(stream);
        retire(stream);
      };
      let row = 0;
      for (const [i, stream] of old.entries()) {
        const end = row + (plans[i]?.rows.length ?? 0);
        const finished = read(stream, drafts[i] ?? [], picked.slice(row, end));
        row = end;
        if (!finished) continue;
        ended(stream);
        yield finished;
      }
      for (const [i, token] of started.entries()) {
        const stream = running[before + i] as RunningStream;
        stream.logProbability += token.logProbability;
        const finished = advance(stream, token);
        if (!finished) continue;
        ended(stream);
        yield finished;
      }
      running = running.filter((stream) => !done.has(stream));
      // Lets other requests and the abort signal in.
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    scorer.dispose();
  }
}

/** Picks from logits and frees them. */
function pick(logits: Tensor, choose: (logits: Tensor) => PickedToken[]): PickedToken[] {
  try {
    return engine().tf.tidy(() => choose(logits));
  } finally {
    logits.dispose();
  }
}
