import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import openWabt from 'wabt';
import { MemoryPlan, startProgram } from './lanes-program.ts';

it.each(['kernel-curve', 'tree-fall'])('%s-bytes.ts is the program of its .wat', async (name) => {
  const { parseWat } = await openWabt();
  const text = readFileSync(new URL(`${name}.wat`, import.meta.url), 'utf8');
  const program = parseWat(`${name}.wat`, text, { simd: true, sat_float_to_int: true });
  const { buffer } = program.toBinary({});
  program.destroy();
  const base64 = Buffer.from(buffer).toString('base64');
  const constant = name.toUpperCase().replaceAll('-', '_');
  await expect(
    `/** The bytes of ${name}.wat in base64; see there. */\nexport const ${constant} =\n  '${base64}';\n`,
  ).toMatchFileSnapshot(`./${name}-bytes.ts`);
});

it('does not start what is no program, or what there is no room for', () => {
  expect(startProgram(Buffer.from('no program').toString('base64'), 10)).toBeNull();
  const empty = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]).toString('base64');
  expect(startProgram(empty, 10)?.memory.byteLength).toBe(65_536);
  expect(startProgram(empty, 2 ** 40)).toBeNull();
});

it('places parts one after the other, each where lanes can be read', () => {
  const plan = new MemoryPlan();
  expect([plan.take(3), plan.take(0), plan.take(17), plan.bytes]).toEqual([0, 16, 16, 48]);
});
