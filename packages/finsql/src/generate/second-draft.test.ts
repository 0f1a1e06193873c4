import { afterAll, describe, expect, it } from 'vitest';
import { createSqlExecutor } from '../database/execute.ts';
import { introspect } from '../database/introspect.ts';
import { createFinSql } from '../pipeline.ts';
import { buildPrompt } from '../prompt/build.ts';
import { prepareDatabase } from '../retrieval/context.ts';
import { buildExemplarIndex } from '../retrieval/exemplars.ts';
import { FUND_SQL, temporaryDatabase } from '../testing/fund-database.ts';
import type { Completion, Generator } from './generator.ts';
import { secondPrompt } from './second-draft.ts';

const { file, remove } = temporaryDatabase(FUND_SQL);
const executor = createSqlExecutor({ workers: 1 });
afterAll(() => {
  executor.close();
  remove();
});

const db = introspect(file).name;
const exemplars = [
  {
    question: 'What is the size of the fund Alpha Growth today?',
    sql: "select size from fund where fund_name = 'Alpha Growth'",
    db,
  },
  {
    question: 'How many of the people hold a Doctorate?',
    sql: "select count(*) from manager where degree = 'Doctorate'",
    db,
  },
];
const question = 'What is the size of the group of people with a Master?';
const counting = "select count(*) from manager where degree = 'Master'";

const drafted = (sql: string) => ({ sql, logProbability: -1 });

describe('the second prompt', () => {
  const context = prepareDatabase(introspect(file), { exemplars: buildExemplarIndex(exemplars) });
  const first = buildPrompt(context, question);

  it('shows the exemplar whose statement is nearest to the draft', () => {
    expect(first.content.exemplar?.sql).toContain('select size');
    const second = secondPrompt(context, first, drafted(counting));
    expect(second?.content.exemplar?.sql).toContain('count(*)');
    expect(second?.budget).toBeGreaterThan(first.budget);
    expect(second?.content.question).toBe(question);
  });

  it('is none when it would be the first again, or nothing is known', () => {
    const kept = secondPrompt(context, first, drafted('select size from fund'));
    expect(kept?.content.exemplar ?? first.content.exemplar).toEqual(first.content.exemplar);
    const bare = prepareDatabase(introspect(file));
    expect(secondPrompt(bare, buildPrompt(bare, question), drafted(counting))).toBeUndefined();
  });
});

/** Writes one statement beside the exemplar that counts, another beside any other. */
function beside(counts: readonly [string, number], others: readonly [string, number]): Generator {
  return {
    name: 'beside',
    countTokens: (text) => Math.ceil(text.length / 4),
    async *generate(prompts): AsyncGenerator<Completion> {
      for (const [prompt, text] of prompts.entries()) {
        const [sql, logProbability] = text.includes('hold a Doctorate') ? counts : others;
        yield { prompt, candidate: 0, text: sql, logProbability, tokens: 10, finish: 'stop' };
      }
    },
  };
}

describe('ask', () => {
  const size = 'select size from fund';
  const named = "select count(manager_name) from manager where degree = 'Master'";
  const all = 'select count(*) from manager';

  it.each([
    ['the second where it is likelier', named, -1, counting, true],
    ['the first where it is', named, -9, named, false],
    ['the one that does not pass over a stored text', all, -9, counting, true],
  ])('keeps %s', async (_, first, logProbability, sql, kept) => {
    const generator = beside([counting, logProbability], [first, -4]);
    const finSql = createFinSql({ generator, executor, exemplars, wordByWord: false });
    const answer = await finSql.ask(question, file);
    expect(answer.sql).toBe(sql);
    const stage = answer.trace.find(({ name }) => name === 'redraft');
    expect(stage?.detail).toMatchObject({ kept, completion: counting, logProbability });
  });

  it('asks once where a second draft is not wanted', async () => {
    const generator = beside([counting, -1], [size, -4]);
    const finSql = createFinSql({
      generator,
      executor,
      exemplars,
      secondDraft: false,
      wordByWord: false,
    });
    const answer = await finSql.ask(question, file);
    expect(answer.trace.map(({ name }) => name)).not.toContain('redraft');
    expect(answer.sql).toBe(size);
  });
});
