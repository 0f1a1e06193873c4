/** A token filter over an automaton of bytes: any tokenisation of an allowed text is allowed. */
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import type { TextAutomaton, TokenFilter } from './token-filter.ts';
import { vocabularyTrie } from './vocabulary-trie.ts';

interface Written<State> {
  readonly at: State;
  /** The last tokens, oldest first. */
  readonly recent: readonly number[];
}

/** Tokens in whose company forced text is cut up, so that a word gets the tokens that it usually has. */
const COMPANY = 6;

/** The filter of an automaton for a tokenizer. */
export function textFilter<State>(
  tokenizer: Tokenizer,
  automaton: TextAutomaton<State>,
): TokenFilter<Written<State>> {
  const trie = vocabularyTrie(tokenizer);
  return {
    start: () => ({ at: automaton.start(), recent: [] }),
    advance: ({ at, recent }, token) => {
      const bytes = trie.bytes(token);
      if (bytes === null) return null;
      let next: State | null = at;
      for (const byte of bytes) {
        next = automaton.step(next as State, byte);
        if (next === null) return null;
      }
      return { at: next, recent: [...recent.slice(1 - COMPANY), token] };
    },
    complete: ({ at }) => automaton.complete(at),
    mask: ({ at }, size) => trie.allowed(automaton, at, size),
    forced: ({ at, recent }) => {
      const text = automaton.forced(at);
      return text === '' ? [] : cutUp(tokenizer, recent, text);
    },
  };
}

/** The tokens of a text that continues others, as they are within the whole. */
function cutUp(tokenizer: Tokenizer, recent: readonly number[], text: string): number[] {
  for (let skipped = 0; skipped < recent.length; skipped++) {
    const before = recent.slice(skipped);
    const ids = tokenizer.encode(tokenizer.decode(before) + text);
    if (before.every((id, place) => ids[place] === id)) return ids.slice(before.length);
  }
  return tokenizer.encode(text);
}
