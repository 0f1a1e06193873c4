import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startServer } from './listen.ts';
import { makeStateFolder } from './state-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-state-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is made where there is none', () => {
  makeStateFolder(join(folder, 'a', 'b'));
  expect(existsSync(join(folder, 'a', 'b'))).toBe(true);
});

it.skipIf(process.platform !== 'linux')('is refused at once where the system makes none', () => {
  expect(() => makeStateFolder('/proc/nothing/home')).toThrow(/cannot be written: .*QUAESTOR_HOME/);
});

it('is named at the start where it cannot be written', async () => {
  writeFileSync(join(folder, 'file'), '');
  const home = join(folder, 'file', 'home');
  await expect(startServer({ home, port: 0 })).rejects.toMatchObject({
    code: 'bad-config',
    message: expect.stringMatching(/file\/home cannot be written: .*QUAESTOR_HOME/),
  });
});

it('is no file', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => makeStateFolder(file)).toThrow(`${file} cannot be written: ${file} is a file.`);
});
