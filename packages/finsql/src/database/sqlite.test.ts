import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { Database, sqliteFolder } from './sqlite.ts';

// V8 collects 8 s after the last work, unless told to be quicker.
const SOON = ['--gc-memory-reducer-start-delay-ms=50'];

it('opens a database and keeps integers exact', () => {
  const database = new Database(':memory:');
  const statement = database.prepare('select 9007199254740993 as big').safeIntegers();
  expect(statement.get()).toEqual({ big: 9007199254740993n });
  database.close();
});

it('lives on when an idle process collects its statements', () => {
  const script = `
    const Database = require(process.argv[1]);
    const database = new Database(':memory:');
    for (let i = 0; i < 20_000; i++) database.prepare('select 1').get();
    Array.from({ length: 300_000 }, (_, i) => ({ i })); // enough for a first collection
    setTimeout(() => process.stdout.write('alive'), 600);
  `;
  const child = spawnSync(process.execPath, [...SOON, '-e', script, sqliteFolder], {
    encoding: 'utf8',
  });
  expect(child).toMatchObject({ stdout: 'alive', status: 0 });
});
