import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { expectFree } from './free-place.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-place-'));
  writeFileSync(join(folder, 'file'), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

const check = (place: string, replace = false) =>
  expectFree(join(folder, place), {
    replace,
    what: { en: 'a model', zh: '模型' },
    isOne: (path) => existsSync(join(path, 'config.json')),
  });

it('takes an empty place or one to be made, and leaves nothing there', () => {
  mkdirSync(join(folder, 'empty'));
  for (const place of ['empty', 'new', 'a/b/c']) check(place);
  expect(readdirSync(folder).sort()).toEqual(['empty', 'file']);
});

it('refuses a place that is taken, or that holds something else', () => {
  mkdirSync(join(folder, 'full', 'inner'), { recursive: true });
  expect(() => check('full')).toThrow(/is there already; .* replace it with --replace/);
  expect(() => check('full', true)).toThrow('holds something else than a model');
});

it('refuses a place in which nothing can be written', () => {
  for (const place of ['file/below', 'n'.repeat(300)]) {
    expect(() => check(place)).toThrow(`Cannot write ${join(folder, place)}: `);
  }
});
