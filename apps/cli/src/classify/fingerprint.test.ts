import { linkSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-fingerprint-'));
  file = join(folder, 'rows.csv');
  writeFileSync(file, 'a,b\n1,2\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('changes with the contents of a file, though size and time stay', async () => {
  const { atime, mtime } = statSync(file);
  const before = await fingerprintOf([file], {});
  writeFileSync(file, 'a,b\n1,3\n');
  utimesSync(file, atime, mtime);
  expect(await fingerprintOf([file], {})).not.toBe(before);
  writeFileSync(file, 'a,b\n1,2\n');
  linkSync(file, join(folder, 'link.csv'));
  utimesSync(file, new Date(0), new Date(0));
  expect(await fingerprintOf([file], {})).toBe(before);
});

it('changes with settings, and with files that come, go and change places', async () => {
  const other = join(folder, 'other.csv');
  const seen = [await fingerprintOf([file, other, undefined], {})];
  seen.push(await fingerprintOf([file, other, undefined], { trees: 5 }));
  writeFileSync(other, 'a,b\n1,2\n');
  seen.push(await fingerprintOf([file, other, undefined], {}));
  seen.push(await fingerprintOf([other, file, undefined], {}));
  expect(new Set(seen).size).toBe(4);
});
