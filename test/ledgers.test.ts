/** Databases of finance that an adapter learns from, and those of them that it does not see. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTextToSqlSet, scorePredictions, type TextToSqlSet } from '@quaestor/finsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { buildDatabases } from '../data/build-databases.ts';

const TRAIN = 'ledgers/questions-train.json';
const HELD_OUT = 'ledgers/questions-held-out.json';
const place = (path: string) => fileURLToPath(new URL(`../data/${path}`, import.meta.url));

const entries = z
  .array(
    z.object({
      question: z.string(),
      db_id: z.string(),
      level: z.enum(['simple', 'middling', 'hard']).optional(),
    }),
  )
  .transform((list) => list.map((entry) => ({ ...entry, words: entry.question.toLowerCase() })));
const entriesOf = (file: string) => entries.parse(JSON.parse(readFileSync(place(file), 'utf8')));

let folder: string;
let names: string[];
let sets: readonly TextToSqlSet[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-ledgers-'));
  names = buildDatabases(place('ledgers/databases'), folder);
  sets = [TRAIN, HELD_OUT].map((file) =>
    readTextToSqlSet({ questions: place(file), databases: folder }),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('ledgers', () => {
  const train = entriesOf(TRAIN);
  const heldOut = entriesOf(HELD_OUT);

  it('have forty questions of three levels each', () => {
    expect(names).toHaveLength(132);
    for (const name of names) {
      const own = [...train, ...heldOut].filter(({ db_id }) => db_id === name);
      const count = (level: string) => own.filter((one) => one.level === level).length;
      expect([name, count('simple'), count('middling'), count('hard')]).toEqual([name, 14, 16, 10]);
    }
  });

  it('are as a whole to learn from, or held out', () => {
    const taught = new Set(train.map(({ db_id }) => db_id));
    expect(taught.size).toBe(120);
    expect(heldOut.filter(({ db_id }) => taught.has(db_id))).toEqual([]);
  });

  it('are other databases than the strangers, and teach none of their questions', () => {
    const strangers = entriesOf('strangers/questions.json');
    const asked = new Set(strangers.map(({ words }) => words));
    expect(train.filter(({ words }) => asked.has(words))).toEqual([]);
    const others = new Set(strangers.map(({ db_id }) => db_id));
    expect(names.filter((name) => others.has(name))).toEqual([]);
  });

  it('have an answer to each question', async () => {
    const wrong: string[] = [];
    for (const set of sets) {
      const predictions = set.items.map(({ sql }) => sql);
      let at = 0;
      for await (const { correct, skipped } of scorePredictions({ set, predictions })) {
        if (!correct || skipped !== null) wrong.push(set.items[at]?.question ?? '');
        at += 1;
      }
    }
    expect(wrong).toEqual([]);
  });
});
