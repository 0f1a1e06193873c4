import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ADAPTER_TENSORS, writeAdapter } from '../io/adapter-files.ts';

const RACERS = 2;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-add-race-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** An adapter that takes a while to read. */
function largeAdapter(own: number): string {
  const size = 2 ** 18;
  const tensors = ['A', 'B'].map((factor) => {
    const shape = factor === 'A' ? [4, size] : [size, 4];
    const data = new Float32Array(4 * size).fill(own + 1);
    return [`base_model.model.model.x.lora_${factor}.weight`, { shape, data }] as const;
  });
  const path = join(folder, `source-${own}`);
  writeAdapter(path, { peft_type: 'LORA', r: 4, lora_alpha: 4 }, new Map(tensors));
  return path;
}

it('gives a name to one of two processes that add at the same time', async () => {
  const program = `import { readdirSync, writeFileSync } from 'node:fs';
    import { openHub } from '${new URL('./adapter-hub.ts', import.meta.url).href}';
    const [folder, source, own] = process.argv.slice(1);
    writeFileSync(folder + '/ready-' + own, '');
    while (readdirSync(folder).filter((name) => name.startsWith('ready-')).length < ${RACERS});
    try {
      openHub([folder + '/hub']).add(source, 'mine');
      console.log('added');
    } catch (error) {
      console.log(error.code, error.message);
    }`;
  const outputs = await Promise.all(
    Array.from({ length: RACERS }, (_, own) =>
      promisify(execFile)(process.execPath, [
        ...['--conditions=@quaestor/source', '--import', 'tsx', '--input-type=module'],
        ...['--eval', program, folder, largeAdapter(own), String(own)],
      ]),
    ),
  );
  const told = outputs.map(({ stdout }) => stdout.trim());
  expect([...told].sort()).toEqual([
    'added',
    expect.stringMatching(/^bad-config There is already an adapter mine; choose another name/),
  ]);
  const winner = told.indexOf('added');
  const [kept, given] = [join(folder, 'hub', 'mine'), join(folder, `source-${winner}`)].map(
    (path) => readFileSync(join(path, ADAPTER_TENSORS)),
  );
  expect(kept?.equals(given as Buffer)).toBe(true);
});
