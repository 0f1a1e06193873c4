import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { findDatabase } from './find-database.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-find-'));
  vi.stubEnv('QUAESTOR_HOME', join(folder, 'home'));
  mkdirSync(join(folder, 'home', 'databases'), { recursive: true });
  writeFileSync(join(folder, 'home', 'databases', 'demo.sqlite'), '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it('finds a file where one lies, else a database of that name', () => {
  const named = join(folder, 'home', 'databases', 'demo.sqlite');
  expect(findDatabase('demo', folder)).toBe(named);
  // A folder that is called so is no database.
  mkdirSync(join(folder, 'demo'));
  expect(findDatabase('demo', folder)).toBe(named);
  writeFileSync(join(folder, 'own.sqlite'), '');
  expect(findDatabase('own.sqlite', folder)).toBe(join(folder, 'own.sqlite'));
});

it('takes a path at which no file can lie for one where none does', () => {
  writeFileSync(join(folder, 'file'), '');
  symlinkSync('loop', join(folder, 'loop'));
  for (const name of ['file/below', 'loop', 'n'.repeat(300)]) {
    expect(() => findDatabase(name, folder)).toThrow(`There is no database ${name};`);
  }
});

it('says what there is', () => {
  expect(() => findDatabase('other', folder)).toThrow(
    'There is no database other; give a SQLite file or a name. Known databases: demo.',
  );
  expect(() => findDatabase('.', folder)).toThrow(
    '. is a folder, not a database; give a SQLite file or a name. Known databases: demo.',
  );
});
