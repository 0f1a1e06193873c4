/** The days of the demo market: ISO dates from 2019 to 2024, without weekends and public holidays. */
import { at } from './random.ts';

const FIRST_YEAR = 2019;
const LAST_YEAR = 2024;
export const YEARS: readonly number[] = [2019, 2020, 2021, 2022, 2023, 2024];

const DAY = 86_400_000;

/** First day of the week off at Spring Festival, by year. */
const SPRING_FESTIVAL: ReadonlyMap<number, string> = new Map([
  [2019, '2019-02-04'],
  [2020, '2020-01-24'],
  [2021, '2021-02-11'],
  [2022, '2022-01-31'],
  [2023, '2023-01-21'],
  [2024, '2024-02-10'],
]);

function isoDate(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

export function addDays(date: string, days: number): string {
  return isoDate(Date.parse(date) + days * DAY);
}

function isHoliday(date: string): boolean {
  const monthDay = date.slice(5);
  if (monthDay === '01-01') return true;
  if (monthDay >= '05-01' && monthDay <= '05-03') return true;
  if (monthDay >= '10-01' && monthDay <= '10-07') return true;
  const spring = SPRING_FESTIVAL.get(Number(date.slice(0, 4)));
  return spring !== undefined && date >= spring && date <= addDays(spring, 6);
}

function listTradingDays(): string[] {
  const days: string[] = [];
  for (let date = `${FIRST_YEAR}-01-01`; date <= `${LAST_YEAR}-12-31`; date = addDays(date, 1)) {
    const weekday = new Date(date).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !isHoliday(date)) days.push(date);
  }
  return days;
}

/** Every trading day, in order. Other modules index their paths by position in this list. */
export const TRADING_DAYS: readonly string[] = listTradingDays();

/** Positions of the days after which a new group starts (a new week, a new month). */
function lastOfEach(group: (date: string) => string): number[] {
  return TRADING_DAYS.flatMap((date, i) => {
    const next = TRADING_DAYS[i + 1];
    return next === undefined || group(next) !== group(date) ? [i] : [];
  });
}

/** Monday of the week that a date lies in. */
function monday(date: string): string {
  return addDays(date, -((new Date(date).getUTCDay() + 6) % 7));
}

/** Positions in TRADING_DAYS of the last trading day of every week and of every month. */
export const WEEK_ENDS: readonly number[] = lastOfEach(monday);
export const MONTH_ENDS: readonly number[] = lastOfEach((date) => date.slice(0, 7));

/** Last calendar day of every month, and of every quarter. */
export const MONTHS: readonly string[] = YEARS.flatMap((year) =>
  Array.from({ length: 12 }, (_, month) => isoDate(Date.UTC(year, month + 1, 0))),
);
export const QUARTERS: readonly string[] = MONTHS.filter((_, i) => i % 3 === 2);

/** Position of the last trading day on or before a date; -1 if the date is earlier than all. */
export function dayOnOrBefore(date: string): number {
  let low = 0;
  let high = TRADING_DAYS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(TRADING_DAYS, middle) <= date) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The trading day on or after a date (the last one of all if none follows). */
export function tradingDayFrom(date: string): string {
  const before = dayOnOrBefore(date);
  if (TRADING_DAYS[before] === date) return date;
  return at(TRADING_DAYS, Math.min(before + 1, TRADING_DAYS.length - 1));
}
