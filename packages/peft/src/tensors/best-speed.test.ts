import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bestSpeed } from './best-speed.ts';
import { fastestForm } from './chosen-precision.ts';

let folder: string;
let kernels: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-speed-'));
  kernels = join(folder, 'kernels.node');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const quiet = { float32: 260, bfloat16: 150, mixed: 235, bytes: 420 };
const busy = { float32: 150, bfloat16: 90, mixed: 100, bytes: 170 };

it('is what it ever was, so that a busy start picks the form that quiet ones do', () => {
  expect(bestSpeed(kernels, busy)).toEqual(busy);
  expect(bestSpeed(kernels, quiet)).toEqual(quiet);
  expect(bestSpeed(kernels, busy)).toEqual(quiet);
  expect(fastestForm(bestSpeed(kernels, busy))).toEqual(fastestForm(quiet));
  expect(fastestForm(busy)).not.toEqual(fastestForm(quiet));
});

it.each(['', '{"float32":1}', '{"float32":"x","bfloat16":1,"mixed":1,"bytes":1}', '[]'])(
  'begins anew beside %j',
  (text) => {
    writeFileSync(`${kernels}.speed.json`, text);
    expect(bestSpeed(kernels, busy)).toEqual(busy);
    expect(bestSpeed(kernels, quiet)).toEqual(quiet);
  },
);

it('leaves nothing where nothing can be written', () => {
  const nowhere = join(folder, 'none', 'kernels.node');
  expect(bestSpeed(nowhere, busy)).toEqual(busy);
});
