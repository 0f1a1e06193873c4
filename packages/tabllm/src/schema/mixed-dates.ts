/**
 * Columns whose dates are written in several ways, as after tables were put together: 2024-03-05, 13/03/2024,
 * 5 Mar 2024. Whether the day or the month comes first must be told by the cells of that writing, and be the same
 * in all of them.
 */
import {
  DATE_FORMATS,
  type DateFormat,
  isNumber,
  isOfOneCentury,
  isTimeOfDay,
  readDate,
} from './date-format.ts';
import { countNearlyAll } from './nearly-all.ts';

export interface MixedDates {
  readonly format: DateFormat;
  readonly others: DateFormat[];
}

/** Writings of a column at most. */
const MOST = 4;

/** The format that most cells have, and those of the others; null where they could be read in more than one way. */
export function mixedDateFormats(cells: readonly string[]): MixedDates | null {
  const distinct = [...new Set(cells.map((cell) => cell.trim()))];
  const readings = readingsOf(distinct);
  const chosen: Reading[] = [];
  let left: ReadonlySet<number> = new Set(distinct.keys());
  const leftOf = ({ times }: Reading) => [...left].filter((at) => times[at] !== null).length;
  while (chosen.length < MOST) {
    const [best, second] = [...readings].sort((a, b) => leftOf(b) - leftOf(a));
    if (best === undefined || leftOf(best) === 0) break;
    if (second && leftOf(second) === leftOf(best) && [...left].some(differ(best, second))) break;
    chosen.push(best);
    left = new Set([...left].filter((at) => best.times[at] === null));
  }
  if (chosen.some((one, i) => chosen.slice(0, i).some((other) => conflict(one, other))))
    return null;
  const formats = chosen.map(({ format }) => format);
  const format = formats.find((one) => !isNumber(one));
  if (format === undefined || formats.length < 2) return null;
  const isRead = (cell: string) => formats.some((one) => readDate(cell, one) !== null);
  if (countNearlyAll(cells, isRead) === null) return null;
  return { format, others: formats.filter((one) => one !== format) };
}

/** Whether nearly all cells are dates, each by itself, of whatever format. */
export function areDates(cells: readonly string[]): boolean {
  const formats = DATE_FORMATS.filter((format) => !isNumber(format) && !isTimeOfDay(format));
  const isDate = (cell: string) => formats.some((format) => readDate(cell, format) !== null);
  return countNearlyAll(cells, isDate) !== null;
}

interface Reading {
  readonly format: DateFormat;
  readonly times: readonly (number | null)[];
}

function readingsOf(cells: readonly string[]): Reading[] {
  return DATE_FORMATS.filter((format) => !isTimeOfDay(format) && isOfOneCentury(cells, format))
    .map((format) => ({ format, times: cells.map((cell) => readDate(cell, format)) }))
    .filter(({ times }) => times.some((time) => time !== null));
}

function differ({ times }: Reading, { times: others }: Reading): (at: number) => boolean {
  return (at) => times[at] !== null && others[at] !== null && times[at] !== others[at];
}

/** Two formats of which a cell could be either: only one of them can be meant. */
function conflict(one: Reading, other: Reading): boolean {
  return one.times.some((_, at) => differ(one, other)(at));
}
