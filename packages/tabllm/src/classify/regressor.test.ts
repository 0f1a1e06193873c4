import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { regressionReport } from '../metrics/regression.ts';
import { inferSchema } from '../schema/infer.ts';
import { limitFarLabels } from './far-labels.ts';
import { weighQuantityMembers } from './quantity-members.ts';
import { fitRegressor } from './regressor.ts';

const random = seededRandom(21);
const COLUMNS = ['income', 'age', 'city'];
const CITIES = ['Bonn', 'Lyon', 'Pisa'] as const;

interface Table {
  readonly rows: string[][];
  readonly values: Float64Array;
}

/** @param amountOf of an income in thousands, an age in decades and a city */
function table(
  count: number,
  amountOf: (income: number, age: number, city: number) => number,
): Table {
  const values = new Float64Array(count);
  const rows = Array.from({ length: count }, (_, i) => {
    const [income, age, city] = [
      50 + 12 * random.normal(),
      2 + 5 * random.next(),
      random.integer(3),
    ];
    values[i] = amountOf(income, age, city) + 0.3 * random.normal();
    return [(1000 * income).toFixed(0), (10 * age).toFixed(1), CITIES[city] as string];
  });
  return { rows, values };
}

/** R² of rows that were not learned from. */
function explained({ rows, values }: Table, others: Table): number {
  const schema = inferSchema(COLUMNS, [...rows, ...others.rows]);
  const { predict } = fitRegressor({ schema, rows, values, unlabelled: others.rows });
  return regressionReport(predict(others.rows), others.values, { draws: 0 }).figures.r2.value;
}

describe('fitRegressor', () => {
  const curved = (income: number, age: number, city: number) =>
    0.05 * income + 2 * Math.sin(1.5 * age) + (city === 1 ? 2 : 0);

  it('tells curves, lines and categories', () => {
    expect(explained(table(160, curved), table(400, curved))).toBeGreaterThan(0.9);
  });

  it('goes on along a line beyond what was learned', () => {
    const line = (income: number) => 0.2 * income;
    const far = table(100, line);
    for (const [i, row] of far.rows.entries()) {
      const income = 110 + (i % 10);
      row[0] = String(1000 * income);
      far.values[i] = line(income);
    }
    const learned = table(160, line);
    const schema = inferSchema(COLUMNS, [...learned.rows, ...far.rows]);
    const said = fitRegressor({ schema, ...learned }).predict(far.rows);
    const mean = said.reduce((sum, value) => sum + value, 0) / said.length;
    // Incomes that were learned from reach to some 85.
    expect(mean).toBeGreaterThan(line(95));
  });

  it('tells a product of columns', () => {
    const product = (income: number, age: number, city: number) =>
      (income * age * (city === 1 ? 1.5 : 1)) / 10;
    expect(explained(table(60, product), table(300, product))).toBeGreaterThan(0.98);
  });

  it('is not led astray by one slip in a column', () => {
    const [learned, others] = [table(180, curved), table(300, curved)];
    const clean = explained(learned, others);
    const rows = learned.rows.map((row, i) => (i === 7 ? row.with(0, '100000000') : row));
    expect(explained({ ...learned, rows }, others)).toBeGreaterThan(clean - 0.06);
  });

  it('is not led astray by one slip in the quantity', () => {
    const [learned, others] = [table(180, curved), table(300, curved)];
    const clean = explained(learned, others);
    const values = learned.values.with(7, 1e8);
    expect(explained({ ...learned, values }, others)).toBeGreaterThan(clean - 0.06);
  });
});

describe('limitFarLabels', () => {
  const x = { rows: 40, columns: 1, values: Float64Array.from({ length: 40 }, (_, i) => i - 20) };
  const y = Float64Array.from({ length: 40 }, () => random.normal());
  const distances = Float64Array.from(y, Math.abs).sort();
  const usual = distances[37] as number;

  it('counts a value that nothing explains as at most some times as far as the others', () => {
    const { values, far } = limitFarLabels(x, y.with(7, 1e8).with(9, -1e8));
    expect(far).toEqual([7, 9]);
    expect(values[7]).toBeGreaterThan(2 * usual);
    expect(values[7]).toBeLessThan(5 * usual);
    expect(values[9]).toBeLessThan(-2 * usual);
    expect(values[9]).toBeGreaterThan(-5 * usual);
    expect(values.with(7, 0).with(9, 0)).toEqual(y.with(7, 0).with(9, 0));
  });

  it('leaves values that a product of columns explains', () => {
    const columns = 2;
    const sides = Array.from({ length: 40 }, () => [1 + 4 * random.next(), 1 + 4 * random.next()]);
    const wide = { rows: 40, columns, values: Float64Array.from(sides.with(3, [15, 15]).flat()) };
    const areas = Float64Array.from(sides.with(3, [15, 15]), ([a = 0, b = 0]) => a * b);
    const amounts = [0, 1].map((column) => ({ column, origin: 0, unit: 1 }));
    expect(limitFarLabels(wide, areas).far).toEqual([3]);
    expect(limitFarLabels(wide, areas, { products: { amounts, plain: [] } }).far).toEqual([]);
  });

  it('leaves values that the columns explain, that are alike, or too few to tell', () => {
    const line = { ...x, values: x.values.with(3, 200) };
    const along = line.values.map((value, i) => value + (y[i] as number));
    expect(limitFarLabels(line, along).far).toEqual([]);
    const rare = y.map((_, i) => (i === 5 ? 1 : 0));
    expect(limitFarLabels(x, rare)).toEqual({ values: rare, far: [] });
    const few = { rows: 4, columns: 1, values: x.values.slice(0, 4) };
    expect(limitFarLabels(few, Float64Array.of(1, 2, 3, 1e8)).far).toEqual([]);
  });
});

describe('weighQuantityMembers', () => {
  const y = Float64Array.from({ length: 200 }, () => random.normal());
  const off = (by: number) => y.map((value) => value + by * random.normal());

  it('gives more to those that say it better, the more rows there are', () => {
    const said = [off(0.3), off(0.34)];
    const [many = 0] = weighQuantityMembers([1, 1], said, y, 200);
    const [few = 0] = weighQuantityMembers([1, 1], said, y, 20);
    expect(few).toBeGreaterThan(0.5);
    expect(many).toBeGreaterThan(few);
    expect(many).toBeLessThan(1);
  });

  it('leaves out what says nothing beside one that says all', () => {
    expect(weighQuantityMembers([1, 2], [y, off(0.5)], y, 200)).toEqual([1, 0]);
    expect(weighQuantityMembers([1, 3], [y, y], y, 200)).toEqual([0.25, 0.75]);
  });
});
