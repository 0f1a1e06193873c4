/** The last resort: without a native engine the model gives the same logits, and says that it is slow. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('wasm-engine-child.ts', import.meta.url));

it('computes the golden logits, training steps, those of the embedding among them, and a generation on wasm', async () => {
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
  for (const [first, second] of report.losses) expect(second).toBeLessThan(first);
  expect(report.gathered).toEqual([
    [
      [10, 20],
      [101, 202],
      [0, 0],
    ],
  ]);
});
