import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../run.ts';
import { type TemporaryHome, temporaryHome } from '../testing/command-line.ts';

const STEP = '"type":"step"';

/** A training of one example, but for its name and its length. */
const LITTLE = [
  ...['train', 'instructions', '--records', 'records.jsonl', '--model', 'tiny'],
  ...['--num-train-epochs', '9'],
];

let home: TemporaryHome;
beforeAll(async () => {
  home = await temporaryHome();
  const record = { instruction: 'Name it.', input: '', output: 'bond' };
  writeFileSync(join(home.folder, 'records.jsonl'), JSON.stringify(record));
});
afterAll(() => home.remove());

const cardOf = (name: string) =>
  JSON.parse(readFileSync(join(home.folder, 'adapters', name, 'quaestor.json'), 'utf8'));

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

it('leaves an adapter that took its name while it was trained, and keeps its own', async () => {
  const record = { instruction: 'Name it.', input: '', output: 'bond' };
  writeFileSync(join(home.folder, 'records.jsonl'), JSON.stringify(record));
  const words =
    'train instructions --records records.jsonl --model tiny --set r=2 --max-steps 1'.split(' ');
  expect(await home.quaestor(...words, '--out', 'first')).toMatchObject({ code: 0 });
  const first = join(home.folder, 'adapters', 'first');
  const taken = join(home.folder, 'adapters', 'taken');
  const [code, told] = await toldStep([...words, '--out', 'taken'], () =>
    cpSync(first, taken, { recursive: true }),
  );
  expect([code, told]).toEqual([3, expect.stringContaining('An adapter taken came into the hub')]);
  const [, kept = ''] = /quaestor hub add (\S+) OTHERNAME/.exec(told) ?? [];
  expect(await home.quaestor('hub', 'add', kept, 'other')).toMatchObject({ code: 0 });
  const created = (name: string) =>
    readFileSync(join(home.folder, 'adapters', name, 'quaestor.json'), 'utf8');
  expect(created('taken')).toBe(created('first'));
  expect(created('other')).not.toBe(created('first'));
  expect(await home.quaestor(...words, '--out', 'taken', '--replace')).toMatchObject({ code: 0 });
  expect(created('taken')).not.toBe(created('first'));
});

/** Runs a training that is stopped as soon as it tells of its first step. @returns exit code and what it told */
function stoppedAfterStep(words: readonly string[]): Promise<readonly [number, string]> {
  const stop = new AbortController();
  return toldStep(words, () => stop.abort(), stop.signal);
}

/** Runs a training with something to do when it tells of its first step. @returns exit code and what it told */
async function toldStep(
  words: readonly string[],
  onStep: () => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<readonly [number, string]> {
  let told = '';
  const stderr = new Writable({
    write: (chunk, _encoding, done) => {
      const first = !told.includes(STEP);
      told += chunk;
      if (first && told.includes(STEP)) onStep();
      done();
    },
  });
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const env = { QUAESTOR_PROGRESS: 'json' };
  const terminal = { stdin, stdout, stderr, env, cwd: home.folder, signal };
  const code = await run(words, terminal);
  return [code, told];
}

it.each([
  ['ia3', []],
  ['adalora', ['--set', 'init_r=4', '--set', 'target_r=2']],
  ['dora', ['--set', 'r=2']],
  ['adapter-pfeiffer', []],
  ['prompt-tuning', []],
])(
  'goes on from an adapter of %s with its method, unless another is named',
  async (method, set) => {
    const train = (...more: string[]) => home.quaestor(...LITTLE, '--max-steps', '6', ...more);
    const begun = await train('--out', method, '--method', method, ...set);
    expect([begun.code, begun.error]).toEqual([0, expect.anything()]);
    const out = `${method}-2`;
    const more = await train('--out', out, '--from', method);
    expect([more.code, more.error]).toEqual([0, expect.anything()]);
    expect(cardOf(out).recipe).toMatchObject({ method, from: method });
    const other = method === 'ia3' ? 'ln-tuning' : 'ia3';
    const refused = await train('--out', 'other', '--from', method, '--method', other);
    expect([refused.code, refused.error]).toEqual([
      3,
      expect.stringContaining(`adapter of the method ${method}, and ${other} is asked for`),
    ]);
  },
);

it('calls an adapter of DoRA that, whatever the word for its file is', async () => {
  const train = (...more: string[]) => home.quaestor(...LITTLE, '--max-steps', '1', ...more);
  await train('--out', 'magnitudes', '--method', 'dora', '--set', 'r=2');
  await train('--out', 'plain', '--method', 'lora', '--set', 'r=2');
  const more = await train('--out', 'again', '--from', 'magnitudes', '--method', 'lora');
  expect([more.code, cardOf('again').recipe.method]).toEqual([0, 'dora']);
  const { code, error } = await train('--out', 'none', '--from', 'plain', '--method', 'dora');
  expect([code, error]).toEqual([3, expect.stringContaining('of the method lora, and dora is')]);
});

it('goes on from ranks that ReLoRA has summed up, however high', async () => {
  const train = (...more: string[]) => home.quaestor(...LITTLE, ...more);
  const relora = ['--method', 'relora', '--set', 'r=8', '--set', 'relora_every=1'];
  const begun = await train('--out', 'summed', '--max-steps', '3', ...relora);
  expect([begun.code, begun.error]).toEqual([0, expect.anything()]);
  const more = await train('--out', 'summed-2', '--max-steps', '1', '--from', 'summed');
  expect([more.code, more.error]).toEqual([0, expect.anything()]);
  // The tiny model is 16 wide.
  expect(cardOf('summed-2').recipe).toMatchObject({ method: 'lora', tuner: { r: 24 } });
  const own = ['--set', 'r=24', '--method', 'lora'];
  const { code, error } = await train('--out', 'none', '--max-steps', '1', ...own);
  expect([code, error]).toEqual([3, expect.stringContaining('rank 24 is above')]);
});
