import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { statIfThere } from './stat-if-there.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-stat-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('knows what is there, and takes a path at which nothing can lie for one where nothing does', () => {
  writeFileSync(join(folder, 'file'), 'four');
  symlinkSync('loop', join(folder, 'loop'));
  expect(statIfThere(join(folder, 'file'))?.size).toBe(4);
  expect(statIfThere(folder)?.isDirectory()).toBe(true);
  for (const path of ['none', 'file/below', 'loop', 'n'.repeat(300)]) {
    expect(statIfThere(join(folder, path))).toBeUndefined();
  }
  expect(() => statIfThere('\0')).toThrow();
});
