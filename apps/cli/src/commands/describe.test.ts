import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describedSource } from '../described-source.ts';
import { runIn, type TemporaryHome, temporaryHome } from '../testing/command-line.ts';

let home: TemporaryHome;

beforeAll(async () => {
  home = await temporaryHome();
  mkdirSync(join(home.folder, 'databases', 'set'), { recursive: true });
  for (const path of ['databases/odd.sqlite', 'databases/set/set_1.sqlite', 'outside.sqlite']) {
    const database = new Database(join(home.folder, path));
    database.exec(`create table t_a (k integer, -- the key
      q2 real);
      create table "t_a.b" (q2 real);`);
    database.close();
  }
});
afterAll(() => home.remove());

const lines = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/ {2,}/));

describe('quaestor describe', () => {
  it('shows what tables and columns mean, and who says so', async () => {
    expect((await home.quaestor('describe', 'odd', 't_a.q2', 'hazard grade')).code).toBe(0);
    const { code, out, error } = await home.quaestor('describe', 'odd');
    expect([code, error]).toEqual([0, '']);
    expect(lines(out).slice(-5)).toEqual([
      ['t_a'],
      ['t_a.k', 'the key', 'the file'],
      ['t_a.q2', 'hazard grade', 'you'],
      ['t_a.b'],
      ['t_a.b.q2'],
    ]);
    await home.quaestor('describe', 'odd', 'T_A.B', 'a table with a dot');
    await home.quaestor('describe', 'odd', 't_a.b.q2', 'its column');
    const shown = await home.quaestor('describe', 'odd', 't_a.b');
    expect(lines(shown.out).slice(-2)).toEqual([
      ['t_a.b', 'a table with a dot', 'you'],
      ['t_a.b.q2', 'its column', 'you'],
    ]);
    expect((await home.quaestor('describe', 'odd', 't_a.b.q2', '--remove')).code).toBe(0);
    const { descriptions } = JSON.parse((await home.quaestor('describe', 'odd', '--json')).out);
    expect(descriptions).toEqual([
      { table: 't_a', column: 'q2', text: 'hazard grade' },
      { table: 't_a.b', column: null, text: 'a table with a dot' },
    ]);
  });

  it('counts for questions to that database, and to no file elsewhere', () => {
    const said = (path: string) => describedSource(join(home.folder, path)).descriptions?.length;
    expect(said('databases/odd.sqlite')).toBe(2);
    expect(said('databases/set/set_1.sqlite')).toBe(0);
    expect(said('outside.sqlite')).toBe(0);
  });

  it('counts for questions that are made of that database', async () => {
    const path = join(home.folder, 'databases', 'shop.sqlite');
    const database = new Database(path);
    database.exec(`create table t_i (i_name text, q2 real);
      insert into t_i values ('Cup', 3), ('Pot', 12), ('Pan', 20), ('Lid', 5);`);
    database.close();
    await home.quaestor('describe', 'shop', 't_i', 'sold goods');
    await home.quaestor('describe', 'shop', 't_i.q2', 'sales price');
    const words = ['--db', 'shop', '--count', '60', '--out', 'made.json'];
    expect((await home.quaestor('augment', 'sql', ...words)).code).toBe(0);
    const made = readFileSync(join(home.folder, 'made.json'), 'utf8');
    expect(made).toMatch(/\bsold goods\b/);
    expect(made).toMatch(/\bsales price\b/);
  });

  it('is noticed by a training that goes on', async () => {
    const questions = join(home.folder, 'questions.json');
    const pair = { question: 'How many?', db_id: 'odd', query: 'select count(*) from t_a' };
    writeFileSync(questions, JSON.stringify([pair]));
    const words = [
      ...['train', 'sql', '--questions', questions, '--model', 'tiny', '--out', 'described'],
      ...['--databases', join(home.folder, 'databases'), '--num-train-epochs', '200'],
      ...['--save-steps', '1', '--set', 'r=2'],
    ];
    const folder = join(home.folder, 'training', 'described');
    const kept = () => (existsSync(folder) ? readdirSync(folder, { recursive: true }) : []);
    const stop = new AbortController();
    const stopped = runIn(home.folder, words, stop.signal);
    await expect
      .poll(() => String(kept()), { timeout: 50_000, interval: 20 })
      .toContain('checkpoint-');
    stop.abort();
    expect((await stopped).code).toBe(130);
    await home.quaestor('describe', 'odd', 't_a.k', 'number of the hazard');
    const refused = await home.quaestor(...words);
    expect(refused.code).toBe(3);
    expect(refused.error).toMatch(/begun with other descriptions of odd, .* --restart/);
    await home.quaestor('describe', 'odd', 't_a.k', '--remove');
    const again = await runIn(home.folder, words, AbortSignal.timeout(3000));
    expect(again.error).toMatch(/going on after step \d/);
  });

  it.each([
    [['odd', 't_x', 'x'], 3, 'there is no table t_x'],
    [['odd', 't_a.q9', 'x'], 3, 't_a has no column q9; it has k, q2'],
    [['odd', 't_x'], 3, 'odd has no table t_x'],
    [['odd', 't_a', 'two\nlines'], 2, 'control characters'],
    [['odd', 't_a', 'x', '--remove'], 2, '--remove takes TABLE'],
    [['outside.sqlite', 't_a', 'x'], 3, 'outside of the databases folder'],
    [['none'], 3, 'There is no database none'],
  ])('refuses %j', async (words, code, reason) => {
    const outcome = await home.quaestor('describe', ...words);
    expect(outcome.error).toContain(reason);
    expect(outcome.code).toBe(code);
  });

  it('says where a database has to lie', async () => {
    const { error } = await home.quaestor('describe', 'outside.sqlite');
    const there = join(home.folder, 'databases', 'outside.sqlite');
    expect(error).toContain(`Copy it to ${there}, or upload it on the page`);
  });
});
