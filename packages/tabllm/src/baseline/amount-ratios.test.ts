import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { inferSchema } from '../schema/infer.ts';
import { amountRatios, ratioOf } from './amount-ratios.ts';
import { encoderOf } from './encoder.ts';
import { fitRatio } from './fit-encoder.ts';

const random = seededRandom(4);
const rows = Array.from({ length: 40 }, () =>
  [1000, 10_000, 50].map((most) => (most * (0.1 + random.next())).toFixed(1)),
);
const names = ['debt', 'income', 'age'];

const namesOf = (columns: readonly string[], cells: readonly (readonly string[])[]) =>
  amountRatios(inferSchema(columns, cells), cells).map(
    ({ index, per }) => `${columns[index]} per ${columns[per]}`,
  );

describe('ratios of amounts', () => {
  it('have the larger one below', () => {
    expect(namesOf(names, rows)).toEqual(['debt per income', 'age per debt', 'age per income']);
  });

  it('have one below that is above 0, the smaller one if need be', () => {
    const losses = rows.map(([debt = '', income = ''], i) => [debt, i % 3 ? `-${income}` : income]);
    expect(namesOf(['debt', 'profit'], losses)).toEqual(['profit per debt']);
    expect(
      namesOf(
        ['loss', 'profit'],
        losses.map(([a = '', b = '']) => [`-${a}`, b]),
      ),
    ).toEqual([]);
  });

  it('are of amounts, not of grades, categories or texts', () => {
    const mixed = rows.map(([debt = ''], i) => [debt, String(i % 5), 'abc'[i % 3] as string]);
    expect(namesOf(['debt', 'grade', 'kind'], mixed)).toEqual([]);
  });

  it('are of some of the columns of a wide table', () => {
    const wide = rows.map(() => Array.from({ length: 30 }, () => random.next().toFixed(4)));
    const columns = wide[0]?.map((_, i) => `x${i}`) ?? [];
    expect(namesOf(columns, wide)).toHaveLength(190);
  });

  it('are none without either number, per 0 or less, and where none can hold them', () => {
    expect([ratioOf(3, 4), ratioOf(-3, 4), ratioOf(0, 4)]).toEqual([0.75, -0.75, 0]);
    for (const [amount, per] of [
      [null, 4],
      [3, null],
      [3, 0],
      [3, -4],
      [1e300, 1e-300],
    ] as const) {
      expect(ratioOf(amount, per)).toBeNull();
    }
  });

  it('are encoded beside the columns, at the mean where there is none', () => {
    const schema = inferSchema(names, rows);
    const fitted = fitRatio({ index: 0, per: 1 }, schema, rows, 'rich');
    const { columns, sources, forTrees, amounts, encode } = encoderOf(schema, fitted);
    expect(columns).toEqual(['debt per income', 'debt per income ranked']);
    expect(sources).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect([forTrees, amounts]).toEqual([[], []]);
    const x = encode([
      ['10', '1000', '1'],
      ['1000', '1000', '1'],
      ['20', '2000', '1'],
      ['', '1000', '1'],
      ['10', '0', '1'],
    ]);
    const [low, high, same, ...none] = [0, 1, 2, 3, 4].map((row) => [
      ...x.values.subarray(2 * row, 2 * row + 2),
    ]);
    expect(same).toEqual(low);
    expect(low?.every((entry, at) => entry < (high?.[at] as number))).toBe(true);
    expect(none).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});
