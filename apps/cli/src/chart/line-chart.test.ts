import { expect, it } from 'vitest';
import { lineChart } from './line-chart.ts';

it('leaves room for the longest name', () => {
  const width = (name: string) =>
    Number(
      lineChart({
        title: 't',
        across: 'a',
        lines: [{ name, points: [{ at: 1, value: 0.5 }] }],
        step: 0.1,
        decimals: [1, 2],
      }).match(/x2="([\d.]+)"/)?.[1],
    );
  expect(width('short')).toBe(730);
  expect(width('a name of some forty letters, as it happens')).toBeLessThan(600);
});

it('has words of others as text, in its title and its lines', () => {
  const chart = lineChart({
    title: 'R&D <b>2024',
    across: 'rows < 9',
    lines: [{ name: 'a & b', points: [{ at: 1, value: 0.5 }] }],
    step: 0.1,
    decimals: [1, 2],
  });
  expect(chart.match(/R&amp;D &lt;b>2024/g)).toHaveLength(2);
  expect(chart.match(/rows &lt; 9/g)).toHaveLength(2);
  expect(chart.match(/a &amp; b/g)).toHaveLength(2);
  expect(chart).not.toMatch(/&(?!amp;|lt;)|<b>/);
});
