/**
 * Text generation with continuous batching: up to `streams` completions are decoded side by side, and
 * a finished one makes room for the next prompt at once. The candidates of a prompt share its cache.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { PeftError } from '../errors.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { engine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { Decoder } from './decoder.ts';
import { type PickedToken, pickTokens } from './sampling.ts';
import type { DecodeRow, OpenScorer } from './token-scorer.ts';

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
  readonly logProbability: number;
}

export interface Generated {
  readonly prompt: number;
  readonly candidate: number;
  /** The generated ids without the end. */
  readonly ids: readonly number[];
  /** Empty when the model has no tokenizer. */
  readonly text: string;
  readonly logProbability: number;
  readonly finish: 'stop' | 'length' | 'aborted';
}

interface RunningStream {
  readonly prompt: number;
  readonly candidate: number;
  readonly slot: number;
  readonly parent: number;
  readonly parentLength: number;
  readonly tag: number | undefined;
  readonly ids: number[];
  logProbability: number;
}

/** Prompt tokens read in one pass. */
const PREFILL_TOKENS = 1400;

/**
 * Yields each completion when it is finished, in any order.
 * @throws PeftError 'mismatch' when a prompt and its completion do not fit into the model's context
 */
export async function* generate(
  model: LanguageModel,
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
  const openScorer = options.scorer ?? ((...size) => new Decoder(model, ...size));
  const scorer = openScorer(width + shared, longest + maxTokens);
  const random = seededRandom(seed);
  const freeSlots = Array.from({ length: width + shared }, (_, slot) => slot);
  const waiting = prompts.map((_, index) => index);
  const parentUsers = new Map<number, number>();
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
    const first = pick(await scorer.prefill(read), (last) =>
      pickTokens(n === 1 ? last : tf.gather(last, tf.tensor1d(rows, 'int32')), sampling, random),
    );
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
          ids: [],
          logProbability: 0,
        });
      }
    }
    return first;
  };

  /** Adds a token to a stream. @returns the completion when that ends it */
  const advance = (stream: RunningStream, token: PickedToken): Generated | null => {
    stream.logProbability += token.logProbability;
    if (ends.has(token.id)) return finish(model, stream, 'stop');
    stream.ids.push(token.id);
    options.onToken?.({ prompt: stream.prompt, candidate: stream.candidate, ...token });
    const text = stopText(model, stream.ids, options.stop);
    if (text !== null) return { ...finish(model, stream, 'stop'), text };
    return stream.ids.length >= maxTokens ? finish(model, stream, 'length') : null;
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
      const picked =
        old.length > 0
          ? pick(await scorer.step(old.map(nextRow)), (scores) =>
              pickTokens(scores, sampling, random),
            )
          : [];
      const done = new Set<RunningStream>();
      for (const [i, token] of [...picked, ...started].entries()) {
        const stream = running[i] as RunningStream;
        const finished = advance(stream, token);
        if (!finished) continue;
        done.add(stream);
        retire(stream);
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

/** The last token of a stream, to be fed. */
function nextRow({ ids, slot, parent, parentLength, tag }: RunningStream): DecodeRow {
  return {
    id: ids.at(-1) as number,
    position: parentLength + ids.length - 1,
    slot,
    parent,
    parentLength,
    tag,
  };
}

/** Picks from logits and frees them. */
function pick(logits: Tensor, choose: (logits: Tensor) => PickedToken[]): PickedToken[] {
  try {
    return engine().tf.tidy(() => choose(logits));
  } finally {
    logits.dispose();
  }
}

function finish(
  model: LanguageModel,
  stream: RunningStream,
  reason: Generated['finish'],
): Generated {
  const { prompt, candidate, ids, logProbability } = stream;
  return {
    prompt,
    candidate,
    ids,
    text: model.tokenizer?.decode(ids) ?? '',
    logProbability,
    finish: reason,
  };
}

/** The text before the first stop string, or null when there is none yet. */
function stopText(
  model: LanguageModel,
  ids: readonly number[],
  stop: readonly string[] | undefined,
): string | null {
  if (!stop || stop.length === 0 || !model.tokenizer) return null;
  const text = model.tokenizer.decode(ids);
  const cuts = stop.map((end) => text.indexOf(end)).filter((at) => at >= 0);
  return cuts.length > 0 ? text.slice(0, Math.min(...cuts)) : null;
}

function checkLengths(
  model: LanguageModel,
  prompts: readonly (readonly number[])[],
  maxTokens: number,
): void {
  const reach = (model.rotary.cos.shape[0] as number) - (model.virtualRows?.length ?? 0);
  const problems = prompts.flatMap((ids, index) => {
    if (ids.length === 0) return [`prompt ${index}: expected at least one token, got none`];
    if (ids.length + maxTokens <= reach) return [];
    return [
      `prompt ${index}: ${ids.length} tokens and ${maxTokens} to generate, the context holds ${reach}`,
    ];
  });
  if (problems.length > 0) {
    throw new PeftError('mismatch', `cannot generate with ${model.name}; shorten the prompt`, {
      problems,
    });
  }
}
