import { afterAll, expect, it } from 'vitest';
import { parseUnanswerable } from '../data/question-file.ts';
import { introspect } from '../database/introspect.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { scriptedGenerator } from '../testing/scripted-generator.ts';
import { type AbstainedItem, measureAbstaining } from './abstaining.ts';
import { abstainingReport } from './abstaining-report.ts';

const { file, folder, remove } = temporaryDatabase();
afterAll(remove);

const set = {
  items: [
    { question: 'How many funds?', db: 'fund', sql: 'select count(*) from fund' },
    { question: 'Name a manager with a degree', db: 'fund', sql: 'select degree from manager' },
    { question: 'Fund size', db: 'fund', sql: 'select size from fund' },
  ],
  databases: new Map([['fund', { schema: introspect(file, 'fund'), instances: [file] }]]),
};
const unanswerable = parseUnanswerable([
  { question: 'Will it rain tomorrow?', db_id: 'fund', kind: 'other-topic' },
  { question: 'What is the colour of a fund?', db_id: 'fund', kind: 'missing-column' },
  { question: 'How good is a fund?', db_id: 'fund' },
]);
const generator = scriptedGenerator({
  'How many funds?': ['select count(*) from fund'],
  'Name a manager with a degree': ['select nonsense from manager'],
  'Fund size': ['select code from fund'],
  'What is the colour of a fund?': ['select colour from fund'],
  'How good is a fund?': ['select fund_name from fund'],
});

async function measured(options: { minCoverage?: number } = {}): Promise<AbstainedItem[]> {
  const items: AbstainedItem[] = [];
  const checkpoint = `${folder}/abstaining.jsonl`;
  const all = {
    set,
    unanswerable,
    generator,
    samples: 0,
    wordByWord: false,
    checkpoint,
    ...options,
  };
  for await (const item of measureAbstaining(all)) items.push(item);
  return items;
}

it('counts where it is abstained, and what that costs', async () => {
  const items = await measured();
  expect(items[0]).toMatchObject({ code: 'off-topic', sql: '', kind: 'other-topic' });
  expect(items.map(({ code }) => code)).toEqual([
    'off-topic',
    null,
    'nothing-runs',
    null,
    'nothing-runs',
    null,
  ]);
  const report = abstainingReport(items);
  expect(report).toMatchObject({
    answerable: 3,
    unanswerable: 3,
    outcomes: { right: 1, wrong: 1, rightLost: 0, wrongAvoided: 1 },
    codes: [
      { code: 'nothing-runs', answerable: 1, unanswerable: 1 },
      { code: 'off-topic', answerable: 0, unanswerable: 1 },
    ],
    kinds: [
      { kind: 'missing-column', questions: 1, abstained: 1 },
      { kind: 'other-topic', questions: 1, abstained: 1 },
      { kind: 'unanswerable', questions: 1, abstained: 0 },
    ],
  });
  expect(report.precision).toBeCloseTo(200 / 3);
  expect(report.recall).toBeCloseTo(200 / 3);
  expect(report.f1).toBeCloseTo(200 / 3);
  expect(report.coverage[0]).toMatchObject({ threshold: 0.2, precision: 100 });
});

it('goes on from its checkpoint without the model', async () => {
  const before = generator.requests.length;
  expect(await measured()).toHaveLength(6);
  expect(generator.requests).toHaveLength(before);
});

it('gives figures of nothing', () => {
  expect(abstainingReport([])).toMatchObject({ precision: 0, recall: 0, f1: 0, kinds: [] });
});
