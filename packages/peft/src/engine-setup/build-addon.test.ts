import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isPlaced, placeFile } from './build-addon.ts';

describe('placeFile', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'quaestor-place-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('copies, remembers the source and leaves nothing else', () => {
    const source = join(folder, 'cached.node');
    const target = join(folder, 'deep', 'installed.node');
    writeFileSync(source, 'build');
    placeFile(source, target);
    expect(readFileSync(target, 'utf8')).toBe('build');
    expect(isPlaced(source, target)).toBe(true);
    expect(readdirSync(join(folder, 'deep')).sort()).toEqual([
      'installed.node',
      'installed.node.origin',
    ]);
  });

  it('notices a file that came from elsewhere or was changed', () => {
    const [one, two] = [join(folder, 'one.node'), join(folder, 'two.node')];
    const target = join(folder, 'installed.node');
    writeFileSync(one, 'same size 1');
    writeFileSync(two, 'same size 2');
    placeFile(one, target);
    expect(isPlaced(two, target)).toBe(false);
    placeFile(two, target);
    expect(isPlaced(one, target)).toBe(false);
    expect(readFileSync(target, 'utf8')).toBe('same size 2');
    writeFileSync(target, 'built by hand');
    expect(isPlaced(two, target)).toBe(false);
  });

  it('keeps the old file when the new one cannot be read', () => {
    const target = join(folder, 'installed.node');
    writeFileSync(target, 'old');
    expect(() => placeFile(join(folder, 'missing.node'), target)).toThrow('ENOENT');
    expect(readFileSync(target, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['installed.node']);
  });
});
