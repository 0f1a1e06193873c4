import { describe, expect, it } from 'vitest';
import { inferSchema } from '../schema/infer.ts';
import { encoderOf } from './encoder.ts';
import { fitEncoder } from './fit-encoder.ts';
import { timeSpans } from './time-spans.ts';

const day = (at: number) => new Date(Date.UTC(2023, 0, 1 + at)).toISOString().slice(0, 10);
const rows = Array.from({ length: 60 }, (_, i) => [
  day(7 * i + (i % 11)),
  i === 4 ? '' : day(7 * i),
  `${i % 24}:00`,
  day(7 * i + 30),
]);
const names = ['paid', 'issued', 'clock', 'due'];

describe('spans of time', () => {
  it('are days to the column that is mostly later; of columns that are as far apart in all rows there are none', () => {
    const spans = timeSpans(inferSchema(names, rows), rows);
    expect(spans.map(({ index, since }) => [names[index], names[since]])).toEqual([
      ['paid', 'issued'],
      ['due', 'paid'],
    ]);
    expect(spans[0]?.days.slice(0, 6)).toEqual([0, 1, 2, 3, null, 5]);
    expect(spans[1]?.days.slice(0, 6)).toEqual([30, 29, 28, 27, 26, 25]);
  });

  it('are encoded as numbers are, missing where one of the dates is', () => {
    const schema = inferSchema(names, rows);
    const encoder = encoderOf(schema, fitEncoder(schema, rows, 'rich-and-far'));
    const place = encoder.columns.indexOf('paid since issued');
    expect(encoder.sources[place]).toEqual([0, 1]);
    expect(encoder.views[place]).not.toBe(encoder.views[encoder.columns.indexOf('paid')]);
    const { values, columns } = encoder.encode([rows[10], rows[9], rows[4]] as string[][]);
    const [ten = 0, nine = 0, none = 1] = [0, 1, 2].map((i) => values[i * columns + place]);
    const amount = encoder.amounts.find(({ column }) => column === place);
    expect((ten - nine) * (amount?.unit as number)).toBeCloseTo(1, 9);
    expect((amount?.origin as number) + ten * (amount?.unit as number)).toBeCloseTo(10, 9);
    expect(none).toBe(0);
  });

  it('are of four columns at most', () => {
    const many = Array.from({ length: 30 }, (_, i) =>
      Array.from({ length: 9 }, (_, j) => day(i * 5 + ((i * (j + 3)) % 17))),
    );
    const schema = inferSchema([...'abcdefghi'], many);
    expect(timeSpans(schema, many)).toHaveLength(6);
  });
});
