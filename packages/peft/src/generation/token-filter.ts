/**
 * Which texts a completion may become, token by token. A filter knows no model: generation asks it
 * about the tokens that the model prefers, and for a whole mask only when it refuses one of them.
 */

/** States are immutable: one may be continued in several ways. */
export interface TokenFilter<State = unknown> {
  /** Nothing written yet. */
  start(): State;
  /** The state after one more token; null when the token is not allowed. End ids are not asked about. */
  advance(state: State, token: number): State | null;
  /** Whether the text may end here. */
  complete(state: State): boolean;
  /** 1 for each token that may follow, 0 for the others. @param size length of the mask */
  mask(state: State, size: number): Uint8Array;
  /** Tokens that must follow because nothing else may be written; none where there is a choice. */
  forced(state: State): readonly number[];
}

/**
 * What a text filter is made of: an automaton over the bytes of the text (UTF-8), which knows
 * nothing of tokens. States are immutable.
 */
export interface TextAutomaton<State = unknown> {
  start(): State;
  /** The state after one more byte; null when it is not allowed. */
  step(state: State, byte: number): State | null;
  /** Whether the text may end here. */
  complete(state: State): boolean;
  /** The text that must follow, up to a place where a token may end; empty where there is a choice. */
  forced(state: State): string;
}
