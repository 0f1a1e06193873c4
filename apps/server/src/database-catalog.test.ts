import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescriptionStore } from '@quaestor/finsql';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseCatalog } from './database-catalog.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-catalog-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The catalog of these places, with a folder of descriptions. */
function catalogOf(places: readonly string[]): DatabaseCatalog {
  return new DatabaseCatalog(places, new DescriptionStore(join(folder, 'descriptions')));
}

/** A database with one table of that many rows. */
function makeDatabase(path: string, rows: number): string {
  mkdirSync(join(path, '..'), { recursive: true });
  const database = new Database(path);
  database.exec('CREATE TABLE thing (id INTEGER PRIMARY KEY)');
  for (let row = 0; row < rows; row++) database.exec('INSERT INTO thing DEFAULT VALUES');
  database.close();
  return path;
}

describe('DatabaseCatalog', () => {
  it('finds files, folders of files and folders in the shape of Spider', async () => {
    const place = join(folder, 'shapes');
    makeDatabase(join(place, 'flat.db'), 1);
    makeDatabase(join(place, 'pets', 'pets.sqlite'), 2);
    makeDatabase(join(place, 'pets', 'a-copy.sqlite'), 9);
    makeDatabase(join(place, 'fund', 'fund_101.sqlite'), 3);
    makeDatabase(join(place, 'fund', 'fund_102.sqlite'), 9);
    writeFileSync(join(place, 'notes.txt'), 'not a database, and not called one');
    const single = makeDatabase(join(folder, 'single.sqlite3'), 4);
    const list = await catalogOf([place, single]).list();
    expect(list.map(({ name, rows }) => [name, rows])).toEqual([
      ['flat', 1],
      ['fund', 3],
      ['pets', 2],
      ['single', 4],
    ]);
  });

  it('takes the first of two with one name, and no place for an empty one', async () => {
    const first = makeDatabase(join(folder, 'first', 'same.sqlite'), 1);
    makeDatabase(join(folder, 'second', 'same.sqlite'), 2);
    const places = ['missing', 'first', 'second'].map((name) => join(folder, name));
    expect(await catalogOf(places).path('same')).toBe(first);
  });

  it('sees what a log in front of an unchanged file holds', async () => {
    const path = makeDatabase(join(folder, 'logged', 'logged.sqlite'), 1);
    const catalog = catalogOf([path]);
    const writer = new Database(path);
    writer.pragma('journal_mode = WAL');
    expect((await catalog.list()).map(({ tables }) => tables)).toEqual([1]);
    writer.exec('CREATE TABLE other (id INTEGER PRIMARY KEY)');
    expect((await catalog.list()).map(({ tables }) => tables)).toEqual([2]);
    writer.close();
  });

  it('sees a file that changes or appears', async () => {
    const place = join(folder, 'changing');
    const catalog = catalogOf([place]);
    expect(await catalog.list()).toEqual([]);
    const path = makeDatabase(join(place, 'growing.sqlite'), 1);
    expect(await catalog.list()).toMatchObject([{ name: 'growing', rows: 1 }]);
    const database = new Database(path);
    database.exec('CREATE TABLE more (id INTEGER); INSERT INTO more VALUES (1), (2)');
    database.close();
    expect(await catalog.list()).toMatchObject([{ tables: 2, rows: 3 }]);
  });

  it('lists a file that is no database with its problem, and offers what there is', async () => {
    const place = join(folder, 'broken');
    makeDatabase(join(place, 'good.sqlite'), 1);
    writeFileSync(join(place, 'bad.sqlite'), 'just text');
    const catalog = catalogOf([place]);
    const [bad] = await catalog.list();
    expect(bad).toMatchObject({ name: 'bad', tables: null });
    expect(bad?.problem?.en).toContain('not a SQLite database');
    expect(bad?.problem?.zh).toContain('不是 SQLite 数据库');
    await expect(catalog.schema('bad')).rejects.toMatchObject({ code: 'not-a-database' });
    await expect(catalog.path('none')).rejects.toThrow('There are: bad, good.');
  });

  it('lists what cannot be looked at with its problem, beside the others', async () => {
    const place = join(folder, 'unreadable');
    const good = makeDatabase(join(place, 'good.sqlite'), 1);
    symlinkSync('/nowhere', join(place, 'gone.sqlite'));
    mkdirSync(join(place, 'sub'));
    symlinkSync('/nowhere', join(place, 'sub', 'sub.db'));
    const catalog = catalogOf([place]);
    expect(await catalog.names()).toEqual(['gone', 'good', 'sub']);
    expect(await catalog.path('good')).toBe(good);
    const [gone, found, sub] = await catalog.list();
    expect(found).toMatchObject({ rows: 1, problem: null });
    expect(gone).toMatchObject({ tables: null, rows: null });
    expect(gone?.problem?.en).toMatch(/gone can't be read.*ENOENT/);
    expect(gone?.problem?.zh).toContain('没有这个文件或文件夹');
    expect(JSON.stringify([gone, sub])).not.toContain(place);
    await expect(catalog.schema('sub')).rejects.toMatchObject({ code: 'not-a-database' });
  });

  it.skipIf(process.getuid?.() === 0)('lists a folder that it may not open', async () => {
    const place = join(folder, 'closed');
    mkdirSync(join(place, 'secret'), { recursive: true, mode: 0o755 });
    chmodSync(join(place, 'secret'), 0);
    const [secret] = await catalogOf([place]).list();
    expect(secret).toMatchObject({ name: 'secret', tables: null });
    expect(secret?.problem?.en).toContain('EACCES');
  });
});
