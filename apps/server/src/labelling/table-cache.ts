/** Tables that were looked at lately, so that a page of rows is there at once. */
import { type BoundedTable, readBounded } from './bounded-table.ts';

/** Characters of all tables together. */
const MOST_CHARACTERS = 64_000_000;

interface CachedTable {
  readonly reading: Promise<BoundedTable>;
  /** 0 while it is being read. */
  characters: number;
}

export class TableCache {
  /** Latest last. */
  readonly #tables = new Map<string, CachedTable>();
  readonly #most: number;

  /** @param most characters of all tables together */
  constructor(most = MOST_CHARACTERS) {
    this.#most = most;
  }

  /** @throws TabLlmError 'bad-csv' | 'not-found' */
  async read(file: string): Promise<BoundedTable> {
    const cached = this.#tables.get(file) ?? { reading: readBounded(file), characters: 0 };
    this.#tables.delete(file);
    this.#tables.set(file, cached);
    try {
      const table = await cached.reading;
      cached.characters = table.characters;
      this.#makeRoom();
      return table;
    } catch (error) {
      // Another file of that name may be read by now.
      if (this.#tables.get(file) === cached) this.#tables.delete(file);
      throw error;
    }
  }

  forget(file: string): void {
    this.#tables.delete(file);
  }

  #makeRoom(): void {
    let total = 0;
    for (const { characters } of this.#tables.values()) total += characters;
    for (const [file, { characters }] of this.#tables) {
      if (total <= this.#most || this.#tables.size <= 1) break;
      total -= characters;
      this.#tables.delete(file);
    }
  }
}
