import { describe, expect, it } from 'vitest';
import { inferSchema } from '../schema/infer.ts';
import { encoderOf } from './encoder.ts';
import { fitEncoder } from './fit-encoder.ts';
import { filledOf } from './sparse-products.ts';

describe('encode', () => {
  it('draws outliers in to the limit', () => {
    const schema = inferSchema(
      ['gain'],
      Array.from({ length: 20 }, (_, i) => [`${i}.5`]),
    );
    const gain = { index: 0, weight: 1, kind: 'scaled', mean: 5, sd: 2, limit: 3 } as const;
    const { values } = encoderOf(schema, [gain]).encode([['5.5'], ['25'], ['-15']]);
    const outlier = 3 * Math.tanh(10 / 3);
    expect(values[0]).toBeCloseTo(3 * Math.tanh(0.25 / 3), 12);
    expect(values[1]).toBeCloseTo(outlier, 12);
    expect(values[2]).toBeCloseTo(-outlier, 12);
  });

  it('tells rows without a number from those with the mean, where some have none', () => {
    const table = Array.from({ length: 40 }, (_, i) => [
      i % 8 === 0 ? '' : `${i}.5`,
      i === 7 ? '' : `${i % 5}`,
      i % 4 === 0 ? 'thin file' : `${300 + 7 * i}`,
    ]);
    const schema = inferSchema(['income', 'age', 'score'], table);
    const encoder = encoderOf(schema, fitEncoder(schema, table, 'rich'));
    // Of a single row that it is missing says nothing.
    const places = ['income missing', 'score missing'].map((name) => encoder.columns.indexOf(name));
    expect(encoder.columns.filter((name) => name.endsWith('missing'))).toHaveLength(2);
    expect(encoder.forTrees).toEqual(expect.arrayContaining(places));
    const x = encoder.encode(table);
    for (const [i, row] of table.entries()) {
      const [income, score] = places.map((place) => x.values[i * x.columns + place] !== 0);
      expect([income, score]).toEqual([row[0] === '', row[2] === 'thin file']);
    }
  });

  it('tells which entries are not 0 as whoever looks for them finds them', () => {
    const table = Array.from({ length: 60 }, (_, i) => [
      i < 20 ? '0' : String(i * i),
      ['low', 'medium', 'high'][i % 3] as string,
      i % 7 === 0 ? '' : ['red', 'blue'][i % 2],
    ]) as string[][];
    const schema = inferSchema(['gain', 'level', 'colour'], table);
    const { encode } = encoderOf(schema, fitEncoder(schema, table, 'rich'));
    const odd = [['no number', 'never seen', '?'], ['-0', 'LOW', ' red'], ['']];
    for (const rows of [table, odd, []]) {
      const x = encode(rows);
      const [told, found] = [filledOf(x), filledOf({ ...x })];
      const count = found.starts.at(-1);
      expect(told.starts).toEqual(found.starts);
      expect(told.places.subarray(0, count)).toEqual(found.places.subarray(0, count));
      expect(told.values.subarray(0, count)).toEqual(found.values.subarray(0, count));
    }
  });
});
