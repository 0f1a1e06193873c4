/** Tables that were looked at lately, so that a page of rows is there at once. */
import { type BoundedTable, readBounded } from './bounded-table.ts';

/** Characters of all tables together. */
const MOST_CHARACTERS = 64_000_000;

export class TableCache {
  /** Latest last. */
  readonly #tables = new Map<string, Promise<BoundedTable>>();

  /** @throws TabLlmError 'bad-csv' | 'not-found' */
  async read(file: string): Promise<BoundedTable> {
    const reading = this.#tables.get(file) ?? readBounded(file);
    this.#tables.delete(file);
    this.#tables.set(file, reading);
    try {
      const table = await reading;
      await this.#makeRoom();
      return table;
    } catch (error) {
      this.#tables.delete(file);
      throw error;
    }
  }

  forget(file: string): void {
    this.#tables.delete(file);
  }

  async #makeRoom(): Promise<void> {
    const settled = await Promise.allSettled(this.#tables.values());
    const sizes = settled.map((one) => (one.status === 'fulfilled' ? one.value.characters : 0));
    let total = sizes.reduce((sum, size) => sum + size, 0);
    for (const [at, file] of [...this.#tables.keys()].entries()) {
      if (total <= MOST_CHARACTERS || this.#tables.size <= 1) break;
      total -= sizes[at] ?? 0;
      this.#tables.delete(file);
    }
  }
}
