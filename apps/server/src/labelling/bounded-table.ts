/** The beginning of a CSV file in memory: as many rows as people label and look at. */
import type { Translated } from '@quaestor/peft';
import { openCsv, type ReadCsvOptions } from '@quaestor/tabllm';

export interface BoundedTable {
  readonly columns: readonly string[];
  readonly encoding: string;
  readonly delimiter: string;
  /** About the table as a whole. */
  readonly warnings: readonly Translated[];
  /** Row n, counted from 1, is rows[n − 1]. */
  readonly rows: readonly (readonly string[])[];
  /** What is wrong with rows, by row. */
  readonly problems: ReadonlyMap<number, readonly Translated[]>;
  /** Whether the file has more rows than these. */
  readonly truncated: boolean;
  /** Characters of all cells. */
  readonly characters: number;
}

export const MOST_ROWS = 50_000;
const MOST_CHARACTERS = 32_000_000;

/** @throws TabLlmError 'bad-csv' | 'not-found' */
export async function readBounded(
  file: string,
  { mostRows = MOST_ROWS, ...options }: ReadCsvOptions & { readonly mostRows?: number } = {},
): Promise<BoundedTable> {
  const table = await openCsv(file, {
    longestRow: MOST_CHARACTERS,
    longestCell: MOST_CHARACTERS,
    ...options,
  });
  const rows: (readonly string[])[] = [];
  const problems = new Map<number, readonly Translated[]>();
  let characters = 0;
  let truncated = false;
  reading: for await (const piece of table.rows()) {
    for (const row of piece) {
      if (rows.length >= mostRows || characters > MOST_CHARACTERS) {
        truncated = true;
        break reading;
      }
      for (const cell of row.cells) characters += cell.length;
      if (row.problems.length > 0) problems.set(row.row, row.problems);
      rows.push(row.cells);
    }
  }
  const { columns, encoding, dialect, warnings } = table;
  const { delimiter } = dialect;
  return { columns, encoding, delimiter, warnings, rows, problems, truncated, characters };
}
