/** Databases that nothing was trained on: what is read off their questions word by word is right. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  contextsOf,
  readTextToSqlSet,
  retrieve,
  type ScoredPrediction,
  scorePredictions,
  type TextToSqlSet,
  wordByWord,
} from '@quaestor/finsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildStrangers } from '../data/strangers/build-strangers.ts';

const QUESTIONS = fileURLToPath(new URL('../data/strangers/questions.json', import.meta.url));

let folder: string;
let names: string[];
let set: TextToSqlSet;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-strangers-'));
  names = buildStrangers(folder);
  set = readTextToSqlSet({ questions: QUESTIONS, databases: folder });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function scored(predictions: readonly string[]): Promise<ScoredPrediction[]> {
  const all: ScoredPrediction[] = [];
  for await (const one of scorePredictions({ set, predictions })) all.push(one);
  return all;
}

describe('databases that nothing was trained on', () => {
  it('are forty, each with a dozen questions and more', () => {
    expect(names).toHaveLength(40);
    for (const name of names) {
      expect(set.items.filter(({ db }) => db === name).length).toBeGreaterThanOrEqual(12);
    }
  });

  it('have an answer to each question', async () => {
    const gold = await scored(set.items.map(({ sql }) => sql));
    expect(gold.filter(({ correct, skipped }) => !correct || skipped !== null)).toEqual([]);
  });

  it('are read word by word: three of five questions, few of them wrongly', async () => {
    const contextOf = contextsOf(set);
    const read = set.items.map(({ db, question }) => {
      const context = contextOf(db);
      if (context === undefined) return undefined;
      return wordByWord(context, retrieve(context, question, { today: '2025-01-01' }), null);
    });
    const answers = await scored(read.map((one) => one?.sql ?? ''));
    const rightly = (passing: boolean): boolean[] =>
      answers.flatMap(({ correct }, at) => {
        const one = read[at];
        return one === undefined || one.passedOver.length > 0 !== passing ? [] : [correct];
      });
    const [whole, passing] = [rightly(false), rightly(true)];
    expect(whole.filter(Boolean).length).toBeGreaterThanOrEqual(350);
    expect(whole.filter(Boolean).length / whole.length).toBeGreaterThan(0.96);
    // What passes over a word is right as often as not, and told so.
    expect(passing.filter(Boolean).length / passing.length).toBeGreaterThan(0.45);
  });
});
