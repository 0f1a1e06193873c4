/**
 * Two ways in which labels leak: rows of the training table that are in the predicted one, too, and
 * a column that tells the label by itself.
 */
import type { TableSchema } from './table-schema.ts';

/** Remembers rows by their features, to find them again in another table. */
export class SeenRows {
  readonly #labels = new Map<string, string>();

  add(features: readonly string[], label: string): void {
    this.#labels.set(key(features), label);
  }

  /** The label of an equal row; null when there was none. */
  labelOf(features: readonly string[]): string | null {
    return this.#labels.get(key(features)) ?? null;
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

function key(features: readonly string[]): string {
  return features.map((cell) => `${cell.length}:${cell}`).join('');
}
