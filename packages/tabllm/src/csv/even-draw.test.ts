import { seededRandom } from '@quaestor/peft';
import { expect, it } from 'vitest';
import { evenDraw } from './even-draw.ts';

it('keeps all of few rows, and of many each as often', () => {
  const all = evenDraw(5, seededRandom(0));
  expect([1, 2, 3, 4, 5].map(() => all())).toEqual([0, 1, 2, 3, 4]);
  const times = new Array<number>(20).fill(0);
  const random = seededRandom(7);
  for (let run = 0; run < 4000; run++) {
    const kept: number[] = [];
    const place = evenDraw(5, random);
    for (let row = 0; row < 20; row++) {
      const at = place();
      if (at !== null) kept[at] = row;
    }
    expect(kept).toHaveLength(5);
    for (const row of kept) times[row] = (times[row] as number) + 1;
  }
  for (const count of times) expect(Math.abs(count / 4000 - 0.25)).toBeLessThan(0.035);
});
