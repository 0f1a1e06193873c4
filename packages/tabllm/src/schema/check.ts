/** A table to be predicted against the schema of the table that was learned from. */
import { TabLlmError } from '../errors.ts';
import { arrangeCells } from './arrange-cells.ts';
import type { TableSchema } from './table-schema.ts';

export interface CheckedTable {
  /** Where the schema's columns stand; −1: nowhere. */
  readonly places: readonly number[];
  /** Of a row's cells, those of the schema in the schema's order; missing ones are ''. */
  arrange(cells: readonly string[]): string[];
  /** Columns that are there and not used. */
  readonly extra: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Columns are found by name, whatever their order. A missing feature is an error, an extra column a
 * warning; values never seen before are allowed.
 * @throws TabLlmError 'mismatch' naming every missing column
 */
export function checkTable(schema: TableSchema, columns: readonly string[]): CheckedTable {
  const places = schema.columns.map(({ name }) => columns.indexOf(name));
  const extra = columns.filter((name) => !schema.columns.some((column) => column.name === name));
  const problems = schema.columns
    .filter(({ role }, i) => role === 'feature' && places[i] === -1)
    .map(({ name, kind }) => `${name} (${kind}) is missing${nearest(name, extra)}`);
  if (problems.length > 0) {
    throw new TabLlmError(
      'mismatch',
      `The table does not have the columns that were learned from; it has ${columns.join(', ')}. Rename or add them:`,
      { problems },
    );
  }
  return {
    places,
    arrange: (cells) => arrangeCells(places, cells),
    extra,
    warnings: extra.map((name) => `column ${name} was not learned from and is not used`),
  };
}

/** A column that differs only in case, blanks or signs. */
function nearest(name: string, candidates: readonly string[]): string {
  const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const found = candidates.find((candidate) => bare(candidate) === bare(name));
  return found === undefined ? '' : `; is it "${found}"?`;
}
