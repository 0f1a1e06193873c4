/** One request within a batch: what is asked for, its defaults filled in, and what came of it so far. */
import { type Random, seededRandom } from '../tensors/random.ts';
import { checkOptions } from './check-options.ts';
import { checkPrompts } from './check-prompts.ts';
import type { Generated, TextModel } from './completion.ts';
import type { GenerateOptions } from './generate-options.ts';
import type { SamplingOptions } from './sampling.ts';
import type { TokenFilter } from './token-filter.ts';

export interface AskedPrompt {
  readonly index: number;
  readonly ids: readonly number[];
  /** What the completion is likely to repeat, and the prompt: where drafts are looked up. */
  readonly known: readonly number[];
  readonly tag: number | undefined;
  readonly filter: TokenFilter | undefined;
  /** The filter's state before the first token. */
  readonly start: unknown;
  /** Draws for its candidates, and for nobody else: they stay the same whatever is written beside. */
  readonly random: Random;
}

export class Writing {
  readonly prompts: readonly AskedPrompt[];
  readonly n: number;
  readonly maxTokens: number;
  /** Tokens of the longest prompt with its completion. */
  readonly length: number;
  readonly sampling: SamplingOptions;
  readonly lookup: number;
  readonly ends: ReadonlySet<number>;
  readonly stop: readonly string[];
  readonly onToken: GenerateOptions['onToken'];
  /** Resolves when it is over. */
  readonly ended: Promise<void>;
  readonly #signal: AbortSignal | undefined;
  readonly #finished: Generated[] = [];
  #left: number;
  #cancelled = false;
  #failure: { readonly error: unknown } | null = null;
  #over = false;
  #changed: () => void = () => {};
  #settle: () => void = () => {};

  /**
   * @throws PeftError 'bad-config' for options out of range; 'mismatch' when a prompt and its completion do
   *   not fit into the model's context, or a prompt has ids outside its vocabulary
   */
  constructor(
    model: TextModel,
    prompts: readonly (readonly number[])[],
    options: Omit<GenerateOptions, 'streams'>,
  ) {
    const { n = 1, temperature = 0, topK = 0, topP = 1, maxTokens = 128, seed = 1 } = options;
    checkOptions(options);
    checkPrompts(model, prompts, maxTokens, options.scorer);
    this.n = n;
    this.maxTokens = maxTokens;
    this.length = maxTokens + prompts.reduce((most, ids) => Math.max(most, ids.length), 0);
    this.sampling = { temperature, topK, topP };
    this.lookup = temperature === 0 ? (options.lookup ?? 0) : 0;
    this.ends = new Set(options.endIds ?? model.tokenizer?.endIds ?? model.config.eos_token_id);
    this.stop = options.stop ?? [];
    this.onToken = options.onToken;
    this.#signal = options.signal;
    this.prompts = prompts.map((ids, index) => {
      const filter = options.filters?.[index];
      return {
        index,
        ids,
        known: [...(options.likely?.[index] ?? []), ...ids],
        tag: options.tags?.[index],
        filter,
        start: filter?.start(),
        random: seededRandom(seed + index),
      };
    });
    this.#left = prompts.length * n;
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
    if (this.#left === 0) this.end();
  }

  /** Nothing more comes of it. */
  get over(): boolean {
    return this.#over;
  }

  /** Nobody wants the rest. */
  get givenUp(): boolean {
    return this.#cancelled || this.#signal?.aborted === true;
  }

  cancel(): void {
    this.#cancelled = true;
  }

  deliver(completion: Generated): void {
    this.#finished.push(completion);
    this.#left--;
    if (this.#left === 0) this.end();
    else this.#changed();
  }

  /** Ends it with an error, unless it is over. */
  fail(error: unknown): void {
    if (this.#over) return;
    this.#failure = { error };
    this.end();
  }

  end(): void {
    this.#over = true;
    this.#changed();
    this.#settle();
  }

  /** What was finished and not taken yet. @throws what it failed with, after that */
  *take(): Generator<Generated> {
    yield* this.#finished.splice(0);
    const failure = this.#failure;
    if (failure !== null) throw failure.error;
  }

  /** Resolves when something was finished, or it is over. */
  async change(): Promise<void> {
    if (this.#over || this.#finished.length > 0) return;
    await new Promise<void>((resolve) => {
      this.#changed = resolve;
    });
  }
}
