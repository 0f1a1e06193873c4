import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@quaestor/peft';
import { expect, it } from 'vitest';
import { fitTable } from './fit-table.ts';
import { loadModel } from './load-model.ts';
import type { ValueOpinion } from './opinions.ts';
import { predictRows } from './predict-rows.ts';
import { saveModel } from './save-model.ts';

const random = seededRandom(8);
const sizes = Array.from({ length: 90 }, () => random.normal());
const rows = sizes.map((size) => [size.toFixed(3), random.normal().toFixed(3)]);
/** Nothing for many, much for some. */
const owed = sizes.map((size) => Math.max(0, 40 * size - 10));

async function opinionsOf(values: readonly number[]) {
  const labels = values.map((value) => value.toFixed(2));
  const learned = await fitTable({ columns: ['size', 'noise'], target: 'owed', rows, labels });
  return { learned, said: predictRows(learned, rows) as ValueOpinion[] };
}

it('what is never negative, or never positive, is not predicted to be, nor do intervals reach there', async () => {
  const { learned, said } = await opinionsOf(owed);
  expect(said.filter(({ value }) => value === 0).length).toBeGreaterThan(5);
  expect(
    said.every(({ value, low, high }) => value >= 0 && low === Math.max(0, low ?? 0) && high),
  ).toBe(true);

  const folder = mkdtempSync(join(tmpdir(), 'quaestor-sign-'));
  try {
    saveModel(learned, folder);
    expect(predictRows(await loadModel(folder), rows)).toEqual(said);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const mirrored = await opinionsOf(owed.map((value) => -value));
  expect(mirrored.said.every(({ value, high }) => value <= 0 && (high ?? 1) <= 0)).toBe(true);
  const either = await opinionsOf(owed.map((value, i) => value + (i === 0 ? -999 : 0)));
  expect(either.said.some(({ low }) => (low ?? 0) < 0)).toBe(true);
});
