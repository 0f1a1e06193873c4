/** Databases that are uploaded: SQLite files and CSV tables. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemoServer } from '../demo-server.ts';
import { type CalledServer, type Reply, startCalledServer } from './called-server.ts';

let called: CalledServer;

beforeAll(async () => {
  called = await startCalledServer({ uploadBytes: 200_000, statementSeconds: 2 });
});

afterAll(() => called.close());

describe('POST /api/databases', () => {
  const csv = [
    'id,code,price,day,note,Id',
    '1,007,1.50,2024-01-31,"a, b",x',
    '2,008,-2.25,2024-02-29,,y',
    '9223372036854775807,009,0.10,2024-03-31,N/A,z',
  ].join('\n');

  it('makes a typed table of a CSV file; every value survives', async () => {
    const reply = await called.sendFile(
      '/api/databases?name=prices&table=price%20list&wait=60',
      csv,
      'text/csv',
    );
    expect(reply.status).toBe(201);
    expect(reply.headers.get('location')).toBe('/api/databases/prices');
    expect(reply.body.result).toMatchObject({
      database: 'prices',
      tables: [{ name: 'price list', rows: 3 }],
      warnings: ['column "Id" is called Id_2'],
    });
    const database = new Database(join(called.server.home, 'databases', 'prices.sqlite'), {
      readonly: true,
    });
    const types = database.prepare("SELECT name, type FROM pragma_table_info('price list')").raw();
    expect(types.all()).toEqual([
      ['id', 'BIGINT'],
      ['code', 'TEXT'],
      ['price', 'REAL'],
      ['day', 'TEXT'],
      ['note', 'TEXT'],
      ['Id_2', 'TEXT'],
    ]);
    const rows = database.prepare('SELECT * FROM "price list"').raw().safeIntegers().all();
    database.close();
    expect(rows[2]).toEqual([9223372036854775807n, '009', 0.1, '2024-03-31', 'N/A', 'z']);
    expect(rows[1]).toEqual([2n, '008', -2.25, '2024-02-29', null, 'y']);
    expect((await called.get('/api/uploads')).body.data).toEqual([]);
  });

  it('says what stands in it', async () => {
    const { status, body } = await called.get('/api/databases/prices/profile');
    expect(status).toBe(200);
    const [table] = body.tables as { columns: object[] }[];
    expect(table?.columns[0]).toEqual({
      name: 'id',
      type: 'BIGINT',
      nulls: 0,
      distinct: 3,
      min: 1,
      max: '9223372036854775807',
      samples: ['1', '2', '9223372036854775807'],
      frequent: [],
      histogram: [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    });
    expect(table?.columns[4]).toMatchObject({ name: 'note', nulls: 1, distinct: 2 });
    expect(table?.columns[3]).toMatchObject({ histogram: null });
    called.expectProblem(await called.get('/api/databases/fund/profile'), 404, 'not-found');
    const { body: job } = await called.call('POST', '/api/databases/fund/profile');
    await called.untilOver(job.id);
    const fund = await called.get('/api/databases/fund/profile');
    const [managers] = fund.body.tables as { columns: object[] }[];
    expect(managers?.columns[2]).toMatchObject({
      name: 'education',
      frequent: [
        { value: 'PhD', count: 2 },
        { value: 'Master', count: 1 },
      ],
      histogram: null,
    });
  });

  it('takes a SQLite file as it is', async () => {
    const bytes = readFileSync(join(called.server.home, 'databases', 'fund.sqlite'));
    const reply = await called.sendFile('/api/databases?name=copy&wait=60', bytes);
    expect(reply.status).toBe(201);
    const { body } = await called.get('/api/databases/copy');
    expect((body.tables as { name: string }[]).map(({ name }) => name)).toEqual([
      'fund_manager',
      'fund',
      'fund_value',
    ]);
    const place = join(called.server.home, 'databases');
    writeFileSync(join(place, 'copy.sqlite-wal'), '');
    expect((await called.call('DELETE', '/api/databases/copy')).status).toBe(204);
    expect(readdirSync(place).filter((file) => file.startsWith('copy'))).toEqual([]);
    called.expectProblem(await called.get('/api/databases/copy'), 404, 'no-such-database');
    called.expectProblem(
      await called.call('DELETE', '/api/databases/copy'),
      404,
      'no-such-database',
    );
  });

  it('gives no table a name that SQLite keeps for itself', async () => {
    const send = (query: string) => called.sendFile(`/api/databases?${query}&wait=60`, 'a\n1');
    const refused = await send('name=own&table=SQLite_x');
    expect(called.expectProblem(refused, 400, 'bad-request')).toContain('begins with sqlite_');
    const { status, body } = await send('name=sqlite_x');
    expect([status, body.result]).toMatchObject([201, { tables: [{ name: 'table_sqlite_x' }] }]);
  });

  it('answers 202 when it is not told to wait', async () => {
    const reply = await called.sendFile('/api/databases?name=later&wait=0', 'a,b\n1,2');
    expect(reply.status).toBe(202);
    expect(reply.headers.get('location')).toBe(`/api/jobs/${reply.body.id}`);
    await called.untilOver(reply.body.id);
    expect((await called.get('/api/databases/later')).status).toBe(200);
  });

  it('gives a name to one of two that are sent at once', async () => {
    const send = (csv: string) => called.sendFile('/api/databases?name=twin&wait=60', csv);
    const replies = await Promise.all([send('a\n1'), send('b\n2')]);
    const [won, lost] = [...replies].sort((one, other) => one.status - other.status);
    called.expectProblem(lost as Reply, 409, 'conflict');
    await called.untilOver(won?.body.id ?? '');
    const { body } = await called.get('/api/databases/twin');
    const [table] = body.tables as { columns: { name: string }[] }[];
    expect(table?.columns[0]?.name).toBe(won === replies[0] ? 'a' : 'b');
  });

  it('replaces no file that came while the import was queued', async () => {
    const reply = await called.sendFile('/api/databases?name=late&wait=0', 'a,b\n1,2');
    expect(reply.status).toBe(202);
    const path = join(called.server.home, 'databases', 'late.sqlite');
    writeFileSync(path, sqlite());
    await called.untilOver(reply.body.id);
    const { body } = await called.get(`/api/jobs/${reply.body.id}`);
    expect(body).toMatchObject({ state: 'failed', error: { code: 'conflict' } });
    expect(readFileSync(path).equals(sqlite())).toBe(true);
    const replacing = '/api/databases?name=late&replace=true&wait=60';
    expect((await called.sendFile(replacing, 'a,b\n1,2')).status).toBe(201);
    expect((await called.get('/api/databases/late')).body.tables).toHaveLength(1);
  });

  const sqlite = () => readFileSync(join(called.server.home, 'databases', 'fund.sqlite'));
  it.each([
    ['an archive', () => Buffer.from('PK\u0003\u0004zip'), 422, 'bad-upload'],
    ['nothing', () => '', 422, 'bad-upload'],
    ['half a database', () => sqlite().subarray(0, 5000), 422, 'bad-upload'],
    ['a scrambled database', () => scrambled(sqlite()), 422, 'bad-upload'],
    ['too much', () => 'x'.repeat(200_001), 413, 'too-large'],
  ])('refuses %s and keeps nothing of it', async (_what, bytes, status, code) => {
    const reply = await called.sendFile('/api/databases?name=bad&wait=60', bytes());
    const said = called.expectProblem(reply, status, code);
    if (code === 'too-large') expect(said).toContain('larger than the 200 kB');
    const { data } = (await called.get('/api/databases')).body;
    expect(data.map(({ name }) => name)).not.toContain('bad');
    expect((await called.get('/api/uploads')).body.data).toEqual([]);
  });

  it.each(['../up', 'a/b', '.hidden', 'a\u0000b', 'x'.repeat(65), ''])(
    'refuses the name %j',
    async (name) => {
      const path = `/api/databases?name=${encodeURIComponent(name)}`;
      called.expectProblem(await called.sendFile(path, 'a\n1'), 400, 'bad-request');
    },
  );

  it('takes a database with hostile views, and none of them tells or takes anything', async () => {
    const path = join(called.server.home, 'hostile.sqlite');
    const made = new Database(path);
    made.exec(`CREATE TABLE fund (name TEXT);
      CREATE VIEW files AS SELECT * FROM pragma_database_list;
      CREATE VIEW blobs AS SELECT length(randomblob(900000000)) AS n;
      CREATE VIEW endless AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) AS n FROM c`);
    made.close();
    const reply = await called.sendFile('/api/databases?name=hostile&wait=60', readFileSync(path));
    expect(reply.status).toBe(201);
    const expected = { files: 'sql-error', blobs: 'refused', endless: 'timeout' };
    for (const [view, code] of Object.entries(expected)) {
      const sql = `SELECT * FROM ${view}`;
      const { status, body } = await called.call('POST', '/api/databases/hostile/query', { sql });
      expect({ view, status, code: body.code }).toEqual({
        view,
        status: code === 'timeout' ? 504 : 422,
        code,
      });
      expect(JSON.stringify(body)).not.toContain(called.server.home);
    }
    expect((await called.get('/api/databases/hostile')).status).toBe(200);
  });

  it('refuses a taken name, a form, and a packed body', async () => {
    called.expectProblem(
      await called.sendFile('/api/databases?name=fund', 'a\n1'),
      409,
      'conflict',
    );
    const form = await called.sendFile('/api/uploads', '--x--', 'multipart/form-data; boundary=x');
    called.expectProblem(form, 415, 'unsupported-media-type');
    const packed = await called.call('POST', '/api/uploads', 'x', { 'Content-Encoding': 'gzip' });
    called.expectProblem(packed, 415, 'unsupported-media-type');
  });
});

it('takes no more than jobs and uploads may hold', async () => {
  const small = await startDemoServer({ jobBytes: 3 });
  const upload = () =>
    fetch(`${small.url}/api/uploads`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/csv' },
      body: 'a,b\n1,2',
    });
  expect((await upload()).status).toBe(201);
  const full = await upload();
  const { code } = (await full.json()) as { code: string };
  expect([full.status, code]).toEqual([507, 'disk-full']);
  await small.close();
});

function scrambled(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let i = 100; i < copy.length; i += 7) copy[i] = (copy[i] as number) ^ 0x5a;
  return copy;
}
