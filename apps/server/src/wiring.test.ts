import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FinSqlError, Stage } from '@quaestor/finsql';
import { Database } from '@quaestor/finsql/sqlite';
import { loadEngine, openHub, openLanguageModel } from '@quaestor/peft';
import { writeRandomAdapter, writeTinyModel } from '@quaestor/peft/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { loadModel } from './wiring.ts';

await loadEngine();
const home = mkdtempSync(join(tmpdir(), 'quaestor-wiring-'));
const base = join(home, 'models', 'tiny');
const files = ['bank', 'shop'].map((name) => join(home, `${name}.sqlite`));

beforeAll(async () => {
  writeTinyModel(base);
  const model = await openLanguageModel(base);
  const hub = openHub([join(home, 'adapters')]);
  for (const [name, seed, databases] of [
    ['bank-sql', 1, ['bank']],
    ['sql', 2, []],
  ] as const) {
    const folder = join(home, 'made', name);
    writeRandomAdapter(model, folder, seed);
    writeFileSync(join(folder, 'quaestor.json'), JSON.stringify({ databases }));
    hub.add(folder, name);
  }
  model.dispose();
  for (const file of files) {
    const database = new Database(file);
    database.exec('create table account (owner text, amount real)');
    database.close();
  }
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('answers with the usual adapter where the chosen one is gone, and says so', async () => {
  const config = readConfig({ home, model: base, questions: [], generator: 'builtin' });
  const context = { exemplars: () => [], activeAdapter: () => 'gone' };
  const model = await loadModel(config)(() => {}, new AbortController().signal, context);
  const { name, note, adapter } = model;
  await model.close();
  expect([name, adapter?.byHand()]).toEqual(['tiny + sql', false]);
  expect(note).toMatchObject({
    en: 'The adapter gone, which was chosen by hand, is gone or damaged; sql answers instead.',
  });
});

it('answers with the adapter that is made for the database, unless another is chosen by hand', async () => {
  const config = readConfig({ home, model: base, questions: [], generator: 'builtin' });
  const context = { exemplars: () => [], activeAdapter: () => undefined };
  const model = await loadModel(config)(() => {}, new AbortController().signal, context);
  /** Who wrote the SQL for each database. */
  const writers = () =>
    Promise.all(
      files.map(async (file) => {
        let generator: unknown;
        const onStage = (stage: Stage) => {
          if (stage.name === 'generate') generator = stage.detail.generator;
        };
        const asked = model.finSql.ask('Which accounts are there?', file, {
          dryRun: true,
          onStage,
        });
        // What so small a model writes need be no SQL.
        await asked.catch((error: unknown) => {
          if ((error as FinSqlError).code !== 'refused') throw error;
        });
        return generator;
      }),
    );
  try {
    expect(model.name).toBe('tiny + sql');
    expect(await writers()).toEqual(['tiny + bank-sql', 'tiny + sql']);
    const { adapter } = model;
    const own = () => ['bank', 'shop'].map((database) => adapter?.own(database));
    expect([adapter?.byHand(), own()]).toEqual([false, ['bank-sql', null]]);
    await adapter?.use('bank-sql');
    expect(await writers()).toEqual(['tiny + bank-sql', 'tiny + bank-sql']);
    expect([adapter?.byHand(), own()]).toEqual([true, [null, null]]);
    expect(await adapter?.release()).toBe('tiny + sql');
    expect(await writers()).toEqual(['tiny + bank-sql', 'tiny + sql']);
    expect([adapter?.name(), adapter?.byHand(), own()]).toEqual([
      ...['sql', false],
      ['bank-sql', null],
    ]);
  } finally {
    await model.close();
  }
});
