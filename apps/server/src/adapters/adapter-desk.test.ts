import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { type AskedDatabase, loadEngine, openHub, openLanguageModel } from '@quaestor/peft';
import { writeRandomAdapter, writeTinyModel } from '@quaestor/peft/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askedDatabase, NEW_DATABASE, ownAdapter } from '../language/own-adapter.ts';
import { AdapterDesk } from './adapter-desk.ts';
import { AdapterRecords } from './adapter-records.ts';

await loadEngine();
let home: string;
let records: AdapterRecords;
let desk: AdapterDesk;
/** What answers, as the model keeps it. */
let answering: { adapter: string | null; byHand: boolean };

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'quaestor-desk-'));
  writeTinyModel(join(home, 'tiny'));
  const model = await openLanguageModel(join(home, 'tiny'));
  const hub = openHub([join(home, 'adapters')]);
  for (const [name, databases, new_databases] of [
    ['bank-sql', ['bank'], false],
    ['new-sql', [], true],
    ['other-sql', [], false],
    ['sql', [], false],
  ] as const) {
    const folder = join(home, 'made', name);
    writeRandomAdapter(model, folder, 1);
    writeFileSync(join(folder, 'quaestor.json'), JSON.stringify({ databases, new_databases }));
    hub.add(folder, name);
  }
  model.dispose();
  records = new AdapterRecords(join(home, 'adapters.sqlite'));
  answering = { adapter: 'other-sql', byHand: false };
  const own = (database: AskedDatabase) =>
    answering.byHand ? null : (ownAdapter(hub, { name: 'tiny' }, database)?.name ?? null);
  desk = new AdapterDesk({
    hub,
    records,
    active: () => answering.adapter,
    byHand: () => answering.byHand,
    own: (database) => own(askedDatabase(database, [])),
    forNew: () => own(NEW_DATABASE),
    use: async (adapter) => {
      answering = { adapter, byHand: true };
    },
    release: async () => {
      answering = { adapter: 'other-sql', byHand: false };
    },
  });
});

afterEach(() => {
  records.close();
  rmSync(home, { recursive: true, force: true });
});

const author = 'me';
const activate = (name: string | null) => desk.activate(name, { force: false, author });
const answers = () =>
  desk
    .list()
    .map(({ name, active, answers_about, answers_new }) => [
      name,
      active,
      answers_new ? ['new ones'] : answers_about,
    ]);

it('answers each database with its own adapter again when the choice by hand is released', async () => {
  const eachItsOwn = [
    ['bank-sql', false, ['bank']],
    ['new-sql', false, ['new ones']],
    ['other-sql', true, []],
    ['sql', false, []],
  ];
  expect(answers()).toEqual(eachItsOwn);
  expect(await activate('sql')).toMatchObject({
    active: 'sql',
    by_hand: true,
    before: 'other-sql',
  });
  expect(answers()).toEqual([
    ['bank-sql', false, []],
    ['new-sql', false, []],
    ['other-sql', false, []],
    ['sql', true, []],
  ]);
  expect(records.chosenByHand()).toBe('sql');
  expect(await desk.release(author)).toEqual({
    ...{ active: 'other-sql', by_hand: false, before: 'sql', compared: [] },
  });
  expect(answers()).toEqual(eachItsOwn);
  expect(records.chosenByHand()).toBeUndefined();
  expect(desk.history()).toMatchObject([
    { adapter: 'other-sql', by_hand: false, author },
    { adapter: 'sql', by_hand: true, author },
    { adapter: 'other-sql', by_hand: false, author: 'start' },
  ]);
});

it('goes back across a release in both directions', async () => {
  await activate('sql');
  expect(await desk.rollBack(author)).toMatchObject({ active: 'other-sql', by_hand: false });
  expect(await desk.rollBack(author)).toMatchObject({ active: 'sql', by_hand: true });
  await desk.release(author);
  expect(await desk.rollBack(author)).toMatchObject({ active: 'sql', by_hand: true });
  expect(records.chosenByHand()).toBe('sql');
});

it('tells the one for all apart from the same one chosen by hand', async () => {
  await activate('other-sql');
  expect(desk.now()).toEqual({ active: 'other-sql', by_hand: true });
  expect(await desk.rollBack(author)).toMatchObject({ active: 'other-sql', by_hand: false });
});

it('remembers the base model alone as a choice', async () => {
  await activate(null);
  expect(records.chosenByHand()).toBeNull();
});

it('changes nothing where nothing was chosen by hand', async () => {
  expect(await desk.release(author)).toMatchObject({ active: 'other-sql', before: 'other-sql' });
  expect(desk.history()).toEqual([]);
  await expect(desk.rollBack(author)).rejects.toMatchObject({ code: 'conflict' });
});

it('takes what began a history that was kept before releases were for each database’s own', () => {
  const path = join(home, 'old.sqlite');
  const old = new Database(path);
  old.exec(`
    CREATE TABLE score (adapter TEXT);
    CREATE TABLE activation (
      number INTEGER PRIMARY KEY AUTOINCREMENT, adapter TEXT, fingerprint TEXT,
      forced INTEGER NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL
    );
    INSERT INTO activation (adapter, forced, author, at) VALUES
      ('sql', 0, 'start', '2026-01-01'), ('bank-sql', 0, 'me', '2026-01-02');
    PRAGMA user_version = 1;`);
  old.close();
  const opened = new AdapterRecords(path);
  try {
    expect(opened.activations().map(({ by_hand }) => by_hand)).toEqual([true, false]);
    expect(opened.chosenByHand()).toBe('bank-sql');
  } finally {
    opened.close();
  }
});
