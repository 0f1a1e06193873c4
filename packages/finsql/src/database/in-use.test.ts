import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFinSql } from '../pipeline.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { scriptedGenerator } from '../testing/scripted-generator.ts';
import { createSqlExecutor } from './execute.ts';
import { introspectApart } from './introspect-apart.ts';
import { Database, sqliteFolder } from './sqlite.ts';

const { file, folder, remove } = temporaryDatabase();
const executor = createSqlExecutor({ workers: 1 });
const finSql = createFinSql({
  generator: scriptedGenerator({}, 'select code from fund'),
  executor,
  wordByWord: false,
});
const ask = () => finSql.ask('Which codes do funds have?', file);

let writer: Database;
beforeEach(() => {
  writer = new Database(file);
});
afterEach(() => writer.close());
afterAll(() => {
  executor.close();
  remove();
});

/** What another process hears when it writes. */
function writtenByAnother(): string {
  const script = `
    const Database = require(process.argv[1]);
    const database = new Database(process.argv[2], { timeout: 0 });
    try {
      database.exec("update fund set size = 0 where code = '000001'");
      process.stdout.write('written');
    } catch ({ code }) {
      process.stdout.write(code);
    }
  `;
  return spawnSync(process.execPath, ['-e', script, sqliteFolder, file], { encoding: 'utf8' })
    .stdout;
}

describe('a database that this process writes', () => {
  it('stays locked while it is asked', async () => {
    writer.exec('begin immediate; update fund set size = size + 1');
    expect(writtenByAnother()).toBe('SQLITE_BUSY');
    expect(await ask()).toMatchObject({ kind: 'answered' });
    expect(writtenByAnother()).toBe('SQLITE_BUSY');
    writer.exec('commit');
  });

  it('stays locked while it is too locked to be asked', async () => {
    writer.exec('begin exclusive');
    await expect(introspectApart(file, 'fund')).rejects.toMatchObject({ code: 'database-in-use' });
    expect(writtenByAnother()).toBe('SQLITE_BUSY');
    writer.exec('commit');
    expect(writtenByAnother()).toBe('written');
  });
});

describe('a database that another program keeps locked', () => {
  it('is said to be in use, in a sentence of its own', async () => {
    writer.exec('begin exclusive');
    const error = await introspectApart(file, 'fund').catch((cause: unknown) => cause);
    expect(error).toMatchObject({
      code: 'database-in-use',
      text: { en: expect.stringMatching(/in use.*Try again/), zh: expect.stringContaining('占用') },
    });
    writer.exec('commit');
  });

  it('is asked when it is free, with others served meanwhile', async () => {
    writer.exec('begin exclusive; update fund set size = size + 1');
    const asked = ask();
    await setTimeout(200);
    writer.exec('commit');
    expect(await asked).toMatchObject({ kind: 'answered' });
  });

  it('gives no rows of a statement', async () => {
    await executor.execute(file, 'select 1');
    writer.exec('begin exclusive');
    const executed = executor.execute(file, 'select code from fund');
    await expect(executed).rejects.toMatchObject({ code: 'database-in-use' });
    writer.exec('commit');
  });
});

it('a foreign file is not taken for one in use', async () => {
  const foreign = join(folder, 'foreign.sqlite');
  for (const content of ['xy', 'SQLite format 3', 'not a database '.repeat(100)]) {
    writeFileSync(foreign, content);
    await expect(introspectApart(foreign, 'foreign')).rejects.toMatchObject({
      code: 'not-a-database',
      message: expect.stringContaining(`got ${JSON.stringify(content.slice(0, 16))}`),
    });
  }
});
