import { describe, expect, it } from 'vitest';
import { checkTable } from './check.ts';
import { inferSchema } from './infer.ts';
import { tellingColumns } from './leak.ts';

const rows = Array.from({ length: 40 }, (_, i) => [
  `r-${i}`,
  String(i % 5),
  i % 2 ? 'a' : 'b',
  'c',
]);
const schema = inferSchema(['id', 'level', 'kind', 'same'], rows);

describe('checkTable', () => {
  it('finds columns by name in any order and warns of others', () => {
    const checked = checkTable(schema, ['extra', 'kind', 'level']);
    expect(checked.arrange(['?', 'never seen', '4'])).toEqual(['', '4', 'never seen', '']);
    expect(checked.warnings).toEqual([
      {
        en: 'column extra was not learned from and is not used',
        zh: '列“extra”没有学习过，不会用到',
      },
    ]);
  });

  it('refuses a table that lacks features, names all of them and what may be meant', () => {
    expect(() => checkTable(schema, ['id', 'Level', 'LEVEL', 'same'])).toThrow(
      /it has id, Level, LEVEL, same.*level \(numeric\) is missing; is it "Level"\?.*kind \(category\) is missing$/s,
    );
  });

  it('takes a column for the one it is called like but for case, blanks and signs', () => {
    const checked = checkTable(schema, ['KIND', 'id', 'le_vel', 'other']);
    expect(checked.arrange(['a', 'r-1', '3', '?'])).toEqual(['r-1', '3', 'a', '']);
    expect(checked.extra).toEqual(['other']);
    expect(checked.warnings.map(({ en }) => en)).toEqual([
      'column other was not learned from and is not used',
      'column le_vel is taken for level, as which it was learned',
      'column KIND is taken for kind, as which it was learned',
    ]);
  });
});

describe('leaks', () => {
  it('names columns that tell the label by themselves', () => {
    const labels = rows.map(([, , kind]) => (kind === 'a' ? 'yes' : 'no'));
    expect(tellingColumns(schema, rows, labels)).toEqual(['kind']);
    expect(
      tellingColumns(
        schema,
        rows,
        labels.map((label, i) => (i === 3 ? 'no' : label)),
      ),
    ).toEqual([]);
  });
});
