import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runIn, type TemporaryHome, temporaryHome } from '../testing/command-line.ts';

let home: TemporaryHome;
beforeAll(async () => {
  home = await temporaryHome();
});
afterAll(() => home.remove());

it('finishes a run that ended between its last checkpoint and the hub with the figures of that', async () => {
  const record = { instruction: 'Name it.', input: '', output: 'bond' };
  writeFileSync(join(home.folder, 'records.jsonl'), JSON.stringify(record));
  const words =
    'train instructions --records records.jsonl --model tiny --out x --max-steps 1 --set r=2 --json'.split(
      ' ',
    );
  const stopped = await runIn(home.folder, words, AbortSignal.abort());
  expect([stopped.code, stopped.error]).toEqual([130, expect.stringContaining('step 1 is kept')]);
  expect(readdirSync(join(home.folder, 'training', 'x'))).toHaveLength(1);
  const { code, out } = await home.quaestor(...words);
  expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ steps: 1, losses: [] })]);
  const file = join(home.folder, 'adapters', 'x', 'quaestor.json');
  const { scores, recipe } = JSON.parse(readFileSync(file, 'utf8'));
  expect(scores.training_loss).toBeGreaterThan(1);
  expect(recipe).toMatchObject({
    precision: expect.stringMatching(/^b?float/),
    storage: expect.stringMatching(/^b?float/),
  });
});
