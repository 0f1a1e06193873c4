/** Which slots of a cache are free. Candidates of a prompt share a slot that holds it, and have one each. */

interface TakenSlots {
  /** Holds the prompt. */
  readonly parent: number;
  /** Of each candidate; a single one goes on where its prompt stands. */
  readonly own: readonly number[];
}

/** Slots that a prompt with so many candidates needs. */
export function slotsFor(candidates: number): number {
  return candidates === 1 ? 1 : candidates + 1;
}

export class SlotTable {
  readonly #free: number[];
  /** Candidates that still read a prompt, by its slot. */
  readonly #readers = new Map<number, number>();

  constructor(slots: number) {
    this.#free = Array.from({ length: slots }, (_, slot) => slot);
  }

  /** Slots for a prompt; null where there are too few. */
  take(candidates: number): TakenSlots | null {
    if (this.#free.length < slotsFor(candidates)) return null;
    const [parent, ...own] = this.#free.splice(-slotsFor(candidates));
    if (parent === undefined) return null;
    this.#readers.set(parent, candidates);
    return { parent, own: candidates === 1 ? [parent] : own };
  }

  /** Takes the slot of one candidate back, and the prompt's with the last of them. */
  give({ parent, slot }: { readonly parent: number; readonly slot: number }): void {
    const readers = (this.#readers.get(parent) ?? 1) - 1;
    this.#readers.set(parent, readers);
    if (slot !== parent) this.#free.push(slot);
    if (readers === 0) this.#free.push(parent);
  }
}
