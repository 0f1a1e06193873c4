import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { namedFile } from './named-file.ts';
import { replaceFile } from './replace-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-named-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const called = (name: string) => basename(namedFile(folder, name, '.json'));

describe('namedFile', () => {
  it.each([
    ['sales', 'sales.json'],
    ['sales_2024.v-1', 'sales_2024.v-1.json'],
    ['my sales', 'my sales.json'],
    ['基金净值', '基金净值.json'],
    ['a/b\\c', 'a%2Fb%5Cc.json'],
    ['a%2Fb', 'a%252Fb.json'],
    ['a\n', 'a%0A.json'],
  ])('calls that of %j %j', (name, file) => {
    expect(called(name)).toBe(file);
  });

  it.each(['基'.repeat(64), '基'.repeat(80), '𠮷'.repeat(62), 'x'.repeat(245)])(
    'can be written and replaced for a long name: %s',
    (name) => {
      const path = namedFile(folder, name, '.json');
      for (const text of ['1', '2']) replaceFile(path, Buffer.from(text));
      expect(readFileSync(path, 'utf8')).toBe('2');
      expect(readdirSync(folder)).toEqual([`${name}.json`]);
    },
  );

  it('goes on with a file that is called as in a URL', () => {
    writeFileSync(join(folder, `${encodeURIComponent('基金 1')}.json`), '{}');
    expect(called('基金 1')).toBe('%E5%9F%BA%E9%87%91%201.json');
    writeFileSync(join(folder, '基金 1.json'), '{}');
    expect(called('基金 1')).toBe('基金 1.json');
    expect(called('%E5%9F%BA%E9%87%91%201')).toBe('%25E5%259F%25BA%25E9%2587%2591%25201.json');
  });
});
