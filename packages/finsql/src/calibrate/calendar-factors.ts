/** How many of one unit of time another has: what brings a price by the month to one by the year. */

/** Words for each unit, none of them that of a date: 2023年3月. */
const UNITS = {
  year: /\b(?:year(?:s|ly)?|annual(?:ly|i[sz]ed)?|annum|p\.?a)\b|(?<!\d\s*)年/i,
  quarter: /\bquarter(?:s|ly)?\b|季/i,
  month: /\bmonth(?:s|ly)?\b|(?<!\d\s*)月/i,
  week: /\bweek(?:s|ly)?\b|周|星期/i,
  day: /\b(?:days?|daily|nights?|nightly)\b|(?<!\d\s*)[日天]/i,
  hour: /\bhour(?:s|ly)?\b|小时/i,
  minute: /\bminutes?\b|分钟/i,
  second: /\bseconds?\b|秒/i,
} as const;

type Unit = keyof typeof UNITS;

/** Banks count 360 days a year, exchanges some 250. */
const FACTORS: readonly (readonly [larger: Unit, smaller: Unit, ...factors: readonly number[]])[] =
  [
    ['year', 'quarter', 4],
    ['year', 'month', 12],
    ['year', 'week', 52, 53],
    ['year', 'day', 250, 252, 260, 360, 364, 365, 365.25, 366],
    ['quarter', 'month', 3],
    ['quarter', 'week', 13],
    ['quarter', 'day', 90, 91, 92],
    ['month', 'week', 4],
    ['month', 'day', 28, 30, 31],
    ['week', 'day', 5, 7],
    ['day', 'hour', 24],
    ['hour', 'minute', 60],
    ['minute', 'second', 60],
  ];

/** Whether a number is how many of one unit of time another has, and a text names both. */
export function isOfCalendar(factor: number, text: string): boolean {
  return FACTORS.some(
    ([larger, smaller, ...factors]) =>
      factors.includes(factor) && UNITS[larger].test(text) && UNITS[smaller].test(text),
  );
}
