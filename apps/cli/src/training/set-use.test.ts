import { expect, test } from 'vitest';
import { readSetUse, useExamples } from './set-use.ts';

const FUNDS = [1, 2, 3].map((id) => ({ id, db: 'fund' }));
const STOCKS = [4, 5].map((id) => ({ id, db: 'stock' }));

test('an empty text means every example once', () => {
  expect(useExamples(FUNDS, readSetUse(''))).toEqual(FUNDS);
});

test('takes a seeded part and repeats it', () => {
  const use = readSetUse('take=2 takeSeed=7 repeat=3');
  const used = useExamples([...FUNDS, ...STOCKS], use);
  expect(used).toHaveLength(6);
  expect(new Set(used).size).toBe(2);
  expect(used).toEqual(useExamples([...FUNDS, ...STOCKS], use));
});

test('keeps to one database before it takes a part', () => {
  const use = readSetUse('db=stock take=2');
  const used = useExamples([...FUNDS, ...STOCKS], use);
  expect(used.map(({ id }) => id).sort()).toEqual([4, 5]);
});

test('names every field that does not fit', () => {
  expect(() => readSetUse('take=0 often=2')).toThrow(
    /take .*often[\s\S]*The fields are db, take, takeSeed/,
  );
});
