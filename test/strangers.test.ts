/** Databases that nothing was trained on: what is read off their questions word by word is right. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  buildExemplarIndex,
  contextsOf,
  knownStatement,
  readTextToSqlSet,
  retrieve,
  type ScoredPrediction,
  scorePredictions,
  type TextToSqlItem,
  type TextToSqlSet,
  wordByWord,
} from '@quaestor/finsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDatabases } from '../data/build-databases.ts';

const SIBLINGS = fileURLToPath(new URL('../data/strangers/siblings.json', import.meta.url));
const STATEMENTS = fileURLToPath(new URL('../data/strangers/databases', import.meta.url));
const QUESTIONS = fileURLToPath(new URL('../data/strangers/questions.json', import.meta.url));

let folder: string;
let names: string[];
let set: TextToSqlSet;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-strangers-'));
  names = buildDatabases(STATEMENTS, folder);
  set = readTextToSqlSet({ questions: QUESTIONS, databases: folder });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function scored(
  predictions: readonly string[],
  of: TextToSqlSet = set,
): Promise<ScoredPrediction[]> {
  const all: ScoredPrediction[] = [];
  for await (const one of scorePredictions({ set: of, predictions })) all.push(one);
  return all;
}

describe('databases that nothing was trained on', () => {
  it('are eighty-eight, each with a dozen questions and more', () => {
    expect(names).toHaveLength(88);
    for (const name of names) {
      expect(set.items.filter(({ db }) => db === name).length).toBeGreaterThanOrEqual(12);
    }
  });

  it('have an answer to each question', async () => {
    const gold = await scored(set.items.map(({ sql }) => sql));
    expect(gold.filter(({ correct, skipped }) => !correct || skipped !== null)).toEqual([]);
  });

  it('are read word by word: three of five questions, few of them wrongly', {
    timeout: 180_000,
  }, async () => {
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
    expect(whole.filter(Boolean).length).toBeGreaterThanOrEqual(670);
    expect(whole.filter(Boolean).length / whole.length).toBeGreaterThan(0.97);
    // What passes over a word is right two times of three, and told so.
    expect(passing.filter(Boolean).length / passing.length).toBeGreaterThan(0.6);
  });

  it('are answered as they were corrected: the very questions, and those like them', async () => {
    const exemplars = buildExemplarIndex(set.items);
    const contextOf = contextsOf(set, exemplars);
    const known = ({ db, question }: TextToSqlItem) => {
      const context = contextOf(db);
      return (
        context && knownStatement(context, retrieve(context, question, { today: '2025-01-01' }))
      );
    };
    const again = await scored(set.items.map((item) => known(item)?.sql ?? ''));
    expect(again.filter(({ correct }) => !correct)).toEqual([]);
    const siblings = readTextToSqlSet({ questions: SIBLINGS, databases: folder });
    const like = siblings.items.map(known);
    const answers = await scored(
      like.map((one) => one?.sql ?? ''),
      { ...set, items: siblings.items },
    );
    const filled = answers.filter((_, at) => like[at] !== undefined);
    expect(filled.length).toBeGreaterThanOrEqual(28);
    expect(filled.filter(({ correct }) => !correct)).toEqual([]);
  });
});
