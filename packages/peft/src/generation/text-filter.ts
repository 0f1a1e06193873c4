/** A token filter over an automaton of bytes: any tokenisation of an allowed text is allowed. */
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import type { TextAutomaton, TokenFilter } from './token-filter.ts';
import { vocabularyTrie } from './vocabulary-trie.ts';

interface Written<State> {
  readonly at: State;
  /** The last tokens, oldest first. */
  readonly recent: readonly number[];
  /** What was found out about this state; candidates of a prompt share their states. */
  readonly known: {
    readonly next: Map<number, Written<State> | null>;
    mask?: Uint8Array;
    forced?: readonly number[];
  };
}

/** Tokens in whose company forced text is cut up, so that a word gets the tokens that it usually has. */
const COMPANY = 6;

/** The filter of an automaton for a tokenizer. */
export function textFilter<State>(
  tokenizer: Tokenizer,
  automaton: TextAutomaton<State>,
): TokenFilter<Written<State>> {
  const trie = vocabularyTrie(tokenizer);
  const written = (at: State, recent: readonly number[]): Written<State> => ({
    at,
    recent,
    known: { next: new Map() },
  });
  const follow = ({ at, recent }: Written<State>, token: number): Written<State> | null => {
    const bytes = trie.bytes(token);
    if (bytes === null) return null;
    let next: State | null = at;
    for (const byte of bytes) {
      next = automaton.step(next as State, byte);
      if (next === null) return null;
    }
    return written(next as State, [...recent.slice(1 - COMPANY), token]);
  };
  return {
    start: () => written(automaton.start(), []),
    advance(state, token) {
      let next = state.known.next.get(token);
      if (next === undefined) {
        next = follow(state, token);
        state.known.next.set(token, next);
      }
      return next;
    },
    complete: ({ at }) => automaton.complete(at),
    mask({ at, known }, size) {
      known.mask ??= trie.allowed(automaton, at, tokenizer.vocabularySize);
      const mask = new Uint8Array(size);
      mask.set(known.mask.subarray(0, size));
      return mask;
    },
    forced({ at, recent, known }) {
      if (known.forced === undefined) {
        const text = automaton.forced(at);
        known.forced = text === '' ? [] : cutUp(tokenizer, recent, text);
      }
      return known.forced;
    },
  };
}

/** A value that reads like a special token is written as text. */
const PLAIN = { special: false };

/** The tokens of a text that continues others, as they are within the whole. */
function cutUp(tokenizer: Tokenizer, recent: readonly number[], text: string): number[] {
  for (let skipped = 0; skipped < recent.length; skipped++) {
    const before = recent.slice(skipped);
    const ids = tokenizer.encode(tokenizer.decode(before) + text, PLAIN);
    if (before.every((id, place) => ids[place] === id)) return ids.slice(before.length);
  }
  return tokenizer.encode(text, PLAIN);
}
