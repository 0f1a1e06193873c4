import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { inferSchema } from '../schema/infer.ts';
import { encoderOf } from './encoder.ts';
import { fitDifferences } from './fit-encoder.ts';
import { DIFFERENCES_FROM, differenceOf, sideDifferences } from './side-differences.ts';

const random = seededRandom(5);
const tableOf = (spreads: readonly number[]) =>
  Array.from({ length: 40 }, () =>
    spreads.map((spread) => (20 + spread * random.normal()).toFixed(2)),
  );

const namesOf = (columns: readonly string[], rows = tableOf(columns.map(() => 1))) =>
  sideDifferences(inferSchema(columns, rows), rows).map(
    ({ index, less }) => `${columns[index]} less ${columns[less]}`,
  );

describe('differences of two sides', () => {
  it('are of columns whose names differ in one word', () => {
    expect(namesOf(['home_goals', 'away_goals', 'round', 'home_fans'])).toEqual([
      'home_goals less away_goals',
      'home_goals less home_fans',
    ]);
    expect(namesOf(['rank of white', 'strength', 'rank of black'])).toEqual([
      'rank of white less rank of black',
    ]);
    expect(namesOf(['temp_max', 'temp_min', 'wind'])).toEqual(['temp_max less temp_min']);
    expect(namesOf(['上月笔数', '本月笔数', '余额'])).toEqual(['上月笔数 less 本月笔数']);
  });

  it('are not of one of three, of a word alone, and of names that differ in more', () => {
    expect(namesOf(['score_a', 'score_b', 'score_c'])).toEqual([]);
    expect(namesOf(['height', 'weight'])).toEqual([]);
    expect(namesOf(['home_goals', 'away_shots'])).toEqual([]);
    expect(namesOf(['goals_home_1', 'goals_away_2', 'x'])).toEqual([]);
  });

  it('are of numbers that differ as much as each other, or nearly', () => {
    const columns = ['mean_area', 'worst_area'];
    expect(namesOf(columns, tableOf([1, 3]))).toHaveLength(1);
    expect(namesOf(columns, tableOf([1, 0.02]))).toEqual([]);
    const texts = tableOf([1, 1]).map(([a = ''], row) => [a, 'abc'[row % 3] as string]);
    expect(namesOf(columns, texts)).toEqual([]);
    const same = tableOf([1, 1]).map(([a = '']) => [a, '7']);
    expect(namesOf(columns, same)).toEqual([]);
  });

  it('are one of two names that differ in their writing alone', () => {
    expect(namesOf(['home goals', 'Home Goals'])).toHaveLength(1);
  });

  it('are some of the pairs of a wide table', () => {
    const columns = Array.from({ length: 30 }, (_, i) => [`gene${i} a`, `gene${i} b`]).flat();
    expect(namesOf(columns)).toHaveLength(12);
  });

  it('are none without either number, and where none can hold them', () => {
    expect(differenceOf(3, 4)).toBe(-1);
    expect([differenceOf(null, 4), differenceOf(3, null), differenceOf(1e308, -1e308)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('are encoded beside the columns from some labels on, and trees look at them', () => {
    const columns = ['home_goals', 'away_goals'];
    const rows = tableOf([1, 1]);
    const schema = inferSchema(columns, rows);
    expect(fitDifferences(schema, rows, DIFFERENCES_FROM - 1)).toEqual([]);
    const fitted = fitDifferences(schema, rows, DIFFERENCES_FROM);
    const encoder = encoderOf(schema, fitted);
    expect(encoder.columns).toEqual([
      'home_goals less away_goals',
      'home_goals less away_goals ranked',
    ]);
    expect(encoder.sources).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect([encoder.forTrees, encoder.quantities, encoder.amounts]).toEqual([[0], [1], []]);
    const { values } = encoder.encode([
      ['22', '21'],
      ['20', '19'],
      ['19', '20'],
      ['', '19'],
    ]);
    const [one, same, fewer, none] = [0, 1, 2, 3].map((row) => [
      ...values.subarray(2 * row, 2 * row + 2),
    ]);
    expect(same).toEqual(one);
    expect(fewer?.every((entry, at) => entry < (one?.[at] as number))).toBe(true);
    expect(none).toEqual([0, 0]);
  });
});
