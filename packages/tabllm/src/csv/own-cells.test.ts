import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { ownCells } from './own-cells.ts';

it('keeps every cell as it was, halves of characters included', () => {
  const cells = [
    '',
    'short',
    'a text that is a "view"\n of more',
    '字'.repeat(20),
    'half \ud83d of one, 20 long',
  ];
  expect(ownCells([...cells, 'x'.repeat(40_000)])).toEqual([...cells, 'x'.repeat(40_000)]);
});

it('lets go of what cells were cut from', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const kept: string[] = [];
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 200; i++) {
    const piece = `${i}`.padStart(400_000, 'some text ');
    kept.push(...ownCells([piece.slice(100, 130)]));
  }
  collect();
  // Views would keep all 80 MB.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(20e6);
  expect(kept).toHaveLength(200);
});
