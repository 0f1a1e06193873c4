import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { textIn } from '../translated.ts';
import { tuners } from './index.ts';

it('README.md has one row for each registered method', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const rows = readme
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .map((cells) => cells.slice(1, -1));
  expect(rows).toEqual(
    tuners().map(({ name, peftType, family, paper, parameterCount }) => [
      name,
      peftType,
      family,
      paper,
      textIn(parameterCount, 'en'),
    ]),
  );
});
