/**
 * A table that writes its columns otherwise than the one that was learned from: decimal commas, days before months,
 * ja and nein. Its first rows tell how; what they do not tell is left as it was learned.
 */
import type { Translated } from '@quaestor/peft';
import { foldedWord, meaningOf } from './boolean-words.ts';
import { featureColumns } from './feature-columns.ts';
import { missingTest } from './missing.ts';
import { otherDates } from './other-dates.ts';
import { decimalMark, otherNumbers } from './other-numbers.ts';
import { readValue } from './read-value.ts';
import type { ColumnSchema, TableSchema } from './table-schema.ts';
import { cellInWords } from './unread-cells.ts';

export interface OtherWriting {
  readonly schema: TableSchema;
  /** One for each column that is read otherwise; none: the table is written as it was learned. */
  readonly warnings: readonly Translated[];
}

/** Rows that tell how a table is written. */
export const TELLING_ROWS = 1000;

/** @param rows the first ones of the table, see `TELLING_ROWS`, cells in the schema's order */
export function otherWriting(
  schema: TableSchema,
  rows: readonly (readonly string[])[],
): OtherWriting {
  const isMissing = missingTest(schema.missing);
  const cellsOf = (index: number) =>
    rows.map((row) => (row[index] ?? '').trim()).filter((cell) => !isMissing(cell));
  const columns = [...schema.columns];
  const warnings: Translated[] = [];
  const features = featureColumns(schema).map((one) => ({ ...one, cells: cellsOf(one.index) }));
  const mark = decimalMark(
    features.flatMap(({ column, cells }) => (column.kind === 'numeric' ? cells : [])),
  );
  for (const { column, index, cells } of features) {
    if (cells.length === 0) continue;
    const other = otherColumn(column, cells, mark);
    if (other === null) continue;
    columns[index] = other;
    warnings.push(readOtherwise(column, other, cells));
  }
  return warnings.length === 0
    ? { schema, warnings }
    : { schema: { ...schema, columns }, warnings };
}

function otherColumn(
  column: ColumnSchema,
  cells: readonly string[],
  mark: '.' | ',' | null,
): ColumnSchema | null {
  if (column.kind === 'date') return otherDates(column, cells);
  if (column.kind === 'boolean') return otherWords(column, [column.yes, column.no], cells);
  if (column.kind !== 'numeric') return null;
  const { min, max, decimals } = column;
  const isFlag = min === 0 && max === 1 && decimals === 0;
  return (
    (isFlag ? otherWords(column, ['1', '0'], cells) : null) ?? otherNumbers(column, cells, mark)
  );
}

/** Other words for yes and no than were learned: all cells must be such. */
function otherWords(
  column: ColumnSchema,
  [yes, no]: readonly [string, string],
  cells: readonly string[],
): ColumnSchema | null {
  const learned = new Set([foldedWord(yes), foldedWord(no)]);
  const alike: Record<string, string> = {};
  for (const word of new Set(cells.map(foldedWord))) {
    const meaning = meaningOf(word);
    if (meaning === null || learned.has(word)) return null;
    alike[word] = meaning ? yes : no;
  }
  return { ...column, alike };
}

function readOtherwise(
  column: ColumnSchema,
  other: ColumnSchema,
  cells: readonly string[],
): Translated {
  const differs = (cell: string) => shown(cell, other) !== shown(cell, column);
  const cell = cells.find(differs) ?? cells[0] ?? '';
  const { en, zh } = cellInWords(cell, null);
  const as = shown(cell, other);
  return {
    en: `${column.name} is written otherwise here than where it was learned: ${en} is read as ${as}`,
    zh: `列“${column.name}”在这里的写法与学习时不同：${zh}读作 ${as}`,
  };
}

/** What a cell is read as. */
function shown(cell: string, column: ColumnSchema): string {
  const value = readValue(cell, column);
  if (column.kind === 'date' && value !== null) {
    return new Date(value).toISOString().slice(0, 16).replace('T00:00', '');
  }
  return value === null ? (column.alike?.[foldedWord(cell)] ?? '') : String(value);
}
