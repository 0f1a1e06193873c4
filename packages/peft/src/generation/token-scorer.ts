import type { Tensor } from '@tensorflow/tfjs';

/** One token to feed: written at (slot, position), seeing `parent` before `parentLength`. */
export interface DecodeRow {
  readonly id: number;
  readonly position: number;
  readonly slot: number;
  readonly parent: number;
  readonly parentLength: number;
  /** Task of the row, in batches that mix tasks. */
  readonly tag?: number | undefined;
}

/** A prompt to read into a slot. */
export interface PrefillPrompt {
  readonly ids: readonly number[];
  readonly slot: number;
  readonly tag?: number | undefined;
}

/**
 * What generation asks for the next token's scores: one model with its cache, several models combined,
 * or a model elsewhere. The caller disposes the logits.
 */
export interface TokenScorer {
  /** Reads prompts into their slots. @returns logits [prompts, V] after each prompt's last token */
  prefill(prompts: readonly PrefillPrompt[]): Tensor | Promise<Tensor>;
  /**
   * Feeds one token for each row. Rows of one slot stand in the order of their positions; a position that
   * is fed again replaces what was there.
   * @returns logits [rows, V]
   */
  step(rows: readonly DecodeRow[]): Tensor | Promise<Tensor>;
  dispose(): void;
}

/** What a scorer can read, where that is less than the model it stands for. */
export interface ScorerLimits {
  /** Tokens of a prompt with its completion. */
  readonly reach?: number;
  /** Ids that it knows. */
  readonly vocabularySize?: number;
}

/** Makes a scorer. */
export interface OpenScorer extends ScorerLimits {
  /** @param slots sequences held at once @param capacity tokens that a slot holds */
  (slots: number, capacity: number): TokenScorer;
}

/** The score of a token that a model elsewhere did not list: no sum of logits outweighs it. */
export const IMPOSSIBLE = -1e9;
