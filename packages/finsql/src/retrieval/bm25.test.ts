import { expect, it } from 'vitest';
import { buildBm25 } from './bm25.ts';

it('scores a term by its frequency, the less the longer the document is', () => {
  const long = ['fund', 'fee', 'size', 'code', 'name', 'city'];
  const [short = 0, other = 0, none] = buildBm25([['fund', 'fee'], long, ['bond']]).scores([
    'fund',
    'fund',
  ]);
  const rarity = Math.log(1 + (3 - 2 + 0.5) / 2.5);
  expect(short).toBeCloseTo((rarity * 2.2) / (1 + 1.2 * (0.25 + (0.75 * 2) / 3)), 12);
  expect(other).toBeCloseTo((rarity * 2.2) / (1 + 1.2 * (0.25 + (0.75 * 6) / 3)), 12);
  expect(none).toBe(0);
});
