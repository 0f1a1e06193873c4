/** Columns of numbers or dates that are written in several ways, of which a reader should know. */
import type { Translated } from '@quaestor/peft';
import { DATE_FORMATS } from './date-format.ts';
import { featureColumns } from './feature-columns.ts';
import { missingTest } from './missing.ts';
import { readValue } from './read-value.ts';
import type { ColumnSchema, TableSchema } from './table-schema.ts';
import { ownMarks } from './ungrouped-digits.ts';
import { cellInWords } from './unread-cells.ts';

/** @param rows cells in the schema's order */
export function severalWritings(
  schema: TableSchema,
  rows: readonly (readonly string[])[],
): Translated[] {
  const isMissing = missingTest(schema.missing);
  return featureColumns(schema).flatMap(({ column, index }): Translated[] => {
    const cells = rows.map((row) => row[index] ?? '').filter((cell) => !isMissing(cell));
    const examples = examplesOf(column, cells);
    if (examples.length < 2) return [];
    const [en, zh] = [examples.map((one) => one.en), examples.map((one) => one.zh)];
    return [
      {
        en: `${column.name} is written in several ways, each cell read by its own: ${en.join(', ')}; write them alike if one is misread`,
        zh: `列“${column.name}”有几种写法，每个单元格按各自的写法读取：${zh.join('、')}；如有误读，请统一写法`,
      },
    ];
  });
}

/** A cell of each writing; none of a column of one. */
function examplesOf(column: ColumnSchema, cells: readonly string[]): Translated[] {
  const read = cells.filter((cell) => readValue(cell, column) !== null);
  const found: (string | undefined)[] = [];
  if (column.kind === 'numeric' && column.format.mixed) {
    for (const mark of ['.', ',']) found.push(read.find((cell) => decimalOf(cell) === mark));
  } else if (column.kind === 'date' && column.others) {
    const formats = DATE_FORMATS.filter(
      (one) => one === column.format || column.others?.includes(one),
    );
    for (const format of formats) {
      const own = { ...column, format, others: undefined };
      found.push(read.find((cell) => readValue(cell, own) !== null));
    }
  }
  return found.flatMap((cell) => (cell === undefined ? [] : [cellInWords(cell.trim(), null)]));
}

/** Of cells with decimals. */
function decimalOf(cell: string): string | null {
  const marks = ownMarks(cell);
  return marks && cell.includes(marks.decimal) ? marks.decimal : null;
}
