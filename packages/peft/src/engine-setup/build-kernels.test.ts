import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { buildKernels, forgetRefusedKernels } from './build-kernels.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'quaestor-kernels-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

it('goes on where the compiler refuses the kernels, and tries again only when asked to', async () => {
  vi.stubEnv('CXX', '/bin/false');
  const step = buildKernels('cpu');
  const said: string[] = [];
  const { signal } = new AbortController();
  expect(step.done(home)).toBe(false);
  await step.run({ home, signal, report: ({ kind, text }) => said.push(`${kind}: ${text}`) });
  expect(said).toEqual([expect.stringMatching(/^note: going on without compiled kernels/)]);
  expect(step.done(home)).toBe(true);
  forgetRefusedKernels(home);
  expect(step.done(home)).toBe(false);
});
