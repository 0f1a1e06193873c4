/**
 * What a calendar says of a time, beside how late it is: where it lies in the year, the month, the week and the day.
 * Turns of year, month and day come back to where they began, so that December lies beside January and 23:00
 * beside midnight,
 *   (√2 cos 2πt, √2 sin 2πt)     t: share of the turn that is over
 * and each day of the week stands for itself.
 */
import { DAY, isTimeOfDay, isWithoutDay } from '../schema/date-format.ts';
import type { ColumnSchema } from '../schema/table-schema.ts';

export const CALENDAR_PARTS = ['year', 'month', 'week', 'day'] as const;
export type CalendarPart = (typeof CALENDAR_PARTS)[number];

/** Days that times must be apart for a part to say something that they do not say themselves: one turn and a half. */
const LEAST_DAYS: Readonly<Record<CalendarPart, number>> = {
  year: 548,
  month: 45,
  week: 10,
  day: 0,
};
/** 1 January 1970 was a Thursday. */
const FIRST_WEEKDAY = 3;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** The parts that may say something of a column. @param times of its cells, those that have one */
export function calendarParts(
  { format }: Extract<ColumnSchema, { kind: 'date' }>,
  times: readonly number[],
): CalendarPart[] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const time of times) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  const may: readonly CalendarPart[] = isTimeOfDay(format)
    ? ['day']
    : isWithoutDay(format)
      ? ['year']
      : CALENDAR_PARTS;
  return may.filter(
    (part) => last - first > LEAST_DAYS[part] * DAY && new Set(times.map(placeIn(part))).size > 1,
  );
}

/** Names of the columns of a part. */
export function calendarNames(part: CalendarPart): readonly string[] {
  return part === 'week' ? WEEKDAYS : [`turn of the ${part}, across`, `turn of the ${part}, along`];
}

/** The entries of a time that are not 0, with their columns. @param time milliseconds since 1970 */
export function calendarEntries(
  part: CalendarPart,
  time: number,
): readonly (readonly [column: number, entry: number])[] {
  const place = placeIn(part)(time);
  if (part === 'week') return [[place, 1]];
  const angle = 2 * Math.PI * place;
  return [
    [0, Math.SQRT2 * Math.cos(angle)],
    [1, Math.SQRT2 * Math.sin(angle)],
  ];
}

/** Share of the turn that is over at a time; of a week its day, Monday 0. */
function placeIn(part: CalendarPart): (time: number) => number {
  return (time) => {
    const date = new Date(time);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    switch (part) {
      case 'year':
        return shareOf(
          time,
          new Date(0).setUTCFullYear(year, 0, 1),
          new Date(0).setUTCFullYear(year + 1, 0, 1),
        );
      case 'month':
        return shareOf(
          Math.floor(time / DAY) * DAY,
          new Date(0).setUTCFullYear(year, month, 1),
          new Date(0).setUTCFullYear(year, month + 1, 1),
        );
      case 'week':
        return modulo(Math.floor(time / DAY) + FIRST_WEEKDAY, 7);
      case 'day':
        return modulo(time, DAY) / DAY;
    }
  };
}

function shareOf(time: number, start: number, end: number): number {
  return (time - start) / (end - start);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
