import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescriptionStore } from '@quaestor/finsql';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, expect, it } from 'vitest';
import { type ClientStatements, clientStatements } from '../ask/client-statements.ts';
import { DatabaseCatalog } from '../database-catalog.ts';
import { ExampleDesk } from './example-desk.ts';
import { ExampleStore } from './example-store.ts';

const home = mkdtempSync(join(tmpdir(), 'quaestor-examples-'));
const store = new ExampleStore(join(home, 'examples.sqlite'));
const running = clientStatements({ statementSeconds: 60, maxWaiting: 1 });

afterAll(() => {
  running.close();
  store.close();
  rmSync(home, { recursive: true });
});

it('approves no statement that came while another was tried out', async () => {
  const file = join(home, 'shop.sqlite');
  const database = new Database(file);
  database.exec('CREATE TABLE sale (id INTEGER)');
  database.close();
  const question = 'How many sales are there?';
  const { id } = store.add({
    ...{ database: 'shop', question, sql: 'SELECT count(*) FROM sale' },
    ...{ source: 'entered', author: 'reader' },
  });
  const statements: ClientStatements = {
    ...running,
    execute: (...words) => {
      store.edit(id, question, 'SELECT 42');
      return running.execute(...words);
    },
  };
  const descriptions = new DescriptionStore(join(home, 'descriptions'));
  const catalog = new DatabaseCatalog([file], descriptions);
  const desk = new ExampleDesk({ store, catalog, statements, exemplars: [], heldOut: [] });
  const approved = desk.review(id, 'approved', { reviewer: 'admin' });
  await expect(approved).rejects.toMatchObject({ code: 'conflict' });
  expect(desk.get(id)).toMatchObject({ state: 'pending', sql: 'SELECT 42' });
  expect(await desk.review(id, 'approved', { reviewer: 'admin' })).toMatchObject({
    state: 'approved',
  });
});
