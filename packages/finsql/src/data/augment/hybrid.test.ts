import { seededRandom } from '@quaestor/peft';
import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../../database/introspect.ts';
import { readSql } from '../../generate/read-sql.ts';
import { temporaryDatabase } from '../../testing/fund-database.ts';
import type { TextToSqlSet } from '../text-to-sql-set.ts';
import { buildTrainingExamples } from '../training-examples.ts';
import { augmentSet } from './hybrid.ts';
import { keepsValues, synonymousQuestion } from './synonyms.ts';

const { file, remove } = temporaryDatabase();
afterAll(remove);

const item = (question: string, sql: string) => ({ question, sql, db: 'fund' });
const set: TextToSqlSet = {
  items: [
    item('How many funds are there?', 'select count(*) from fund'),
    item(
      'Which funds have a size of more than 100?',
      'select fund_name from fund where size > 100',
    ),
    item(
      'Show the average size for each company.',
      'select company_id, avg(size) from fund group by company_id',
    ),
    item('What is broken?', 'select nonsense from fund'),
  ],
  databases: new Map([['fund', { schema: introspect(file, 'fund'), instances: [file] }]]),
};

describe('augmentSet', async () => {
  const { items, report } = await augmentSet(set);
  const of = (part: string) => items.filter((made) => made.part === part);

  it('writes skeletons and reasoning before the statement, which reads back', () => {
    expect(of('skeleton').map(({ answer }) => answer?.split('\n')[0])).toEqual([
      'select count ( * ) from _',
      'select _ from _ where _ > _',
      'select _ , avg ( _ ) from _ group by _',
    ]);
    expect(of('reasoning')[2]?.answer).toMatch(
      /^1\. Reads fund[\s\S]*2\. Makes one group per company_id\./,
    );
    for (const made of [...of('skeleton'), ...of('reasoning')]) {
      expect(readSql(made.answer ?? '')).toBe(made.sql);
    }
  });

  it('shows gold’s tables in each prompt, in several forms', () => {
    for (const made of of('templates')) expect(made.prompt).toMatch(/\bfund\b[\s\S]*size/);
    const starts = new Set(
      items.flatMap(({ prompt }) => (prompt === undefined ? [] : [prompt.slice(0, 9)])),
    );
    expect(starts.size).toBeGreaterThan(1);
  });

  it('keeps the statement of a question in other words', () => {
    for (const made of of('synonyms')) {
      expect(set.items.some(({ sql }) => sql === made.sql)).toBe(true);
      expect(set.items.some(({ question }) => question === made.question)).toBe(false);
    }
  });

  it('reports what each part added and why the rest is not there', () => {
    for (const part of ['skeleton', 'templates'] as const) {
      expect(report[part]).toEqual({ added: 3, rejected: { 'gold fails': 1 } });
    }
    expect(report.reasoning?.rejected).toEqual({ 'gold fails': 1 });
  });

  it('is the same for the same seed, and makes only the parts asked for', async () => {
    expect((await augmentSet(set)).items).toEqual(items);
    const { items: few } = await augmentSet(set, { parts: ['skeleton'] });
    expect(new Set(few.map(({ part }) => part))).toEqual(new Set(['skeleton']));
  });

  it('drops what a language model says when it loses a value', async () => {
    const { report: said } = await augmentSet(set, {
      parts: ['synonyms'],
      paraphrase: async () => 'Which ones are big?',
    });
    expect(said.synonyms?.rejected['loses a value']).toBe(1);
  });

  it('is learnt as it stands', () => {
    const { examples } = buildTrainingExamples({ ...set, items: of('skeleton') });
    expect(examples[0]).toMatchObject({ prompt: items[0]?.prompt, completion: items[0]?.answer });
  });
});

describe('synonymousQuestion', () => {
  it('never touches values of the statement', () => {
    const question = 'Which funds of Highest Total Return have more than 100 units?';
    const sql = "select * from fund where name = 'Highest Total Return' and units > 100";
    for (let seed = 0; seed < 20; seed++) {
      const said = synonymousQuestion(question, sql, seededRandom(seed));
      expect(said).toContain('Highest Total Return');
      expect(said).not.toBe(question);
      expect(keepsValues(question, said ?? '', sql)).toBe(true);
    }
  });

  it('rewrites Chinese questions, too, and leaves alone what no rule fits', () => {
    expect(synonymousQuestion('基金有哪些？', 'select 1', seededRandom(1))).toMatch(
      /列出基金|都有哪些/,
    );
    expect(synonymousQuestion('Why?', 'select 1', seededRandom(1))).toBeUndefined();
  });
});
