/** The last resort: without a native engine the model gives the same logits, and says that it is slow. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('wasm-engine-child.ts', import.meta.url));

it('computes the golden logits, a LoRA step and a generation on wasm', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@quaestor/source', '--import', 'tsx', script],
    { env: { ...process.env, QUAESTOR_ENGINE: 'wasm' } },
  );
  const report = JSON.parse(stdout);
  expect(report.name).toBe('wasm');
  expect(JSON.stringify(report.notes)).toMatch(/slower than tfjs-node/);
  expect(report.difference).toBeLessThan(1e-4);
  expect(report.ids).toEqual(report.expectedIds);
  expect(report.losses[1]).toBeLessThan(report.losses[0]);
});
