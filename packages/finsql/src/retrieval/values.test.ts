import {
  appendFileSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { fileStamp } from '../database/file-stamp.ts';
import { introspect } from '../database/introspect.ts';
import { Database } from '../database/sqlite.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { prepareDatabase } from './context.ts';
import { retrieve } from './retrieve.ts';
import { buildValueIndex, type ValueIndex } from './values.ts';

const FUNDS = `
create table fund (id integer primary key, name text, company text, city text);
insert into fund values
  (1, 'Huaan SSE 180 ETF', 'TianJian Group', '厦门市'),
  (2, 'Huaan Gold ETF', 'Da Cheng Asset Management', '上海市'),
  (3, '华安上证180ETF', 'Hikvision', '北京市'),
  (4, 'North Star Growth Fund', '海康威视', '深圳市');
create table continent (name text);
insert into continent values ('Asia'), ('Africa'), ('Europe'), ('王伟'), ('李娜');
`;

const database = temporaryDatabase(FUNDS, 'funds.sqlite');
const index = buildValueIndex(database.file, introspect(database.file));
afterAll(database.remove);

const found = (question: string, values: ValueIndex = index) => [
  ...new Set(values.find(question).map(({ value }) => value)),
];

describe('a text of a statement', () => {
  it.each([
    ['hikvision', 'Hikvision', 'company'],
    ['海康威视 ', '海康威视', 'company'],
    ['厦门市', '厦门市', 'city'],
    ['华安 上证180ETF', undefined, 'name'],
    ['厦门', undefined, 'city'],
  ])('%j is held where it is stored', (text, value, column) => {
    const places = value === undefined ? [] : [{ table: 'fund', column, value }];
    expect(index.holders(text)).toEqual(places);
    expect(index.spelling('fund', column, text)).toBe(value === text ? undefined : value);
  });
});

describe('near mentions', () => {
  it.each([
    ['How large is Huaan 180 ETF?', 'Huaan SSE 180 ETF'],
    ['shares held by Tian Jian Group', 'TianJian Group'],
    ['Who manages North Star Grwoth Fund?', 'North Star Growth Fund'],
    ['funds of Hikvison', 'Hikvision'],
    ['华安180ETF的规模是多少', '华安上证180ETF'],
    ['哪些基金持有了海康卫视', '海康威视'],
    ['看下厦门有多少上市公司', '厦门市'],
    ['Who is based in Eruope?', 'Europe'],
    ['all Asian countries', 'Asia'],
    ['Which Africans are listed?', 'Africa'],
  ])('in "%s" finds %s', (question, value) => {
    expect(found(question)).toEqual([value]);
    const [link] = index.find(question);
    expect(link?.similarity).toBeLessThan(1);
    expect(link?.similarity).toBeGreaterThan(0.3);
  });

  it('tells where the value lies', () => {
    expect(index.find('Huaan 180 ETF')[0]).toMatchObject({ table: 'fund', column: 'name' });
  });

  it.each([
    'How many funds are there in each city?',
    'Which growth funds are managed by a group?',
    'Which north star funds are there?',
    'What is the gold price in Europa?',
    '上海的天气怎么样吗？基金',
  ])('invents nothing in "%s"', (question) => {
    for (const value of found(question)) expect(['上海市', 'Europe']).toContain(value);
  });

  it('finds two-character names exactly', () => {
    expect(found('王伟管理哪些基金')).toEqual(['王伟']);
    expect(index.find('王伟管理哪些基金')[0]).toMatchObject({ length: 2, similarity: 1 });
  });

  it('finds full-width forms by half-width ones and the other way round', () => {
    const { file, remove } = temporaryDatabase(
      `create table client (name text, code text);
       insert into client values ('ＦＵＬＬ Width Ltd', '110022'), ('华安ＥＴＦ', '１１００３３');`,
      'widths.sqlite',
    );
    const values = buildValueIndex(file, introspect(file));
    expect(found('trades of full width ltd', values)).toEqual(['ＦＵＬＬ Width Ltd']);
    expect(found('基金１１００２２的规模', values)).toEqual(['110022']);
    expect(found('基金110033的规模', values)).toEqual(['１１００３３']);
    expect(found('华安ETF的规模', values)).toEqual(['华安ＥＴＦ']);
    expect(values.spelling('client', 'name', '华安ETF')).toBe('华安ＥＴＦ');
    remove();
  });

  it('finds codes without their zeros, behind the word that they number', () => {
    const { file, remove } = temporaryDatabase(
      `create table vendor (vendor_no text, lot text);
       insert into vendor values ('000012', '0012'), ('000123', 'A123'), ('002023', '00012');
       create table 基金 (基金代码 text);
       insert into 基金 values ('000001'), ('110022');`,
      'codes.sqlite',
    );
    const values = buildValueIndex(file, introspect(file));
    const links = (question: string) =>
      values.find(question).map(({ value, similarity }) => [value, similarity]);
    expect(links('orders of vendor 123')).toEqual([['000123', 0.99]]);
    expect(links('orders of vendor no. 12 in May')).toEqual([['000012', 0.99]]);
    expect(links('基金1的规模')).toEqual([['000001', 0.99]]);
    // Not in a column of codes of several widths, nor for amounts, spans of time and years.
    for (const question of [
      'lot 12',
      'top 12 vendors',
      'vendor 12 months',
      'vendor 2023',
      '基金1只',
    ]) {
      expect(links(question), question).toEqual([]);
    }
    remove();
  });

  it('finds codes that Chinese text surrounds', () => {
    const codes = temporaryDatabase("create table t (c text); insert into t values ('600165')");
    const values = buildValueIndex(codes.file, introspect(codes.file));
    expect(values.find('给出600165的股东')[0]).toMatchObject({ value: '600165', similarity: 1 });
    expect(found('the holders of 600166', values)).toEqual([]);
    codes.remove();
  });

  it('counts near values, and puts the spelling of the question first, where told to', () => {
    const twice = temporaryDatabase(
      "create table t (c text); insert into t values ('medium-low'), ('Medium-Low')",
    );
    const schema = introspect(twice.file);
    const context = prepareDatabase(schema, { values: buildValueIndex(twice.file, schema) });
    const evidence = (question: string, nearValues: boolean) =>
      retrieve(context, question, { nearValues }).evidence.map(({ value }) => value);
    expect(evidence('risk "Medium-Low"', true)).toEqual(['Medium-Low', 'medium-low']);
    expect(evidence('risk "Medium-Low"', false)).toEqual(['medium-low', 'Medium-Low']);
    expect(evidence('risk Mediun Low', true)).toHaveLength(2);
    expect(evidence('risk Mediun Low', false)).toEqual([]);
    expect(retrieve(context, 'risk Mediun Low').values).toHaveLength(2);
    twice.remove();
  });
});

describe('the side file', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  const make = () => {
    const made = temporaryDatabase(FUNDS, 'kept.sqlite');
    folders.push(made.folder);
    const folder = join(made.folder, 'indexes');
    const open = (limits = {}) =>
      buildValueIndex(made.file, introspect(made.file), { folder, ...limits });
    const change = (sql: string) => {
      const writer = new Database(made.file);
      writer.exec(sql);
      writer.close();
    };
    const side = () =>
      join(folder, readdirSync(folder).find((name) => name.endsWith('.values')) ?? '');
    const texts = () => {
      const store = new Database(side(), { readonly: true });
      const rows = store.prepare<[], { id: number; value: string }>(
        'select id, value from spelling',
      );
      const all = new Map(rows.all().map(({ id, value }) => [value, id]));
      store.close();
      return all;
    };
    return { ...made, indexes: folder, open, change, side, texts };
  };

  it('never writes to the database, and lies beside nothing of the user’s', () => {
    const { file, folder, open } = make();
    const before = readFileSync(file);
    open();
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['indexes', 'kept.sqlite']);
  });

  it('is opened again as it is while the database stays the same', () => {
    const { file, open, side } = make();
    open();
    const store = new Database(side());
    store.prepare("update spelling set value = 'Marked' where value = 'Hikvision'").run();
    store.close();
    expect(found('Hikvision', open())).toEqual(['Marked']);
    utimesSync(file, new Date(), new Date(Date.now() + 5000));
    expect(found('Hikvision', open())).toEqual(['Hikvision']);
  });

  it('takes in what changed and leaves the rest', () => {
    const { open, change, texts } = make();
    open();
    const before = texts();
    change(`insert into fund values (5, 'Plum Blossom Fund', 'Hikvision', null);
      delete from fund where id = 1; alter table continent add column planet text default 'Earth'`);
    const after = open();
    expect(found('Plum Blossom Fund on Earth', after)).toEqual(['Plum Blossom Fund', 'Earth']);
    expect(found('Huaan SSE 180 ETF', after)).not.toContain('Huaan SSE 180 ETF');
    expect(texts().has('Huaan SSE 180 ETF')).toBe(false);
    expect(texts().get('Hikvision')).toBe(before.get('Hikvision'));
    expect(texts().get('Asia')).toBe(before.get('Asia'));
    change('drop table continent');
    expect(found('Asia', open())).toEqual([]);
    expect(texts().has('Asia')).toBe(false);
  });

  it('sees changes that are still in the write-ahead log', () => {
    const { file, open } = make();
    const writer = new Database(file);
    writer.pragma('journal_mode = wal');
    open();
    const before = fileStamp(file);
    writer.exec("insert into continent values ('Oceania')");
    expect(fileStamp(file)).not.toBe(before);
    expect(found('Oceania', open())).toEqual(['Oceania']);
    writer.close();
  });

  it('is made anew when it is damaged, truncated or of another format', () => {
    const { open, side } = make();
    open();
    for (const damage of [
      () => writeFileSync(side(), 'not a database at all, but long enough to be one'),
      () => writeFileSync(side(), ''),
      () => {
        const store = new Database(side());
        store.exec("update about set value = '0' where name = 'format'");
        store.close();
      },
    ]) {
      damage();
      expect(found('Hikvision', open())).toEqual(['Hikvision']);
    }
  });

  it('is in memory where no file can be written', () => {
    const { folder, open } = make();
    writeFileSync(join(folder, 'taken'), '');
    expect(found('Hikvision', open({ folder: join(folder, 'taken', 'below') }))).toEqual([
      'Hikvision',
    ]);
  });

  it('goes when its database is gone', () => {
    const { file, indexes, open } = make();
    open();
    const other = `${file}.copy.sqlite`;
    copyFileSync(file, other);
    rmSync(file);
    buildValueIndex(other, introspect(other), { folder: indexes });
    const left = readdirSync(indexes).filter((name) => name.endsWith('.values'));
    expect(left).toEqual([expect.stringContaining('copy')]);
  });

  it('caps columns, rows and the whole, and says where', () => {
    const { open } = make();
    expect(open({ perColumn: 3 }).capped).toEqual([
      { column: 'fund.name', held: 3 },
      { column: 'fund.company', held: 3 },
      { column: 'fund.city', held: 3 },
      { column: 'continent.name', held: 3 },
    ]);
    expect(open({ total: 6 }).capped.map(({ held }) => held)).toEqual([2, 0, 0]);
    expect(open({ rows: 4 }).capped).toEqual([{ column: 'continent.name', held: 4 }]);
    expect(open().capped).toEqual([]);
    expect(open().size).toBe(17);
  });
});

describe('a database that changes', () => {
  it('keeps what it has of a column that can no longer be read, and names it', () => {
    const changed = temporaryDatabase(FUNDS, 'changed.sqlite');
    const schema = introspect(changed.file);
    const writer = new Database(changed.file);
    writer.exec('alter table fund drop column city');
    writer.close();
    const values = buildValueIndex(changed.file, schema);
    expect(values.unread).toEqual([
      { column: 'fund.city', reason: expect.stringContaining('no such column') },
    ]);
    expect(found('Hikvision', values)).toEqual(['Hikvision']);
    changed.remove();
  });

  it('has a new stamp whenever its content may be new', () => {
    const stamped = temporaryDatabase(FUNDS, 'stamped.sqlite');
    const stamps = new Set([fileStamp(stamped.file), fileStamp(stamped.file)]);
    expect(stamps.size).toBe(1);
    const writer = new Database(stamped.file);
    writer.exec("update continent set name = 'Asien' where name = 'Asia'");
    writer.close();
    stamps.add(fileStamp(stamped.file));
    appendFileSync(stamped.file, Buffer.alloc(4096));
    stamps.add(fileStamp(stamped.file));
    stamps.add(fileStamp(`${stamped.file}.none`));
    expect(stamps.size).toBe(4);
    stamped.remove();
  });

  it('has a new stamp for each of several writes within a moment', () => {
    const stamped = temporaryDatabase(FUNDS, 'written.sqlite');
    const writer = new Database(stamped.file);
    writer.pragma('synchronous = off');
    writer.pragma('journal_mode = memory');
    const stamps = [1, 2, 3, 4].map((id) => {
      writer.exec(`update fund set id = id + 100 where id = ${id}`);
      return fileStamp(stamped.file);
    });
    writer.close();
    expect(new Set(stamps).size).toBe(4);
    stamped.remove();
  });

  it('has a new stamp in place of another one of the same size and time', () => {
    const [first, second] = [temporaryDatabase(FUNDS), temporaryDatabase(FUNDS)];
    const day = new Date('2024-01-02');
    for (const { file } of [first, second]) utimesSync(file, day, day);
    const before = fileStamp(first.file);
    renameSync(second.file, first.file);
    expect(fileStamp(first.file)).not.toBe(before);
    for (const made of [first, second]) made.remove();
  });

  it('is not taken for one that cannot be read while another program keeps it locked', () => {
    const locked = temporaryDatabase(FUNDS, 'locked.sqlite');
    const schema = introspect(locked.file);
    const writer = new Database(locked.file);
    writer.exec('begin exclusive');
    expect(() => buildValueIndex(locked.file, schema)).toThrow(
      expect.objectContaining({ code: 'database-in-use' }),
    );
    writer.exec('commit');
    writer.close();
    expect(buildValueIndex(locked.file, schema).unread).toEqual([]);
    locked.remove();
  });

  it('without any text has an index of nothing', () => {
    const numbers = temporaryDatabase(
      'create table t (a integer, b real); insert into t values (1, 2)',
    );
    const values = buildValueIndex(numbers.file, introspect(numbers.file));
    expect(values).toMatchObject({ size: 0, columns: 0, capped: [], unread: [], settled: true });
    expect(values.find('Hikvision 180 ETF 华安')).toEqual([]);
    numbers.remove();
  });
});
