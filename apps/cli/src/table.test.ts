import { expect, it } from 'vitest';
import { table } from './table.ts';

it('aligns text to the left and numbers to the right', () => {
  expect(
    table(
      ['fund', 'assets'],
      [
        ['River Bond', 830],
        ['Summit', 1250.5],
        ['none', null],
      ],
    ),
  ).toBe(
    [
      'fund        assets',
      '──────────  ──────',
      'River Bond     830',
      'Summit      1250.5',
      'none',
      '',
    ].join('\n'),
  );
});

it('prints the header alone where there are no rows', () => {
  expect(table(['a', 'bb'], [])).toBe('a  bb\n─  ──\n');
});
