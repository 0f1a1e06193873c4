/**
 * The rows of a table with what was predicted beside them, in the table's order: the target filled in
 * where it had no label, then what the model said, numbers written as the table's are. Formulas of
 * spreadsheets are made harmless. The text
 * is UTF-8 with the table's delimiter; line ends are \n. Excel reads UTF-8 only where a byte order mark
 * says so, and takes the system's encoding else: what was no plain UTF-8 gets one.
 */
import { type CsvTable, csvText, openCsv, unlabelledTest } from '@quaestor/tabllm';
import { figuresInTable } from './figures-in-table.ts';

export interface WithTableOptions {
  /** The table as it was sent. */
  readonly rows: string;
  /** What was predicted; its first column is the number of the row. */
  readonly predictions: string;
  readonly target: string;
  /** Labels that count before those of the table, by row. */
  readonly given: ReadonlyMap<number, string>;
}

/** CSV text in pieces. @throws TabLlmError 'bad-csv' */
export async function* tableWithPredictions(options: WithTableOptions): AsyncGenerator<string> {
  const table = await openCsv(options.rows);
  try {
    const predicted = await openCsv(options.predictions);
    try {
      yield* merged(table, predicted, options);
    } finally {
      await predicted.close();
    }
  } finally {
    await table.close();
  }
}

async function* merged(
  table: CsvTable,
  predicted: CsvTable,
  options: WithTableOptions,
): AsyncGenerator<string> {
  const { delimiter } = table.dialect;
  const isQuantity = predicted.columns.includes('low') && !predicted.columns.includes('margin');
  const figures = await figuresInTable(options.rows, isQuantity ? options.target : null);
  const isFigure = predicted.columns.map((name) => isFigureOf(name, isQuantity));
  const written = (said: readonly string[]) =>
    said.map((cell, place) => (isFigure[place] ? figures.figure(cell) : cell)).slice(1);
  const filledIn = (cell: string) => (isQuantity ? figures.quantity(cell) : cell);
  const isMissing = unlabelledTest(classesOf(predicted));
  const own = table.columns.indexOf(options.target);
  const label = predicted.columns.indexOf('prediction');
  const names = [...table.columns, ...(own < 0 ? [options.target] : [])];
  for (const name of predicted.columns.slice(1)) names.push(free(name, names));
  const none = predicted.columns.slice(1).map(() => '');
  const mark = table.marked || table.encoding !== 'utf-8' ? '\ufeff' : '';
  yield `${mark}${csvText([names], { delimiter })}`;
  const predictions = rowsOf(predicted.rows());
  let next = await predictions.next();
  for await (const piece of table.rows()) {
    const lines: string[][] = [];
    for (const { row, cells } of piece) {
      const said = !next.done && Number(next.value[0]) === row ? next.value : undefined;
      if (said !== undefined) next = await predictions.next();
      const known = options.given.get(row) ?? (own < 0 ? '' : (cells[own] ?? ''));
      const filled = isMissing(known) && said ? filledIn(said[label] ?? '') : known;
      lines.push([
        ...(own < 0 ? [...cells, filled] : cells.with(own, filled)),
        ...(said ? written(said) : none),
      ]);
    }
    if (lines.length > 0) yield csvText(lines, { delimiter });
  }
}

function isFigureOf(name: string, isQuantity: boolean): boolean {
  if (isQuantity) return ['prediction', 'low', 'high'].includes(name);
  return name === 'margin' || name.startsWith('p_');
}

/** Of the probabilities' columns. */
function classesOf({ columns }: CsvTable): string[] {
  return columns.filter((name) => name.startsWith('p_')).map((name) => name.slice(2));
}

async function* rowsOf(
  pieces: AsyncIterable<readonly { readonly cells: readonly string[] }[]>,
): AsyncGenerator<readonly string[]> {
  for await (const piece of pieces) for (const { cells } of piece) yield cells;
}

/** A name that no column has yet. */
function free(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  let number = 2;
  while (taken.includes(`${name}_${number}`)) number++;
  return `${name}_${number}`;
}
