/** The labelled rows of a table as a CSV file of its own: some columns and the target, every cell as it is. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type CsvTable, openCsv } from '@quaestor/tabllm';
import { rowLabel } from './row-label.ts';

export interface LabelledRowsOptions {
  readonly target: string;
  /** Those that are written before the target. */
  readonly columns: readonly string[];
  /** See `rowLabel`. */
  readonly classes: readonly string[];
  /** Labels that count before those of the table, by row. */
  readonly given: ReadonlyMap<number, string>;
}

/** @returns how many rows there are of each label @throws TabLlmError 'bad-csv' */
export async function writeLabelledRows(
  file: string,
  path: string,
  options: LabelledRowsOptions,
): Promise<ReadonlyMap<string, number>> {
  const table = await openCsv(file);
  const counts = new Map<string, number>();
  try {
    await pipeline(labelledLines(table, options, counts), createWriteStream(path));
  } finally {
    await table.close();
  }
  return counts;
}

/** The text of the file in pieces. @param counts rows of each label, added up on the way */
async function* labelledLines(
  table: CsvTable,
  { target, columns, classes, given }: LabelledRowsOptions,
  counts: Map<string, number>,
): AsyncGenerator<string> {
  const places = columns.map((name) => table.columns.indexOf(name));
  const labelOf = rowLabel(table.columns, target, classes);
  yield quoted([...columns, target]);
  for await (const piece of table.rows()) {
    let lines = '';
    for (const { row, cells } of piece) {
      const label = labelOf(cells, given.get(row));
      if (label === null) continue;
      counts.set(label, (counts.get(label) ?? 0) + 1);
      lines += quoted([...places.map((place) => cells[place] ?? ''), label]);
    }
    if (lines !== '') yield lines;
  }
}

/** Nothing is made harmless here: programs read this file, and its cells have to stay what they are. */
function quoted(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
}
