/**
 * Two ways in which labels leak: rows of the training table that are in the predicted one, too, and
 * a column that tells the label by itself.
 */
import type { TableSchema } from './table-schema.ts';

/** Rows that are remembered at most. */
const MOST_ROWS = 200_000;

/**
 * Remembers rows by 48 bits of a hash of their features, to find them again in another table. Of
 * 200,000 rows one in a billion others looks known.
 */
export class SeenRows {
  readonly #labels = new Map<number, string>();

  add(features: readonly string[], label: string): void {
    if (this.#labels.size < MOST_ROWS) this.#labels.set(rowHash(features), label);
  }

  /** Different rows that are remembered. */
  get size(): number {
    return this.#labels.size;
  }

  /** The label of an equal row; null when there was none. */
  labelOf(features: readonly string[]): string | null {
    return this.labelOfHash(rowHash(features));
  }

  /** @param hash of the row, by `rowHash` */
  labelOfHash(hash: number): string | null {
    return this.#labels.get(hash) ?? null;
  }

  /** Hashes and labels, to be kept; `fromEntries` takes them back. */
  entries(): (readonly [hash: number, label: string])[] {
    return [...this.#labels];
  }

  static fromEntries(entries: Iterable<readonly [hash: number, label: string]>): SeenRows {
    const seen = new SeenRows();
    for (const [key, label] of entries) seen.#labels.set(key, label);
    return seen;
  }
}

/**
 * Feature columns of which each value comes with one label only, though values repeat: most likely
 * the label itself in other words.
 * @param rows cells in the schema's order
 */
export function tellingColumns(
  schema: TableSchema,
  rows: readonly (readonly string[])[],
  labels: readonly string[],
): string[] {
  if (new Set(labels).size < 2) return [];
  return schema.columns
    .filter(({ role, kind }, index) => role === 'feature' && kind !== 'text' && tells(index))
    .map(({ name }) => name);

  function tells(index: number): boolean {
    const labelOf = new Map<string, string>();
    for (const [i, row] of rows.entries()) {
      const cell = row[index] as string;
      const label = labels[i] as string;
      if ((labelOf.get(cell) ?? label) !== label) return false;
      labelOf.set(cell, label);
    }
    // Of few rows or hardly repeated values nothing follows.
    return rows.length >= 20 && labelOf.size * 4 <= rows.length;
  }
}

/** Two FNV-1a sums of 24 bits each, of the cells with their lengths. */
export function rowHash(features: readonly string[]): number {
  let [high, low] = [0x811c9dc5, 0x2f0b4c47];
  for (const cell of features) {
    high = Math.imul(high ^ cell.length, 0x01000193);
    low = Math.imul(low ^ cell.length, 0x01000193);
    for (let i = 0; i < cell.length; i++) {
      const code = cell.charCodeAt(i);
      high = Math.imul(high ^ code, 0x01000193);
      low = Math.imul(low ^ (code + 0x9e37), 0x5bd1e995);
      low ^= low >>> 15;
    }
  }
  return ((high ^ (high >>> 13)) & 0xffffff) * 0x1000000 + ((low ^ (low >>> 11)) & 0xffffff);
}
