/**
 * A tokenizer's vocabulary as a trie over bytes, built once per tokenizer: all tokens that an
 * automaton allows are found in one walk, which leaves a branch at the first byte that is refused.
 * Special tokens and empty ones are not in it.
 */
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import type { TextAutomaton } from './token-filter.ts';

export interface VocabularyTrie {
  /** The bytes of a token; null for special and unknown ones. */
  bytes(token: number): Uint8Array | null;
  /** Marks every token whose bytes the automaton accepts from a state. */
  allowed<State>(automaton: TextAutomaton<State>, from: State, size: number): Uint8Array;
}

const tries = new WeakMap<Tokenizer, VocabularyTrie>();

/** The trie of a tokenizer; made on the first call (0.1 s for 49,152 tokens). */
export function vocabularyTrie(tokenizer: Tokenizer): VocabularyTrie {
  const known = tries.get(tokenizer);
  if (known) return known;
  const made = build(tokenizer);
  tries.set(tokenizer, made);
  return made;
}

interface Node {
  readonly children: Map<number, Node>;
  readonly tokens: number[];
}

function build(tokenizer: Tokenizer): VocabularyTrie {
  const root: Node = { children: new Map(), tokens: [] };
  const pieces: (Uint8Array | null)[] = [];
  for (let token = 0; token < tokenizer.vocabularySize; token++) {
    const bytes = tokenizer.tokenBytes(token);
    const written = bytes.length > 0 && tokenizer.decode([token]) !== '';
    pieces.push(written ? bytes : null);
    if (!written) continue;
    let node = root;
    for (const byte of bytes) {
      let next = node.children.get(byte);
      if (!next) {
        next = { children: new Map(), tokens: [] };
        node.children.set(byte, next);
      }
      node = next;
    }
    node.tokens.push(token);
  }
  return {
    bytes: (token) => pieces[token] ?? null,
    allowed: (automaton, from, size) => {
      const mask = new Uint8Array(size);
      const walk = (node: Node, state: ReturnType<typeof automaton.start>): void => {
        for (const token of node.tokens) mask[token] = 1;
        for (const [byte, child] of node.children) {
          const next = automaton.step(state, byte);
          if (next !== null) walk(child, next);
        }
      };
      walk(root, from);
      return mask;
    },
  };
}
