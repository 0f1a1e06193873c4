import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { whyNoStateFolder } from './state-folder.ts';

it.skipIf(process.platform !== 'linux')('is told where the system makes no folders', () => {
  for (const home of ['/proc/nothing', '/proc/nothing/below']) {
    expect(whyNoStateFolder(home)?.en).toBe('no folders can be made in /proc');
  }
});

it('is no file, and lies below none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quaestor-file-'));
  const file = join(folder, 'file');
  writeFileSync(file, '');
  for (const home of [file, join(file, 'below')]) {
    expect(whyNoStateFolder(home)?.en).toBe(`${file} is a file`);
  }
  rmSync(folder, { recursive: true });
});

it('is not made by asking whether it could be', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quaestor-possible-'));
  expect(whyNoStateFolder(folder)).toBeNull();
  expect(whyNoStateFolder(join(folder, 'below', 'home'))).toBeNull();
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});
