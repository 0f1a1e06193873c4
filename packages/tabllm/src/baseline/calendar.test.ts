import { describe, expect, it } from 'vitest';
import { calendarEntries, calendarNames, calendarParts } from './calendar.ts';

const DAY = 86_400_000;
const at = (text: string) => Date.parse(`${text}Z`);
const dates = { kind: 'date', name: 'at', missing: 0, role: 'feature', min: 0, max: 0 } as const;
const distance = (part: 'year' | 'month' | 'day', first: string, second: string) => {
  const [a, b] = [calendarEntries(part, at(first)), calendarEntries(part, at(second))];
  return Math.hypot(...a.map(([, entry], j) => entry - (b[j]?.[1] as number)));
};

describe('a calendar', () => {
  it('names the day of the week, from Monday on, before 1970, too', () => {
    const dayOf = (text: string) => {
      const [[place, entry] = [-1, 0], ...more] = calendarEntries('week', at(text));
      expect([entry, more]).toEqual([1, []]);
      return calendarNames('week')[place];
    };
    expect(dayOf('2024-02-29T23:59')).toBe('Thursday');
    expect(dayOf('1970-01-01T00:00')).toBe('Thursday');
    expect(dayOf('1969-12-31T12:00')).toBe('Wednesday');
    expect(dayOf('1899-12-31T00:00')).toBe('Sunday');
    for (let day = -800; day < 800; day++) {
      const [[place = -1] = []] = calendarEntries('week', day * DAY);
      expect((place + 1) % 7).toBe(new Date(day * DAY).getUTCDay());
    }
  });

  it('turns: an end lies beside the next beginning', () => {
    expect(distance('year', '2023-12-31T00:00', '2024-01-01T00:00')).toBeLessThan(0.03);
    expect(distance('year', '2023-12-31T00:00', '2023-07-01T00:00')).toBeGreaterThan(2.8);
    expect(distance('month', '2024-02-29T08:00', '2024-03-01T20:00')).toBeLessThan(0.4);
    expect(distance('month', '2024-02-01T00:00', '2024-02-16T00:00')).toBeGreaterThan(2.8);
    expect(distance('day', '2024-02-01T23:59', '2024-05-02T00:01')).toBeLessThan(0.02);
    expect(distance('day', '2024-02-01T00:00', '2024-02-01T12:00')).toBeCloseTo(2 * Math.SQRT2, 9);
    // The same day of another year, and a year before 100 that Date.UTC would take for one of the last century.
    expect(distance('year', '2021-05-04T00:00', '2023-05-04T00:00')).toBeCloseTo(0, 9);
    expect(distance('year', '0031-05-04T00:00', '2023-05-04T00:00')).toBeCloseTo(0, 9);
  });

  it('has parts of times that are long enough apart to tell them', () => {
    const from = at('2024-01-01T00:00');
    const parts = (format: string, ...times: number[]) =>
      calendarParts({ ...dates, format: format as 'YYYY-MM-DD' }, times);
    const run = (days: number, step = 1) =>
      Array.from({ length: days }, (_, i) => from + i * step * DAY);
    expect(parts('YYYY-MM-DD', ...run(9))).toEqual([]);
    expect(parts('YYYY-MM-DD', ...run(30))).toEqual(['week']);
    expect(parts('YYYY-MM-DD', ...run(90))).toEqual(['month', 'week']);
    expect(parts('YYYY-MM-DD', ...run(900))).toEqual(['year', 'month', 'week']);
    // Every seventh day is a Monday.
    expect(parts('YYYY-MM-DD', ...run(200, 7))).toEqual(['year', 'month']);
    expect(parts('YYYY-MM-DD', from, from + DAY / 3, from + DAY / 2)).toEqual(['day']);
    expect(parts('YYYY-MM', ...run(900))).toEqual(['year']);
    expect(parts('HH:MM', 0, DAY / 3)).toEqual(['day']);
    expect(parts('HH:MM', DAY / 3, DAY / 3)).toEqual([]);
    expect(parts('YYYY-MM-DD')).toEqual([]);
  });
});
