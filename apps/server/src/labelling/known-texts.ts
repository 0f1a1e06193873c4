/** What a language model makes of a table's texts, as far as it has read them. */
import type { TextStates } from '@quaestor/tabllm';
import type { ReadStates } from '../language/language-service.ts';
import { readStates } from '../language/state-bytes.ts';

/** Texts that are kept: of states of 576 numbers these are 46 MB. */
const MOST_KEPT = 20_000;

export class KnownTexts {
  readonly #states = new Map<string, Float32Array>();
  #model: string | null = null;

  /** What was read of some texts; where another model has read them, nothing else is known any more. */
  add(texts: readonly string[], { model, ...read }: ReadStates): void {
    if (model !== this.#model) this.#states.clear();
    this.#model = model;
    for (const [i, state] of readStates(read).entries()) {
      const text = texts[i] as string;
      this.#states.delete(text);
      this.#states.set(text, state);
    }
    for (const text of this.#states.keys()) {
      if (this.#states.size <= MOST_KEPT) break;
      this.#states.delete(text);
    }
  }

  /** Those of some texts that are not known. */
  unknown(texts: readonly string[]): readonly string[] {
    return texts.filter((text) => !this.#states.has(text));
  }

  /** A reader of what is known. @returns null where some of the texts are not */
  reader(texts: readonly string[]): TextStates | null {
    if (this.#model === null || this.unknown(texts).length > 0) return null;
    return {
      model: this.#model,
      read: (some) => some.map((text) => this.#states.get(text) as Float32Array),
    };
  }
}
