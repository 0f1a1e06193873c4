/**
 * Cells that cannot be read as their column was learned: no numbers, no dates, values that were never seen.
 * They are counted where they are read, a block of rows at a time, and told once for each column.
 */
import type { Translated } from '@quaestor/peft';
import { categoryPlaces } from './category-places.ts';
import { featureColumns } from './feature-columns.ts';
import { missingTest } from './missing.ts';
import { readValue } from './read-value.ts';
import type { ColumnKind, ColumnSchema, TableSchema } from './table-schema.ts';

/** Of a column; plain data. */
export interface UnreadColumn {
  missing: number;
  unread: number;
  /** The first that is not read, and the place of its row; '' and −1 while there is none. */
  cell: string;
  row: number;
}

/** By place of the column in the schema; columns of which every cell was read have no entry. */
export type UnreadCells = Map<number, UnreadColumn>;

/** @param row its place */
export function noteUnread(cells: UnreadCells, column: number, cell: string, row: number): void {
  const noted = entryOf(cells, column);
  noted.unread++;
  if (noted.row !== -1) return;
  noted.cell = cell;
  noted.row = row;
}

export function noteMissing(cells: UnreadCells, column: number): void {
  entryOf(cells, column).missing++;
}

/** Adds what was counted elsewhere. @param rowOf its rows' places here */
export function addUnread(cells: UnreadCells, more: UnreadCells, rowOf: (row: number) => number) {
  for (const [column, { missing, unread, cell, row }] of more) {
    const noted = entryOf(cells, column);
    noted.missing += missing;
    noted.unread += unread;
    if (noted.row !== -1 || row === -1) continue;
    noted.cell = cell;
    noted.row = rowOf(row);
  }
}

function entryOf(cells: UnreadCells, column: number): UnreadColumn {
  let entry = cells.get(column);
  if (entry === undefined) {
    entry = { missing: 0, unread: 0, cell: '', row: -1 };
    cells.set(column, entry);
  }
  return entry;
}

/** @param rows cells in the schema's order */
export function countUnread(
  schema: TableSchema,
  rows: readonly (readonly string[])[],
): UnreadCells {
  const isMissing = missingTest(schema.missing);
  const cells: UnreadCells = new Map();
  for (const { column, index } of featureColumns(schema)) {
    if (column.kind === 'text') continue;
    const reads = readerOf(column);
    for (const [i, row] of rows.entries()) {
      const cell = row[index] ?? '';
      if (reads(cell)) continue;
      if (isMissing(cell)) noteMissing(cells, index);
      else noteUnread(cells, index, cell, i);
    }
  }
  return cells;
}

function readerOf(column: ColumnSchema): (cell: string) => boolean {
  if (column.kind === 'numeric' || column.kind === 'date') {
    return (cell) => readValue(cell, column) !== null;
  }
  const values =
    column.kind === 'category'
      ? column.values
      : column.kind === 'boolean'
        ? [column.yes, column.no]
        : [];
  const places = categoryPlaces(values);
  return (cell) => places(cell) !== undefined;
}

export interface UnreadWords {
  /** Rows that were counted. */
  readonly rows: number;
  /** A column is told of from more than this share of its cells on, or where all are concerned; default 0.05. */
  readonly share?: number;
  /** What a row is called; default its place, counted from 1. null: it has no number. */
  readonly numberOfRow?: (row: number) => number | null;
}

/** One warning for each column of which much could not be read. */
export function unreadWarnings(
  { columns }: TableSchema,
  cells: UnreadCells,
  { rows, share = 0.05, numberOfRow = (row) => row + 1 }: UnreadWords,
): Translated[] {
  return columns.flatMap(({ name, kind }, index): Translated[] => {
    const { missing, unread, cell, row } = cells.get(index) ?? { ...NOTHING, missing: rows };
    const known = rows - missing;
    if (unread === 0 || (unread <= share * known && unread < known)) return [];
    const count = { en: `${unread} of ${known} cells`, zh: `${known} 个单元格中有 ${unread} 个` };
    return [inWords(name, kind, count, cellInWords(cell, numberOfRow(row)))];
  });
}

const NOTHING = { missing: 0, unread: 0, cell: '', row: -1 };

function inWords(
  name: string,
  kind: ColumnKind,
  count: Translated,
  example: Translated,
): Translated {
  if (kind === 'numeric' || kind === 'date') {
    const [en, zh] = kind === 'date' ? ['dates', '日期'] : ['numbers', '数字'];
    return {
      en: `${name}: ${count.en} are no ${en} as learned, e.g. ${example.en}, and are taken as missing`,
      zh: `${name}：${count.zh}不是所学写法的${zh}，例如${example.zh}，按缺失处理`,
    };
  }
  return {
    en: `${name}: ${count.en} have values that were never seen, e.g. ${example.en}`,
    zh: `${name}：${count.zh}是没有见过的值，例如${example.zh}`,
  };
}

const LONGEST = 40;

/** A cell as an example, shortened. @param row its number; null: it has none */
export function cellInWords(cell: string, row: number | null): Translated {
  const line = cell.replace(/\s+/gu, ' ');
  const short = line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
  return row === null
    ? { en: `'${short}'`, zh: `“${short}”` }
    : { en: `row ${row} '${short}'`, zh: `第 ${row} 行的“${short}”` };
}
