/** Days between two columns of times, such as an invoice's and its payment's: what neither says by itself. */
import { DAY, isTimeOfDay } from '../schema/date-format.ts';
import { featureColumns } from '../schema/feature-columns.ts';
import { readColumn } from '../schema/read-value.ts';
import type { TableSchema } from '../schema/table-schema.ts';

export interface TimeSpan {
  /** Places of the columns, the one that is mostly later and the one that days are counted from. */
  readonly index: number;
  readonly since: number;
  /** Of each row; null where one of the times is missing. */
  readonly days: readonly (number | null)[];
}

/** Columns of times that are compared: six spans. */
const MOST_COLUMNS = 4;

/** Of each two columns, where not all rows have the same. */
export function timeSpans(
  schema: TableSchema,
  rows: readonly (readonly string[])[],
): readonly TimeSpan[] {
  const columns = featureColumns(schema)
    .filter(({ column }) => column.kind === 'date' && !isTimeOfDay(column.format))
    .slice(0, MOST_COLUMNS)
    .map(({ index }) => ({ index, times: readColumn(index, schema, rows) }));
  return columns.flatMap((a, i) =>
    columns.slice(i + 1).flatMap((b): TimeSpan[] => {
      const days = b.times.map((time, row) => daysFrom(a.times[row] ?? null, time));
      const known = days.filter((one) => one !== null);
      if (new Set(known).size < 2) return [];
      const later = known.reduce((sum, one) => sum + Math.sign(one), 0) >= 0;
      if (later) return [{ index: b.index, since: a.index, days }];
      // 0 − 0 is 0, and −0 is not.
      const back = days.map((one) => (one === null ? null : 0 - one));
      return [{ index: a.index, since: b.index, days: back }];
    }),
  );
}

/** Days from one time to another, in milliseconds; null where there is none. */
export function daysFrom(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : (to - from) / DAY;
}
