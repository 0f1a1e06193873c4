/** Dates of another table than the one that was learned from, in another format. */
import {
  commonDateFormat,
  DAY,
  type DateFormat,
  detectDateFormat,
  isTimeOfDay,
  readDate,
} from './date-format.ts';
import { mixedDateFormats } from './mixed-dates.ts';
import { NEARLY_ALL } from './nearly-all.ts';
import { timeOf } from './read-value.ts';
import type { ColumnSchema } from './table-schema.ts';

type DateColumn = Extract<ColumnSchema, { kind: 'date' }>;

/** Numbers are days only where they lie no further than so from those that were learned. */
const SLACK = 10 * 365.25 * DAY;

/** The column as the cells write it; null where that is as it was learned, or cannot be told. */
export function otherDates(column: DateColumn, cells: readonly string[]): DateColumn | null {
  const isRead = (cell: string) => timeOf(cell, column) !== null;
  if (cells.filter(isRead).length >= NEARLY_ALL * cells.length) return null;
  const format = detectDateFormat(cells) ?? commonDateFormat(cells);
  const found =
    format === null
      ? (mixedDateFormats(cells) ?? daysAsNumbers(column, cells))
      : { format, others: undefined };
  if (found === null || isTimeOfDay(found.format) !== isTimeOfDay(column.format)) return null;
  return { ...column, ...found };
}

function daysAsNumbers({ min, max }: DateColumn, cells: readonly string[]) {
  const format = (['YYYYMMDD', 'SERIAL'] as const).find((one: DateFormat) =>
    cells.every((cell) => {
      const time = readDate(cell, one);
      return time !== null && time >= min - SLACK && time <= max + SLACK;
    }),
  );
  return format === undefined ? null : { format, others: undefined };
}
