/** What is asked of generation, for one request. */
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
  /** Default 1. What is drawn for a prompt depends on it and the prompt's place, on nothing beside it. */
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
  /** For each prompt, what its completion is likely to repeat: drafts are looked up there first. */
  readonly likely?: readonly (readonly number[] | undefined)[];
  /** Completions decoded side by side. Default 16. */
  readonly streams?: number;
  /** Whose scores decide, default the model's own; `proxyScorer` combines several models. */
  readonly scorer?: OpenScorer;
  /** Ends what is being written with the finish 'aborted', without an error; what waits yields nothing. */
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
