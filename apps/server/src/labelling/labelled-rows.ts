/** The labelled rows of a table as a CSV file of its own: features and target, every cell as it is. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { missingTest, openCsv } from '@quaestor/tabllm';

export interface LabelledRowsOptions {
  readonly target: string;
  readonly features: readonly string[];
  /** Labels that count before those of the table, by row. */
  readonly given: ReadonlyMap<number, string>;
}

/** @returns how many rows there are of each label @throws TabLlmError 'bad-csv' */
export async function writeLabelledRows(
  file: string,
  path: string,
  { target, features, given }: LabelledRowsOptions,
): Promise<ReadonlyMap<string, number>> {
  const table = await openCsv(file);
  const places = features.map((name) => table.columns.indexOf(name));
  const own = table.columns.indexOf(target);
  const isMissing = missingTest();
  const counts = new Map<string, number>();
  const output = createWriteStream(path);
  const done = finished(output);
  output.write(quoted([...features, target]));
  for await (const piece of table.rows()) {
    let lines = '';
    for (const { row, cells } of piece) {
      const label = given.get(row) ?? (cells[own] ?? '').trim();
      if (isMissing(label)) continue;
      counts.set(label, (counts.get(label) ?? 0) + 1);
      lines += quoted([...places.map((place) => cells[place] ?? ''), label]);
    }
    if (lines !== '' && !output.write(lines)) await once(output, 'drain');
  }
  output.end();
  await done;
  return counts;
}

/** Nothing is made harmless here: programs read this file, and its cells have to stay what they are. */
function quoted(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
}
