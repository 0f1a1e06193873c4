import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@quaestor/peft';
import { afterAll, beforeEach, expect, it } from 'vitest';
import type { TextToSqlItem } from '../../data/text-to-sql-set.ts';
import type { Schema } from '../../schema/schema.ts';
import { buildExemplarIndex, type ExemplarIndex } from '../exemplars.ts';
import { learnedNames, learnNamesInTurns } from '../learned-names.ts';
import { keptExemplarIndex } from './kept-index.ts';

const all = mkdtempSync(join(tmpdir(), 'kept-index-'));
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(all, 'state-'));
});
afterAll(() => rmSync(all, { recursive: true }));

const random = seededRandom(11);
const pick = (texts: readonly string[]) => texts[random.integer(texts.length)] as string;
const SECTORS = ['power companies', 'banks', '券商', 'builders', "O'Neill & sons #1"];
const ENDS = ['of 2023', 'by fee, by fee, by fee', '按规模排序', 'in Wuhan', ''];
const items: TextToSqlItem[] = Array.from({ length: 300 }, (_, i) => {
  const sector = pick(SECTORS);
  return {
    question: `${pick(['List', 'How many', '哪些'])} ${sector} ${pick(ENDS)}`,
    db: pick(['demo', 'concert', '基金']),
    sql: `select ${i} from company where industry = '${sector.includes('power') ? 'Electric Utilities' : 'Finance'}'`,
  };
});
const asked = [
  'Which power companies of 2023?',
  '哪些券商按规模',
  'zzqxj',
  '',
  '#1 sons',
  '_ # ##',
];

const filesOf = () => readdirSync(folder).filter((name) => name.endsWith('.questions'));
const only = () => join(folder, filesOf()[0] as string);
const answersOf = (index: ExemplarIndex) =>
  ['demo', 'concert', '基金', 'elsewhere'].flatMap((db) =>
    asked.map((question) => [
      index.nearest(question, db, 20),
      index.ofKind(question, db, ({ sql }) => sql.includes('Finance')),
      [index.count(db), index.of(db)],
    ]),
  );

it('says the same bit for bit, when it is built and when it is read again', async () => {
  const expected = answersOf(buildExemplarIndex(items));
  expect(answersOf(await keptExemplarIndex(items, folder))).toEqual(expected);
  const { ino } = statSync(only());
  expect(answersOf(await keptExemplarIndex(items, folder))).toEqual(expected);
  expect(statSync(only()).ino).toBe(ino);
});

it('is of one list: another one has its own, and those used last are kept', async () => {
  for (const more of [0, 1, 2, 3, 4]) {
    const list = items.slice(more);
    const index = await keptExemplarIndex(list, folder);
    expect(index.size).toBe(list.length);
    expect(answersOf(index)).toEqual(answersOf(buildExemplarIndex(list)));
  }
  expect(filesOf()).toHaveLength(3);
  const changed = items.map((item, i) => (i === 7 ? { ...item, sql: 'select 1' } : item));
  const index = await keptExemplarIndex(changed, folder);
  expect(index.of(changed[7]?.db ?? '')).toContainEqual(changed[7]);
});

it('is made anew where its file is damaged', async () => {
  const expected = answersOf(await keptExemplarIndex(items, folder));
  const whole = readFileSync(only());
  const damages = [
    whole.subarray(0, 1000),
    Buffer.from('not a database'),
    Buffer.alloc(0),
    Buffer.concat([whole.subarray(0, 16), Buffer.alloc(4096, 7), whole.subarray(4112)]),
  ];
  for (const damaged of damages) {
    writeFileSync(only(), damaged);
    expect(answersOf(await keptExemplarIndex(items, folder))).toEqual(expected);
    expect(readFileSync(only()).length).toBe(whole.length);
  }
});

it('lives in memory where no file can be written', async () => {
  const blocked = join(folder, 'a file');
  writeFileSync(blocked, '');
  const index = await keptExemplarIndex(items, blocked);
  expect(answersOf(index)).toEqual(answersOf(buildExemplarIndex(items)));
  expect(index.notes).toBeUndefined();
});

it('is one file when two processes build it at the same time', async () => {
  const [one, other] = await Promise.all([1, 2].map(() => keptExemplarIndex(items, folder)));
  expect(answersOf(one as ExemplarIndex)).toEqual(answersOf(other as ExemplarIndex));
  expect(readdirSync(folder)).toEqual(filesOf());
  expect(filesOf()).toHaveLength(1);
});

const column = { type: 'text', kind: 'text', comment: '', primaryKey: false, samples: [] } as const;
const company = (comment: string): Schema => ({
  name: 'demo',
  tables: [
    {
      ...{ name: 'company', comment, foreignKeys: [] },
      columns: [{ ...column, name: 'industry' }],
    },
  ],
});

it('keeps the names that its questions teach, of each schema', async () => {
  const schema = company('Companies on the exchange');
  const question = 'What do the power companies earn?';
  const expected = learnedNames(buildExemplarIndex(items), schema).find(question);
  expect(expected).toMatchObject([{ value: 'Electric Utilities', length: 2 }]);
  const first = await keptExemplarIndex(items, folder);
  await learnNamesInTurns(first, schema);
  expect(learnedNames(first, schema).find(question)).toEqual(expected);
  const again = await keptExemplarIndex(items, folder);
  const unread = {
    ...again,
    of: () => {
      throw new Error('The questions are read again.');
    },
  };
  expect(learnedNames(unread, schema).find(question)).toEqual(expected);
  // A comment that has the name takes it from the texts.
  expect(learnedNames(again, company('Power companies')).find(question)).toEqual([]);
});
