import { afterAll, describe, expect, it } from 'vitest';
import { createSqlExecutor } from './database/execute.ts';
import { createFinSql } from './pipeline.ts';
import type { AskOptions, FinSqlOptions } from './pipeline-options.ts';
import type { DatabaseSource } from './prepared-databases.ts';
import { temporaryDatabase } from './testing/fund-database.ts';
import { scriptedGenerator } from './testing/scripted-generator.ts';

const { file, remove } = temporaryDatabase();
const executor = createSqlExecutor({ workers: 1 });
afterAll(() => {
  executor.close();
  remove();
});

const QUESTION = 'How many managers have a Doctorate?';
const PEOPLE = "select count(*) as people from manager where degree = 'Doctorate'";

/** Asks where a statement is known, with a model that always writes another. */
async function ask(
  question: string,
  sql: string,
  options: Partial<FinSqlOptions> = {},
  asked: AskOptions = {},
  database: string | DatabaseSource = file,
) {
  const generator = scriptedGenerator({}, 'select count(*) as written from fund');
  const exemplars = [{ db: 'fund', question: QUESTION, sql }];
  const finSql = createFinSql({ generator, executor, exemplars, wordByWord: false, ...options });
  const answer = await finSql.ask(question, database, asked);
  const stages = answer.trace.map(({ name }) => name);
  const codes = answer.warnings.map(({ code }) => code);
  return { ...answer, stages, codes, drafts: generator.requests.length };
}

describe('a known question', () => {
  it('is answered by its statement as it was said, and no model is asked', async () => {
    const answer = await ask('how many managers have a doctorate', PEOPLE);
    expect(answer).toMatchObject({ kind: 'answered', sql: PEOPLE, rows: [[2]], drafts: 0 });
    expect(answer.codes).toEqual([]);
    expect(answer.stages).toEqual(['introspect', 'retrieve', 'known-question', 'explain']);
    expect(answer.confidence).toBeGreaterThan(0.95);
  });

  it('but for a text: by the same statement with that, which is said', async () => {
    const answer = await ask('How many managers have a Master?', PEOPLE);
    expect(answer).toMatchObject({ rows: [[1]], sql: PEOPLE.replace('Doctorate', 'Master') });
    expect(answer.warnings).toEqual([
      {
        code: 'as-known',
        text: `The SQL is that of the known question '${QUESTION}', with 'Master' in place of 'Doctorate'.`,
      },
    ]);
    const step = answer.trace.find(({ name }) => name === 'known-question');
    expect(step?.detail).toMatchObject({
      question: QUESTION,
      changes: [{ from: 'Doctorate', to: 'Master' }],
      kept: true,
    });
  });

  it('is offered where another in its stead gets no answer', async () => {
    const broken = { generator: scriptedGenerator({}, 'select nonsense from fund'), samples: 0 };
    const near = async (question: string, options: Partial<FinSqlOptions> = broken) => {
      const answer = await ask(question, PEOPLE, options);
      return [answer.abstained?.code, answer.near_questions];
    };
    expect(await near('How many of the managers have some Doctorate?')).toEqual([
      'nothing-runs',
      [QUESTION],
    ]);
    expect(await near('What will the weather be in Paris tomorrow?')).toEqual(['off-topic', []]);
    // An answer that nothing speaks against needs no other.
    expect(await near('How many of the managers have some Doctorate?', {})).toEqual([
      undefined,
      [],
    ]);
    expect(await near(QUESTION)).toEqual([undefined, []]);
  });

  it('answers whatever it finds: somebody has said that it is right', async () => {
    const none = "select manager_name from manager where degree = 'Bachelor'";
    const answer = await ask(QUESTION, none);
    expect([answer.kind, answer.rows]).toEqual(['answered', []]);
    expect(answer.codes).toEqual(['no-rows', 'value-not-stored']);
  });

  it.each([
    ['does not run', 'select count(*) from managers'],
    ['would write', 'delete from manager'],
    ['reads no table', 'select 2'],
  ])('whose statement %s is written anew', async (_, sql) => {
    const { trace, drafts, columns } = await ask(QUESTION, sql, { samples: 0 });
    expect([columns, drafts]).toEqual([['written'], 1]);
    const step = trace.find(({ name }) => name === 'known-question');
    expect(step?.detail).toMatchObject({ kept: false });
  });

  it('is written anew where known questions do not answer', async () => {
    const { columns, stages } = await ask(QUESTION, PEOPLE, { knownQuestions: false });
    expect(columns).toEqual(['written']);
    expect(stages).not.toContain('known-question');
  });

  it('gives its statement alone where nothing is to be run', async () => {
    const answer = await ask('How many managers have a Master?', PEOPLE, {}, { dryRun: true });
    expect(answer).toMatchObject({
      rows: [],
      sql: PEOPLE.replace('Doctorate', 'Master'),
      drafts: 0,
    });
    expect(answer.codes).toEqual(['as-known']);
  });

  it('is not answered by what may not be read', async () => {
    const source = { file, allow: { fund: 'all' } } as const;
    const { columns, stages } = await ask(
      QUESTION,
      PEOPLE,
      { samples: 0, abstain: false },
      {},
      source,
    );
    expect(columns).toEqual(['written']);
    expect(stages).not.toContain('known-question');
  });

  it('is withheld where answers must be surer than it is', async () => {
    const answer = await ask(QUESTION, PEOPLE, { minConfidence: 0.99 });
    expect(answer.abstained).toMatchObject({ code: 'low-confidence' });
  });
});
