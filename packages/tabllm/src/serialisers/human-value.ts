/** A cell in words, by what is known of its column: plain digits with a unit, a day, yes or no. */
import { isTimeOfDay, isWithoutDay } from '../schema/date-format.ts';
import { numberOf } from '../schema/number-format.ts';
import { timeOf } from '../schema/read-value.ts';
import type { ColumnSchema } from '../schema/table-schema.ts';

/** More decimals than that tell a reader nothing. */
const DECIMALS = 4;
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const MINUTE = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });
const CURRENCIES: ReadonlyMap<string, string> = new Map([
  ['$', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['¥', 'CNY'],
]);

/** @param unit said after a number, such as `kg` */
export function humanValue(cell: string, column: ColumnSchema, unit: string): string {
  if (column.kind === 'numeric') return humanNumber(cell, column, unit);
  if (column.kind === 'boolean')
    return cell === column.yes ? 'yes' : cell === column.no ? 'no' : cell;
  if (column.kind === 'date') {
    const time = timeOf(cell, column);
    if (time === null || isWithoutDay(column.format)) return cell.trim();
    if (isTimeOfDay(column.format)) return MINUTE.format(time);
    const day = DAY.format(time);
    return time % 86_400_000 === 0 ? day : `${day}, ${MINUTE.format(time)}`;
  }
  return cell.trim().replace(/\s+/gu, ' ');
}

function humanNumber(
  cell: string,
  column: Extract<ColumnSchema, { kind: 'numeric' }>,
  unit: string,
): string {
  const value = numberOf(cell, column.format);
  const { prefix, suffix, measure } = column.format;
  // Its units say more than a number in the first of them.
  if (value === null || measure !== undefined) return cell.trim();
  const size = Math.abs(value);
  const scientific = size !== 0 && (size >= 1e15 || size < 10 ** -DECIMALS);
  const digits = scientific
    ? value.toPrecision(4)
    : value.toFixed(Math.min(DECIMALS, column.decimals));
  const own = `${prefix}${suffix}`.trim();
  const said = CURRENCIES.get(own) ?? (own || unit);
  return said === '' ? digits : `${digits} ${said}`;
}
