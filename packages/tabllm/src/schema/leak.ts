/**
 * Two ways in which labels leak: rows of the training table that are in the predicted one, too, and
 * a column that tells the label by itself.
 */
import { type RowIdentity, rowHasher } from './row-identity.ts';
import type { TableSchema } from './table-schema.ts';

/** Rows that are remembered at most. */
const MOST_ROWS = 200_000;
/** Between the labels of rows that are the same. */
const SEVERAL = ' / ';

/**
 * Remembers rows by 48 bits of a hash, to find them again in another table. Of 200,000 rows one in a
 * billion others looks known.
 */
export class SeenRows {
  readonly identity: RowIdentity;
  /** Of a row, its cells in the schema's order. */
  readonly hashOf: (row: readonly string[]) => number;
  readonly #labels = new Map<number, string>();

  constructor(schema: TableSchema, identity: RowIdentity = 'read-with-text') {
    this.identity = identity;
    this.hashOf = rowHasher(schema, identity);
  }

  add(row: readonly string[], label: string): void {
    if (this.#labels.size >= MOST_ROWS) return;
    const hash = this.hashOf(row);
    const known = this.#labels.get(hash)?.split(SEVERAL) ?? [];
    if (!known.includes(label)) this.#labels.set(hash, [...known, label].join(SEVERAL));
  }

  /** Different rows that are remembered. */
  get size(): number {
    return this.#labels.size;
  }

  /** The label of an equal row, all of them where equal rows have several; null when there was none. */
  labelOf(row: readonly string[]): string | null {
    return this.labelOfHash(this.hashOf(row));
  }

  /** @param hash of the row, by `hashOf` */
  labelOfHash(hash: number): string | null {
    return this.#labels.get(hash) ?? null;
  }

  /** Hashes and labels, to be kept; `remember` takes them back. */
  entries(): (readonly [hash: number, label: string])[] {
    return [...this.#labels];
  }

  remember(entries: Iterable<readonly [hash: number, label: string]>): void {
    for (const [hash, label] of entries) this.#labels.set(hash, label);
  }
}

/** The labelled rows of a table, remembered. */
export function seenRows(
  schema: TableSchema,
  rows: readonly (readonly string[])[],
  labels: readonly string[],
  identity: RowIdentity,
): SeenRows {
  const seen = new SeenRows(schema, identity);
  for (const [i, row] of rows.entries()) seen.add(row, labels[i] as string);
  return seen;
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
