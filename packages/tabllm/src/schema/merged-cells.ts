/**
 * Cells that were merged in a spreadsheet: the first columns of a report, filled in only where a group of rows
 * begins. Every row below has lost whose it is.
 */
import type { Translated } from '@quaestor/peft';

const FEWEST_ROWS = 20;
const FEWEST_GROUPS = 3;

export interface MergedCells {
  /** @param cells of the next row of the table */
  note(cells: readonly string[]): void;
  warnings(): Translated[];
}

interface Column {
  filled: number;
  last: string;
  /** Whether it began with a value, and no value followed itself, as those of groups do not. */
  grouped: boolean;
}

/** @param target a column that is empty for other reasons */
export function watchMergedCells(columns: readonly string[], target: string): MergedCells {
  const watched: Column[] = columns.map(() => ({ filled: 0, last: '', grouped: true }));
  let rows = 0;
  const isMerged = ({ filled, grouped }: Column) =>
    grouped && rows >= FEWEST_ROWS && filled >= FEWEST_GROUPS && 2 * filled <= rows;
  return {
    note: (cells) => {
      rows++;
      for (const [i, column] of watched.entries()) {
        const cell = cells[i]?.trim() ?? '';
        if (cell === '') {
          if (rows === 1) column.grouped = false;
          continue;
        }
        column.filled++;
        if (cell === column.last) column.grouped = false;
        column.last = cell;
      }
    },
    warnings: () => {
      const end = watched.findIndex((column, i) => columns[i] === target || !isMerged(column));
      return columns
        .slice(0, Math.max(0, end))
        .map((name, i) => told(name, watched[i] as Column, rows));
    },
  };
}

function told(name: string, { filled }: Column, rows: number): Translated {
  return {
    en: `column ${name} is filled in only where a group of rows begins, as merged cells are: ${rows - filled} of ${rows} rows do not have its value; fill it down before labelling`,
    zh: `列“${name}”只在每组的第一行有值，像是合并的单元格：${rows} 行中有 ${rows - filled} 行没有它的值；请先向下填充`,
  };
}
