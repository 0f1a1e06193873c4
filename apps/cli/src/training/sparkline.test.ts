import { expect, it } from 'vitest';
import { sparkline } from './sparkline.ts';

it('goes from the highest bar to the lowest for a falling series', () => {
  expect(sparkline([8, 7, 6, 5, 4, 3, 2, 1])).toBe('█▇▆▅▄▃▂▁');
});

it('averages a long series into the width', () => {
  const line = sparkline(
    Array.from({ length: 1000 }, (_, step) => -step),
    10,
  );
  expect([...line]).toHaveLength(10);
  expect(line.startsWith('█') && line.endsWith('▁')).toBe(true);
});

it('draws a flat series and an empty one', () => {
  expect(sparkline([2, 2, 2])).toBe('▁▁▁');
  expect(sparkline([])).toBe('');
});
