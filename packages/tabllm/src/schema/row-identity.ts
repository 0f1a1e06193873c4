/**
 * Whether rows are the same, told by 48 bits of a hash. What counts is what is learned from, as it is read:
 * 1234.5 is 1234.50, Bonn is BONN, and an identifier beside them makes no difference.
 */
import { foldedWord } from './boolean-words.ts';
import { featureColumns } from './feature-columns.ts';
import { missingTest } from './missing.ts';
import { numberOf } from './number-format.ts';
import { readValue } from './read-value.ts';
import type { ColumnSchema, TableSchema } from './table-schema.ts';

/** `read`: but for free text, which earlier models did not read; `written`: all cells, letter by letter. */
export const ROW_IDENTITIES = ['read', 'read-with-text', 'written'] as const;
export type RowIdentity = (typeof ROW_IDENTITIES)[number];

type Cells = readonly string[];

/** A cell that stands for nothing; no number that is read. */
const NOTHING = Number.POSITIVE_INFINITY;
/** Dates that are remembered, of so many characters: longer cells keep the piece of the file they are of. */
const MOST_DATES = 4000;
const LONGEST_DATE = 12;

/** @returns the hash of a row, its cells in the schema's order */
export function rowHasher(schema: TableSchema, identity: RowIdentity): (row: Cells) => number {
  if (identity === 'written') return hashOfCells;
  const columns = columnReaders(schema, identity);
  const number = new Float64Array(1);
  const [first, second] = [0, 1];
  const halves = new Int32Array(number.buffer);
  return (row) => {
    let [high, low] = [0x811c9dc5, 0x2f0b4c47];
    for (const { index, numberIn } of columns) {
      number[0] = numberIn(row[index] ?? '');
      const [one, other] = [halves[first] as number, halves[second] as number];
      high = mixed(mixed(high ^ one, 0x85ebca6b) ^ other, 0xc2b2ae35);
      low = mixed(mixed(low ^ other, 0xcc9e2d51) ^ one, 0x1b873593);
    }
    return joined(high, low);
  };
}

/** What of rows counts, as it is read: cells that are read alike are equal, however they are written. */
export function readCells(
  schema: TableSchema,
  rows: readonly Cells[],
  identity: Exclude<RowIdentity, 'written'>,
): readonly Cells[] {
  const columns = columnReaders(schema, identity);
  return rows.map((row) =>
    columns.map(({ index, numberIn }) => String(numberIn(row[index] ?? ''))),
  );
}

/** The columns that count, and how their cells are read. */
function columnReaders(schema: TableSchema, identity: Exclude<RowIdentity, 'written'>) {
  const isMissing = missingTest(schema.missing);
  return countedColumns(schema, identity).map(({ column, index }) => ({
    index,
    numberIn: cellReader(column, isMissing),
  }));
}

/** Where no column is left that models read, what else there is. */
function countedColumns(schema: TableSchema, identity: RowIdentity) {
  const features = featureColumns(schema);
  const read = features.filter(
    ({ column }) => identity === 'read-with-text' || column.kind !== 'text',
  );
  if (read.length > 0) return read;
  return features.length > 0
    ? features
    : schema.columns.map((column, index) => ({ column, index }));
}

/** A cell as one number: its own, its time, or the hash of its word. */
function cellReader(
  column: ColumnSchema,
  isMissing: (cell: string) => boolean,
): (cell: string) => number {
  const ofWord = (cell: string) => (isMissing(cell) ? NOTHING : hashOfCells([wordOf(cell)]));
  const wordOf = (cell: string) => {
    const word = foldedWord(cell);
    const learned = column.alike?.[word];
    return learned === undefined ? word : foldedWord(learned);
  };
  if (column.kind === 'numeric') {
    const { format } = column;
    // A column without groups may have them in another table.
    const grouped = { ...format, group: format.decimal === '.' ? ',' : '.' };
    return (cell) => {
      const value = readValue(cell, column) ?? (cell === '' ? null : numberOf(cell, grouped));
      return value === null ? ofWord(cell) : value + 0; // −0 is 0
    };
  }
  if (column.kind === 'date') {
    return remembering((cell) => readValue(cell, column) ?? ofWord(cell));
  }
  const values =
    column.kind === 'category'
      ? column.values
      : column.kind === 'boolean'
        ? [column.yes, column.no]
        : [];
  const known = new Map(values.map((value) => [value, ofWord(value)]));
  return (cell) => known.get(cell) ?? ofWord(cell);
}

function remembering(read: (cell: string) => number): (cell: string) => number {
  const known = new Map<string, number>();
  return (cell) => {
    let value = known.get(cell);
    if (value !== undefined) return value;
    value = read(cell);
    if (known.size < MOST_DATES && cell.length <= LONGEST_DATE) known.set(cell, value);
    return value;
  };
}

function mixed(word: number, factor: number): number {
  const product = Math.imul(word, factor);
  return product ^ (product >>> 15);
}

/** Two FNV-1a sums of 24 bits each, of the cells with their lengths. */
function hashOfCells(cells: Cells): number {
  let [high, low] = [0x811c9dc5, 0x2f0b4c47];
  for (const cell of cells) {
    high = Math.imul(high ^ cell.length, 0x01000193);
    low = Math.imul(low ^ cell.length, 0x01000193);
    for (let i = 0; i < cell.length; i++) {
      const code = cell.charCodeAt(i);
      high = Math.imul(high ^ code, 0x01000193);
      low = Math.imul(low ^ (code + 0x9e37), 0x5bd1e995);
      low ^= low >>> 15;
    }
  }
  return joined(high, low);
}

function joined(high: number, low: number): number {
  return ((high ^ (high >>> 13)) & 0xffffff) * 0x1000000 + ((low ^ (low >>> 11)) & 0xffffff);
}
