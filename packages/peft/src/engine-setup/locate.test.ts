import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { engineState, kernelSources, kernelsFile, tfjsNodeFolder } from './locate.ts';

const home = mkdtempSync(join(tmpdir(), 'quaestor-locate-'));
afterAll(() => rmSync(home, { recursive: true }));

it('finds the installed package and not the optional one', () => {
  const folder = tfjsNodeFolder('cpu');
  expect(folder === null ? '' : join(basename(dirname(folder)), basename(folder))).toBe(
    join('@tensorflow', 'tfjs-node'),
  );
  expect(tfjsNodeFolder('gpu')).toBeNull();
});

it('finds no kernels in an empty state folder, but knows where they would be', () => {
  expect(kernelSources().length).toBeGreaterThan(0);
  const file = kernelsFile(home);
  expect(file).toContain(join(home, 'engine', 'kernels-'));
  expect(engineState(home).kernels).toBeNull();
});

it('says that the engine is there exactly when its files are', () => {
  const { variant, binding, libraries, missing } = engineState(home);
  if (variant === null) expect(missing.length).toBeGreaterThan(0);
  else expect([binding, libraries].every((path) => path !== null && existsSync(path))).toBe(true);
});
