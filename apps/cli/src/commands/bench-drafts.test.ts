import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, expect, it } from 'vitest';
import { temporaryHome } from '../testing/command-line.ts';

const home = await temporaryHome();
afterAll(() => home.remove());

it('quaestor bench drafts writes the same faster or slower, and says by how much', async () => {
  const folder = join(home.folder, 'database', 'shop');
  mkdirSync(folder, { recursive: true });
  const database = new Database(join(folder, 'shop.sqlite'));
  database.exec("create table item (name text, price real); insert into item values ('pen', 2)");
  database.close();
  const ask = (question: string, query: string) => ({ question, db_id: 'shop', query });
  const known = [
    ask('How many items cost 2?', 'select count(*) from item where price = 2'),
    ask('Which items cost 2?', 'select name from item where price = 2'),
  ];
  writeFileSync(join(home.folder, 'known.json'), JSON.stringify(known));
  const dev = [ask('How many items?', 'select count(*) from item')];
  writeFileSync(join(home.folder, 'dev.json'), JSON.stringify(dev));
  const { out, code } = await home.quaestor(
    ...['bench', 'drafts', '--model', 'tiny', '--adapter', 'none', '--questions', 'dev.json'],
    ...['--databases', 'database', '--exemplars', 'known.json', '--json'],
  );
  expect(code).toBe(0);
  const { speeds, questions } = JSON.parse(out) as {
    questions: number;
    speeds: readonly Record<string, number | string>[];
  };
  expect(questions).toBe(1);
  const [plain, drafted, , held] = speeds;
  expect(plain).toMatchObject({ mode: 'token by token', ratio: 1, same: 1, statements: 1 });
  expect(drafted).toMatchObject({ mode: 'looked up', same: 1, tokens: plain?.tokens });
  expect(held).toMatchObject({ mode: 'grammar, looked up', statements: 1 });
  for (const { tokensPerSecond } of speeds.slice(0, 4)) expect(tokensPerSecond).toBeGreaterThan(0);
});
