import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { displayWidth } from './display-width.ts';
import { styleOf } from './style.ts';
import { table, tableOptions } from './table.ts';

const FUNDS = [
  ['River Bond', 830],
  ['Summit', 1250.5],
  ['none', null],
];

it('aligns text to the left and numbers to the right', () => {
  expect(table(['fund', 'assets'], FUNDS)).toBe(
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

it('writes fractions with the digits that they have', () => {
  const rows = [[0.49500000000000005], [1.1400000000000001], [-2.5e-7], [9007199254740991]];
  const lines = table(['n'], rows).trimEnd().split('\n').slice(2);
  expect(lines.map((line) => line.trim())).toEqual([
    '0.495',
    '1.14',
    '-2.5e-7',
    '9007199254740991',
  ]);
});

it('prints the header alone where there are no rows', () => {
  expect(table(['a', 'bb'], [])).toBe('a  bb\n─  ──\n');
});

it('counts columns as terminals do', () => {
  const widths = [
    '基金',
    'ﾊﾝｶｸ',
    '한국어',
    'e\u0301',
    '👩‍👩‍👧',
    '❤️',
    '🇨🇳',
    'ＡＢ',
    '€½→',
    'ไทย',
  ].map(displayWidth);
  expect(widths).toEqual([4, 4, 6, 1, 2, 2, 2, 4, 3, 3]);
});

it('aligns Chinese text', () => {
  const lines = table(
    ['名称', 'n'],
    [
      ['华夏成长混合', 1],
      ['Bond', 20],
    ],
  ).split('\n');
  expect(lines).toEqual([
    '名称           n',
    '────────────  ──',
    '华夏成长混合   1',
    'Bond          20',
    '',
  ]);
});

it.each([80, 40, 25, 12])('fits into %i columns', (width) => {
  const rows = [
    ['A very long name of a fund that goes on and on', '基金'.repeat(20), 123456789],
    ['b', 'c', 1],
  ];
  const text = table(['name', 'note', 'assets'], rows, { width });
  for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
  // A number that is cut is another number.
  expect(text.includes('123456789') || width < 20).toBe(true);
  expect(text).toContain('…');
});

it('shows each row as a block where columns cannot stand side by side', () => {
  expect(table(['name', 'assets', 'education'], [['Lin Yue', 1250.5, 'PhD']], { width: 18 })).toBe(
    ['── 1 of 1 ──', 'name       Lin Yue', 'assets     1250.5', 'education  PhD', ''].join('\n'),
  );
});

it('is as wide as it wants where nobody looks', () => {
  const stdout = Object.assign(new PassThrough(), { columns: 10 });
  const terminal = {
    stdout,
    stderr: new PassThrough(),
    stdin: new PassThrough(),
    cwd: '',
    env: {},
    signal: new AbortController().signal,
  };
  expect(tableOptions(terminal).width).toBeUndefined();
  Object.assign(stdout, { isTTY: true });
  expect(tableOptions(terminal).width).toBe(10);
});

it.each([
  [{ isTTY: true }, {}, true],
  [{ isTTY: true }, { NO_COLOR: '1' }, false],
  [{ isTTY: true }, { NO_COLOR: '' }, true],
  [{ isTTY: true }, { TERM: 'dumb' }, false],
  [{}, {}, false],
  [{}, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  [{ isTTY: true }, { FORCE_COLOR: '0' }, false],
])('colours %j with %j: %s', (stream, env, coloured) => {
  expect(styleOf(stream, env).bold('a') !== 'a').toBe(coloured);
});
