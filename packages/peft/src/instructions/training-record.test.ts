import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readTrainingRecords } from './training-record.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-records-'));
  file = join(folder, 'records.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (...records: readonly object[]) =>
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
const prompted = { prompt: 'Two and two? ', completion: 'four' };
const instructed = { instruction: 'Add two and two.', input: '', output: 'four' };

it('reads both forms, mixed, and passes over what is neither', async () => {
  write(prompted, instructed, { ...prompted, instruction: 'Add.' }, { ...instructed, text: 'x' });
  const read = [];
  for await (const record of readTrainingRecords(file)) read.push(record);
  expect(read).toEqual([prompted, instructed, prompted, instructed]);
});

it('refuses a record in both forms', async () => {
  write(prompted, { ...prompted, ...instructed });
  const reading = (async () => {
    for await (const _ of readTrainingRecords(file));
  })();
  await expect(reading).rejects.toMatchObject({
    code: 'bad-file',
    message: expect.stringContaining('line 2: has prompt and completion, and instruction and'),
    chinese: expect.stringContaining('第 2 行：同时有 prompt、completion'),
  });
});
