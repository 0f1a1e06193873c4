import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSqlExecutor } from './execute.ts';
import { Database } from './sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-execute-'));
const file = join(folder, 'shop.sqlite');
const executor = createSqlExecutor({ workers: 1, timeoutMs: 2000, memoryBytes: 60_000_000 });

beforeAll(() => {
  const database = new Database(file);
  database.exec(`create table item (id integer primary key, name text, price real, big integer);
    insert into item values (1, 'pen', 1.5, 9007199254740993), (2, 'ink', 7, 2), (3, null, null, -9223372036854775808)`);
  database.close();
});
afterAll(() => {
  executor.close();
  rmSync(folder, { recursive: true });
});

const ENDLESS =
  'with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) from r';

describe('createSqlExecutor', () => {
  it('returns rows with exact integers', async () => {
    const result = await executor.execute(file, 'select name, price, big from item order by id');
    expect(result.columns).toEqual(['name', 'price', 'big']);
    expect(result.rows).toEqual([
      ['pen', 1.5, '9007199254740993'],
      ['ink', 7, 2],
      [null, null, '-9223372036854775808'],
    ]);
    expect(result.truncated).toBe(false);
  });

  it('returns infinite numbers as texts, which JSON has room for', async () => {
    const { rows } = await executor.execute(file, 'select 1e999, -1e999');
    expect(rows).toEqual([['Infinity', '-Infinity']]);
  });

  it('says truthfully whether rows were left out', async () => {
    const three = await executor.execute(file, 'select id from item', { maxRows: 3 });
    const two = await executor.execute(file, 'select id from item', { maxRows: 2 });
    expect([three.rows.length, three.truncated, two.rows.length, two.truncated]).toEqual([
      3,
      false,
      2,
      true,
    ]);
  });

  it('stops an endless statement and works on', async () => {
    await expect(executor.execute(file, ENDLESS, { timeoutMs: 100 })).rejects.toMatchObject({
      code: 'timeout',
    });
    await expect(executor.execute(file, 'select 1')).resolves.toMatchObject({ rows: [[1]] });
  });

  it('refuses limits that would be none, all at once', async () => {
    const limits = { maxRows: -5, maxBytes: 2.5, timeoutMs: 2 ** 31, allowed: {} };
    await expect(executor.execute(file, 'select 1', limits)).rejects.toMatchObject({
      code: 'bad-config',
      problems: [/^maxRows: /, /^maxBytes: /, /^timeoutMs: /, /"allowed"/].map((line) =>
        expect.stringMatching(line),
      ),
    });
    const longest = { timeoutMs: 2 ** 31 - 1 };
    expect((await executor.execute(file, 'select 1', longest)).rows).toEqual([[1]]);
    const misspelt = { timeout: 5 };
    expect(() => createSqlExecutor({ timeoutMs: 2 ** 31, ...misspelt })).toThrow(
      /timeoutMs[\s\S]*"timeout"/,
    );
  });

  it('bounds memory', async () => {
    const greedy =
      "select group_concat(printf('%.1000000c', 'x')) from item a, item b, item c, item d, item e, item f";
    await expect(executor.execute(file, greedy, { timeoutMs: 30_000 })).rejects.toMatchObject({
      code: 'out-of-memory',
    });
    await expect(executor.execute(file, 'select 2')).resolves.toMatchObject({ rows: [[2]] });
  });

  it('keeps to its bytes, as JSON has them, before a row is taken', async () => {
    const limits = { maxBytes: 10_000 };
    const read = (sql: string) => executor.execute(file, sql, limits);
    const grown = "select printf('%.' || (id * 3000) || 'c', 'a') from item order by id";
    const { rows, truncated } = await read(grown);
    expect([rows.map(([text]) => String(text).length), truncated]).toEqual([[3000, 6000], true]);
    const large = { code: 'out-of-memory', message: expect.stringContaining('10000 bytes') };
    await expect(read("select printf('%.20000000c', 'a')")).rejects.toMatchObject(large);
    // Fewer characters than bytes: three of UTF-8 each, six of an escape each.
    for (const one of ['char(20013)', 'char(1)']) {
      const text = `select replace(printf('%.5000c', 'a'), 'a', ${one})`;
      await expect(read(text)).rejects.toMatchObject(large);
    }
  });

  it('can be cancelled', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    await expect(
      executor.execute(file, ENDLESS, { signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'aborted' });
  });

  it.each([
    ['delete from item', 'refused'],
    ["insert into item(name) values ('x') returning *", 'refused'],
    ['select 1; select 2', 'refused'],
    ['pragma table_info(item)', 'refused'],
    ['select * from sqlite_master', 'refused'],
    ["select load_extension('x')", 'refused'],
    ['', 'refused'],
    ['select nothing from item', 'sql-error'],
    ['select from', 'sql-error'],
  ])('%s is %s', async (sql, code) => {
    await expect(executor.execute(file, sql)).rejects.toMatchObject({ code });
  });

  it('says in Chinese, too, what SQLite says', async () => {
    await expect(executor.execute(file, 'select fee from item')).rejects.toMatchObject({
      message: 'no such column: fee',
      chinese: 'SQL 无法运行：没有名为 fee 的列。',
    });
  });

  it('brings the reason of a refusal along, for words in any language', async () => {
    await expect(executor.execute(file, 'delete from item')).rejects.toMatchObject({
      message: 'Refused: the statement begins with delete; only SELECT, WITH and VALUES are run.',
      refused: { code: 'not-a-query', word: 'delete' },
      chinese: '该语句未被执行：语句以 delete 开头，只能运行以 SELECT、WITH 或 VALUES 开头的查询。',
    });
  });

  it('sees through views', async () => {
    const hostile = join(folder, 'hostile.sqlite');
    const made = new Database(hostile);
    made.exec(`create table item (name text); insert into item values ('pen');
      create view good as select upper(name) as name from item;
      create view files as select * from pragma_database_list;
      create view listed as select * from sqlite_master;
      create view blobs as select randomblob(1000000000) as b`);
    made.close();
    const read = (view: string) => executor.execute(hostile, `select * from ${view}`);
    await expect(read('good')).resolves.toMatchObject({ rows: [['PEN']] });
    await expect(read('files')).rejects.toMatchObject({ code: 'sql-error' });
    await expect(read('listed')).rejects.toMatchObject({ refused: { code: 'internal-tables' } });
    await expect(read('blobs')).rejects.toMatchObject({
      refused: { code: 'internal-name', name: 'randomblob()' },
    });
  });

  it('tells a missing file from a foreign one', async () => {
    const foreign = join(folder, 'notes.sqlite');
    writeFileSync(foreign, 'only some text, long enough for a header');
    await expect(executor.execute(join(folder, 'none.sqlite'), 'select 1')).rejects.toMatchObject({
      code: 'no-such-database',
    });
    await expect(executor.execute(foreign, 'select 1')).rejects.toMatchObject({
      code: 'not-a-database',
    });
  });

  it('waits for a free process no longer than its caller does, nor beyond its end', async () => {
    const own = createSqlExecutor({ workers: 1 });
    const running = own.execute(file, ENDLESS).catch(({ code }) => code);
    const controller = new AbortController();
    const left = own.execute(file, 'select 1', { signal: controller.signal });
    const waiting = own.execute(file, 'select 2').catch(({ code }) => code);
    controller.abort();
    await expect(left).rejects.toMatchObject({ code: 'aborted' });
    const processes = process.listenerCount('exit');
    own.close();
    expect(await Promise.all([running, waiting])).toEqual(['aborted', 'aborted']);
    await expect(own.execute(file, 'select 3')).rejects.toMatchObject({ code: 'aborted' });
    expect(process.listenerCount('exit')).toBeLessThanOrEqual(processes);
  });

  it('queues what exceeds its workers', async () => {
    const results = await Promise.all([1, 2, 3].map((n) => executor.execute(file, `select ${n}`)));
    expect(results.map((result) => result.rows[0]?.[0])).toEqual([1, 2, 3]);
  });
});
