import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { introspect } from './introspect.ts';
import { introspectApart } from './introspect-apart.ts';
import { Database } from './sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-introspect-'));
const file = join(folder, 'large.sqlite');

const none = process.listenerCount('exit');

beforeAll(() => {
  const database = new Database(file);
  database.exec(`
    create table scan (id integer primary key, taken text, page blob); -- scans
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 70)
      insert into scan select i, '2024-01-' || i, zeroblob(1000000) from n;`);
  database.close();
});

afterAll(() => rmSync(folder, { recursive: true }));

it('reads what is read here, while others are served', async () => {
  let turns = 0;
  let over = false;
  const both = Promise.all([introspectApart(file, 'scans'), introspectApart(file, 'again')]);
  const ended = both.finally(() => {
    over = true;
  });
  while (!over) {
    await setImmediate();
    turns++;
  }
  expect(turns).toBeGreaterThan(50);
  const [scans, again] = await ended;
  expect(scans).toEqual(introspect(file, 'scans'));
  expect(again.name).toBe('again');
});

it('reads here where no process can be started, and the next one apart again', async () => {
  const program = process.execPath;
  process.execPath = '\0';
  try {
    expect((await introspectApart(file, 'here')).name).toBe('here');
  } finally {
    process.execPath = program;
  }
  // Each process of ours listens for the end of this one.
  await expect.poll(() => process.listenerCount('exit'), { timeout: 20_000 }).toBe(none);
  const apart = introspectApart(file, 'apart');
  await expect.poll(() => process.listenerCount('exit'), { interval: 5 }).toBe(none + 1);
  expect((await apart).name).toBe('apart');
});

it('tells what is wrong with a file', async () => {
  const broken = join(folder, 'broken.sqlite');
  writeFileSync(broken, 'not a database');
  truncateSync(broken, 80_000_000);
  await expect(introspectApart(broken, 'broken')).rejects.toMatchObject({ code: 'not-a-database' });
  const missing = join(folder, 'missing.sqlite');
  await expect(introspectApart(missing, 'missing')).rejects.toMatchObject({
    code: 'no-such-database',
  });
});
