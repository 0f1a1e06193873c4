import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ExampleStore } from './example-store.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-examples-'));
  file = join(folder, 'examples.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function approve(store: ExampleStore, question: string): string {
  const example = { database: 'fund', question, sql: 'select 1', author: 'a' } as const;
  const { id } = store.add({ ...example, source: 'correction' });
  store.review(id, 'approved', { question, sql: example.sql, reviewer: 'r' });
  return id;
}
const approved = (store: ExampleStore): string[] =>
  store.approved().map(({ question }) => question);

describe('ExampleStore', () => {
  it('keeps beside each other questions that a sign tells apart, and replaces the same one', () => {
    const store = new ExampleStore(file);
    approve(store, 'Which funds have a fee > 2?');
    approve(store, 'Which funds have a fee < 2?');
    approve(store, 'Which funds have a fee ≥ 2?');
    approve(store, 'which funds have a fee >= 2');
    expect(approved(store)).toEqual([
      'Which funds have a fee > 2?',
      'Which funds have a fee < 2?',
      'which funds have a fee >= 2',
    ]);
    store.close();
  });

  it('renews the keys of a file of an earlier version', () => {
    const earlier = new ExampleStore(file);
    approve(earlier, 'Which funds have a fee > 2?');
    earlier.close();
    const database = new Database(file);
    database.prepare("UPDATE example SET question_key = 'which funds have a fee 2'").run();
    database.close();
    const store = new ExampleStore(file);
    approve(store, 'Which funds have a fee 2?');
    expect(approved(store)).toHaveLength(2);
    approve(store, 'Which funds have a fee > 2');
    expect(approved(store)).toEqual(['Which funds have a fee 2?', 'Which funds have a fee > 2']);
    store.close();
  });
});
