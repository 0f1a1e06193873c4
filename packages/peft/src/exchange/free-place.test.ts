import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { expectFree } from './free-place.ts';
import { encodeGguf, isGgufAdapter } from './gguf-file.ts';

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
  mkdirSync(join(folder, 'model'));
  writeFileSync(join(folder, 'model', 'config.json'), '{}');
  expect(() => check('model')).toThrow(/is there already; .* replace it with --replace/);
  check('model', true);
  for (const place of ['full', 'file']) {
    for (const replace of [false, true]) {
      expect(() => check(place, replace)).toThrow('holds something else than a model; choose');
    }
  }
});

it('refuses a place in which nothing can be written', () => {
  for (const place of ['file/below', 'n'.repeat(300)]) {
    expect(() => check(place)).toThrow(`Cannot write ${join(folder, place)}: `);
  }
});

it('takes only a GGUF file of an adapter for one', () => {
  const kinds = { 'adapter.gguf': 'adapter', 'model.gguf': 'model' };
  for (const [name, string] of Object.entries(kinds)) {
    const keys = new Map([['general.type', { string }]]);
    writeFileSync(join(folder, name), encodeGguf(keys, new Map()));
  }
  writeFileSync(join(folder, 'text'), 'GGUF is a format of files.');
  const found = readdirSync(folder).filter((name) => isGgufAdapter(join(folder, name)));
  expect(found).toEqual(['adapter.gguf']);
});
