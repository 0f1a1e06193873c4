import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../run.ts';
import { type TemporaryHome, temporaryHome } from '../testing/command-line.ts';

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
  expect(await stoppedAfterStep(words)).toEqual([130, expect.stringContaining('step 1 is kept')]);
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

it('keeps an unfinished run of its name that was begun with other settings, and says so', async () => {
  const record = { instruction: 'Name it.', input: '', output: 'bond' };
  writeFileSync(join(home.folder, 'records.jsonl'), JSON.stringify(record));
  const words =
    'train instructions --records records.jsonl --model tiny --out y --set r=2 --json'.split(' ');
  await stoppedAfterStep([...words, '--num-train-epochs', '100']);
  const other = [...words, '--max-steps', '1'];
  const finished = await home.quaestor(...other);
  expect([finished.code, finished.error]).toEqual([
    0,
    expect.stringContaining('an unfinished run of y with other settings or data stands at step 1'),
  ]);
  expect(readdirSync(join(home.folder, 'training', 'y'))).toHaveLength(1);
  const restarted = await home.quaestor(...other, '--replace', '--restart');
  expect([restarted.code, restarted.error]).toEqual([0, expect.not.stringContaining('unfinished')]);
  expect(existsSync(join(home.folder, 'training', 'y'))).toBe(false);
});

/** Runs a training that is stopped as soon as it tells of its first step. @returns exit code and what it told */
async function stoppedAfterStep(words: readonly string[]): Promise<readonly [number, string]> {
  const stop = new AbortController();
  let told = '';
  const stderr = new Writable({
    write: (chunk, _encoding, done) => {
      told += chunk;
      if (told.includes('"type":"step"')) stop.abort();
      done();
    },
  });
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const env = { QUAESTOR_PROGRESS: 'json' };
  const terminal = { stdin, stdout, stderr, env, cwd: home.folder, signal: stop.signal };
  return [await run(words, terminal), told];
}
