/** Columns in several writings, each cell of which is read by its own. */
import { describe, expect, it } from 'vitest';
import { inferSchema } from './infer.ts';
import { areDates } from './mixed-dates.ts';
import { readValue } from './read-value.ts';
import { severalWritings } from './several-writings.ts';

const days = Array.from({ length: 40 }, (_, i) => new Date(Date.UTC(2023, 0, 1 + 17 * i)));
const parts = (day: Date) => day.toISOString().slice(0, 10).split('-') as [string, string, string];
const iso = (day: Date) => parts(day).join('-');
const dayFirst = (day: Date) => parts(day).reverse().join('/');
const monthFirst = (day: Date) => [parts(day)[1], parts(day)[2], parts(day)[0]].join('/');
const named = (day: Date) =>
  `${day.getUTCDate()} ${day.toLocaleString('en', { month: 'short', timeZone: 'UTC' })} ${parts(day)[0]}`;
const serial = (day: Date) => String((day.getTime() - Date.UTC(1899, 11, 30)) / 86_400_000);
const compact = (day: Date) => parts(day).join('');
const chinese = (day: Date) =>
  `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日`;

const columnOf = (cells: readonly string[]) =>
  inferSchema(
    ['opened'],
    cells.map((cell) => [cell]),
  ).columns[0] as ReturnType<typeof inferSchema>['columns'][0];

describe('dates', () => {
  it.each([
    [iso, dayFirst, named],
    [iso, monthFirst],
    [chinese, iso, dayFirst],
    [dayFirst, serial],
    [named, compact, iso],
  ])('of several writings', (...writings) => {
    const cells = days.map((day, i) => (writings[i % writings.length] as typeof iso)(day));
    const column = columnOf(cells);
    expect(column.kind).toBe('date');
    expect(cells.map((cell) => readValue(cell, column))).toEqual(days.map(Number));
    const schema = { columns: [column], rows: 40, missing: [''] };
    expect(
      severalWritings(
        schema,
        cells.map((cell) => [cell]),
      ),
    ).toEqual([
      { en: expect.stringContaining(`'${cells[0]}'`), zh: expect.stringContaining('几种写法') },
    ]);
  });

  it('are not guessed where day and month could change places', () => {
    const early = days.map(
      (day) => new Date(Date.UTC(2023, day.getUTCMonth(), 1 + (day.getUTCDate() % 12))),
    );
    for (const cells of [
      early.map((day, i) => (i % 2 ? iso(day) : dayFirst(day))),
      days.map((day, i) => (i % 2 ? monthFirst(day) : dayFirst(day))),
    ]) {
      expect(columnOf(cells).kind).not.toBe('date');
      expect(areDates(cells)).toBe(true);
    }
  });

  it('are read with ordinals and names of zones', () => {
    const cells = ['1st March 2024', '22nd of April 2024'].map((cell) => cell.replace(' of', ''));
    expect(columnOf(cells)).toMatchObject({ kind: 'date', format: 'D MMM YYYY' });
    expect(columnOf(['March 3rd, 2024', 'May 11th, 2024'])).toMatchObject({
      format: 'MMM D, YYYY',
    });
    expect(columnOf(['2024-03-05 10:15 CET', '2024-07-05 10:15:00 CEST'])).toMatchObject({
      format: 'YYYY-MM-DD',
    });
  });
});

describe('numbers', () => {
  const amounts = days.map((_, i) => 37.5 + 911.25 * i);
  const english = (amount: number) => amount.toLocaleString('en', { minimumFractionDigits: 2 });
  const german = (amount: number) => amount.toLocaleString('de', { minimumFractionDigits: 2 });

  it('with points and commas before decimals', () => {
    const cells = amounts.map((amount, i) => (i % 3 ? english(amount) : german(amount)));
    const column = columnOf(cells);
    expect(column).toMatchObject({ kind: 'numeric', format: { mixed: true }, decimals: 2 });
    expect(cells.map((cell) => readValue(cell, column))).toEqual(amounts);
    expect(readValue('1.234', column)).toBeNull();
    expect(readValue('1,5', column)).toBe(1.5);
    const schema = { columns: [column], rows: 40, missing: [''] };
    const [told] = severalWritings(
      schema,
      cells.map((cell) => [cell]),
    );
    expect(told?.en).toContain("'948.75', '37,50'");
  });

  it('of one writing have one', () => {
    expect(columnOf(amounts.map(english))).not.toHaveProperty('format.mixed');
    expect(columnOf(days.map(iso))).not.toHaveProperty('others');
  });
});
