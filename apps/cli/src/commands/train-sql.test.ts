import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { loadEngine } from '@quaestor/peft';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCharacterModel } from '../testing/character-model.ts';
import { runIn } from '../testing/command-line.ts';
import { describeRun } from '../training/training-flags.ts';

let folder: string;
const home = process.env.QUAESTOR_HOME;
const questions = (list: readonly string[][]) =>
  writeFileSync(
    join(folder, 'train.json'),
    JSON.stringify(list.map(([question, query]) => ({ question, query, db_id: 'shop' }))),
  );
const PAIRS = [
  ['How many?', 'select count(*) from item'],
  ['Names?', 'select name from item'],
  ['Over 2?', 'select name from item where price > 2'],
];

beforeAll(async () => {
  // The engine lies in the true home folder.
  await loadEngine();
  folder = mkdtempSync(join(tmpdir(), 'quaestor-train-sql-'));
  process.env.QUAESTOR_HOME = join(folder, 'home');
  writeCharacterModel(join(folder, 'tiny'));
  mkdirSync(join(folder, 'database'));
  const database = new Database(join(folder, 'database', 'shop.sqlite'));
  database.exec('create table item (name text, price real); insert into item values (1, 2.5)');
  database.close();
  questions(PAIRS);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  if (home === undefined) delete process.env.QUAESTOR_HOME;
  else process.env.QUAESTOR_HOME = home;
});

describe('quaestor train sql', () => {
  const words = [
    ...['train', 'sql', '--questions', 'train.json', '--databases', 'database'],
    // The tiny model has 128 positions.
    ...['--use', 'withoutExemplar=1'],
  ];
  const train = (...more: string[]) =>
    runIn(folder, [...words, '--model', join(folder, 'tiny'), '--json', ...more]);
  const recipe = (out: string): unknown => {
    const path = JSON.parse(out).folder as string;
    return JSON.parse(readFileSync(join(path, 'quaestor.json'), 'utf8')).recipe;
  };

  it('notes in the card whether skeletons come first', async () => {
    const plain = await train('--out', 'plain', '--max-steps', '1');
    expect([plain.code, plain.error]).toEqual([0, expect.stringContaining('3 examples')]);
    expect(recipe(plain.out)).toMatchObject({ skeletonFirst: false });
    const { out, code } = await train('--out', 'bones', '--max-steps', '1', '--skeleton-first');
    expect(code).toBe(0);
    expect(recipe(out)).toMatchObject({ skeletonFirst: true, questions: ['train.json'] });
    const [first, other] = [plain, { out }].map((run) => JSON.parse(run.out).losses[0]);
    expect(first).not.toBe(other);
  });

  it('builds no more examples than its steps get to see, the same each time', async () => {
    const two = ['--max-steps', '1', '--batch-size', '2'];
    const { code, out, error } = await train('--out', 'few', ...two);
    expect([code, error]).toEqual([0, expect.stringContaining('2 examples')]);
    const again = await train('--out', 'again', ...two);
    expect(JSON.parse(again.out).losses).toEqual(JSON.parse(out).losses);
    // Half a pass is half of all examples, whatever the steps.
    const half = await train('--out', 'half', ...two, '--num-train-epochs', '0.5');
    expect(half.error).toContain('3 examples');
  });

  it('goes on from an adapter with its settings, and not from one of another method', async () => {
    const begun = await train('--out', 'narrow', '--max-steps', '1', '--set', 'r=3');
    expect(recipe(begun.out)).toMatchObject({ tuner: { r: 3 } });
    const more = ['--from', 'narrow', '--max-steps', '1'];
    const { code, out, error } = await train('--out', 'wiser', ...more);
    expect([code, error]).toEqual([0, expect.stringContaining('3 examples')]);
    expect(recipe(out)).toMatchObject({ from: 'narrow', tuner: { r: 3 } });
    const pair = ['hub', 'pair', 'narrow', 'wiser', '--out', 'both'];
    expect((await runIn(folder, pair)).code).toBe(0);
    const trained = JSON.parse(
      (await train('--out', 'third', '--from', 'both', ...more.slice(2))).out,
    );
    const seconds = ['wiser', 'third/second'].map((name) =>
      readFileSync(join(trained.folder, '..', name, 'adapter_model.safetensors')),
    );
    expect(seconds[0]?.equals(seconds[1] as Buffer)).toBe(true);
    const other = await train('--out', 'other', ...more, '--method', 'ia3');
    expect(other.code).not.toBe(0);
    expect(other.error).toContain('narrow is an adapter of the method lora, and ia3 is asked for');
  });

  it('goes on for the databases of the adapter that it goes on from', async () => {
    const begun = JSON.parse((await train('--out', 'shops', '--max-steps', '1')).out);
    const file = (path: string) => join(path, 'quaestor.json');
    const card = JSON.parse(readFileSync(file(begun.folder), 'utf8'));
    expect(card.databases).toEqual([]);
    writeFileSync(file(begun.folder), JSON.stringify({ ...card, databases: ['shop'] }));
    const { out } = await train('--out', 'more', '--from', 'shops', '--max-steps', '1');
    const { databases } = JSON.parse(readFileSync(file(JSON.parse(out).folder), 'utf8'));
    expect(databases).toEqual(['shop']);
  });

  it('tells of a question that is there twice', async () => {
    questions([...PAIRS, PAIRS[0] as string[]]);
    const { error } = await train('--out', 'twice', '--max-steps', '1');
    expect(error).toContain('1 question is asked more than once of the same database');
    questions(PAIRS);
  });

  it('goes on with a stopped run only from the same questions', () => {
    const flags = { out: 'x', method: 'lora', set: [], seed: 1, replace: false, restart: false };
    const checkpoints = () =>
      describeRun({ ...flags, json: false } as never, folder, ['train.json']).checkpoints;
    const before = checkpoints();
    expect(checkpoints()).toBe(before);
    questions(PAIRS.slice(1));
    expect(checkpoints()).not.toBe(before);
    questions(PAIRS);
    expect(checkpoints()).toBe(before);
  });
});
