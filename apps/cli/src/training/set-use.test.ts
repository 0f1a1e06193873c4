import { expect, test } from 'vitest';
import { readSetUse, useExamples } from './set-use.ts';

test('an empty text means every example once', () => {
  expect(useExamples([1, 2, 3], readSetUse(''))).toEqual([1, 2, 3]);
});

test('takes a seeded part and repeats it', () => {
  const use = readSetUse('take=2 takeSeed=7 repeat=3');
  const used = useExamples([1, 2, 3, 4, 5], use);
  expect(used).toHaveLength(6);
  expect(new Set(used).size).toBe(2);
  expect(used).toEqual(useExamples([1, 2, 3, 4, 5], use));
});

test('names every field that does not fit', () => {
  expect(() => readSetUse('take=0 often=2')).toThrow(
    /take .*often[\s\S]*The fields are take, takeSeed/,
  );
});
