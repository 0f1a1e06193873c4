/** A look at the rows that a table begins with, which are given again. */
import type { CsvTable } from './read.ts';
import type { RecordPiece } from './records-of.ts';
import { rowsOf } from './rows-of.ts';

export interface FirstRows {
  /** Cells of so many rows at least, or of all that there are. */
  readonly rows: readonly (readonly string[])[];
  /** The table's pieces, from the first on; once. */
  pieces(): AsyncGenerator<RecordPiece>;
}

/** @param table whose rows are not read yet */
export async function firstRows(table: CsvTable, count: number): Promise<FirstRows> {
  const source = table.pieces();
  const looked: RecordPiece[] = [];
  const rows: (readonly string[])[] = [];
  while (rows.length < count) {
    const { value, done } = await source.next();
    if (done) break;
    looked.push(value);
    for (const { cells } of rowsOf(value, table.shape)) if (rows.length < count) rows.push(cells);
  }
  return {
    rows,
    pieces: async function* () {
      try {
        yield* looked;
        yield* source;
      } finally {
        await source.return(undefined);
      }
    },
  };
}
