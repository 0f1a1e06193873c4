import { afterAll, describe, expect, it } from 'vitest';
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import { createSqlExecutor } from '../database/execute.ts';
import { introspect } from '../database/introspect.ts';
import { type EvaluatedItem, evaluate } from '../eval/evaluate.ts';
import { createFinSql } from '../pipeline.ts';
import { buildPrompt } from '../prompt/build.ts';
import { prepareDatabase } from '../retrieval/context.ts';
import { buildExemplarIndex } from '../retrieval/exemplars.ts';
import { FUND_SQL, temporaryDatabase } from '../testing/fund-database.ts';
import type { Completion, GenerateRequest, Generator } from './generator.ts';
import { otherPrompt } from './second-opinion.ts';

const { file, remove } = temporaryDatabase(FUND_SQL, 'fund.sqlite');
const executor = createSqlExecutor({ workers: 1 });
afterAll(() => {
  executor.close();
  remove();
});

const question = 'How many people hold a Master?';
const right = "select count(*) from manager where degree = 'Master'";
const other = "select count(manager_name) from manager where degree = 'Master'";
const careless = 'select count(*) from manager';

interface Writer extends Generator {
  readonly requests: GenerateRequest[];
}

/** Writes one statement, as sure of each of its ten tokens as is told. */
function writer(name: string, sql: string, sureness: number | null): Writer {
  const requests: GenerateRequest[] = [];
  return {
    name,
    requests,
    countTokens: (text) => Math.ceil(text.length / 4),
    async *generate(prompts, request = {}): AsyncGenerator<Completion> {
      requests.push(request);
      const logProbability = sureness === null ? null : sureness * 10;
      for (const prompt of prompts.keys()) {
        yield { prompt, candidate: 0, text: sql, logProbability, tokens: 10, finish: 'stop' };
      }
    },
  };
}

/** What a question and an evaluation make of the two. */
async function both(
  generator: Generator,
  adviser: Generator,
  secondOpinion = true,
  asked = question,
) {
  const finSql = createFinSql({
    generator,
    adviser: () => adviser,
    executor,
    secondOpinion,
    wordByWord: false,
  });
  const answer = await finSql.ask(asked, file);
  const stage = answer.trace.find(({ name }) => name === 'second-opinion')?.detail;
  const set = {
    items: [{ question: asked, sql: right, db: 'fund' }],
    databases: new Map([['fund', { schema: introspect(file, 'fund'), instances: [file] }]]),
  };
  const items: EvaluatedItem[] = [];
  for await (const item of evaluate({
    set,
    generator,
    adviser,
    executor,
    secondOpinion,
    wordByWord: false,
  })) {
    items.push(item);
  }
  const [item] = items;
  return { sql: answer.sql, stage, evaluated: item?.sql, opinion: item?.opinion };
}

const likely = (sureness: number) => ({
  sureness: expect.closeTo(sureness),
  logProbability: expect.closeTo(10 * sureness),
});

describe('its prompt', () => {
  const db = introspect(file).name;
  const of = (degree: string) => ({
    question: `How many people hold a ${degree}?`,
    sql: `select count(*) from manager where degree = '${degree}'`,
    db,
  });
  const size = {
    question: 'How many funds of people are large?',
    sql: 'select size from fund',
    db,
  };
  const promptBeside = (exemplars: readonly TextToSqlItem[]) => {
    const index = buildExemplarIndex(exemplars);
    const context = prepareDatabase(introspect(file), { exemplars: index });
    const first = buildPrompt(context, question);
    return { first, second: otherPrompt(context, first, {}) };
  };

  it('shows the nearest exemplar whose statement is built otherwise', () => {
    const { first, second } = promptBeside([of('Doctorate'), of('Bachelor'), size]);
    expect(first.content.exemplar?.sql).toContain('count(*)');
    expect(second.content.exemplar?.sql).toBe(size.sql);
    expect(second.content.question).toBe(question);
    expect(second.budget).toBe(first.budget);
  });

  it('is the same where there is no such exemplar, or none at all', () => {
    const alike = promptBeside([of('Doctorate'), of('Bachelor')]);
    expect(alike.second).toBe(alike.first);
    const bare = promptBeside([]);
    expect(bare.second).toBe(bare.first);
  });
});

describe('a second opinion', () => {
  it.each([
    ['is kept where it is surer', [other, -0.2], [right, -0.1], right],
    ['is not kept where it is less sure', [other, -0.1], [right, -0.2], other],
    ['is kept where the first passes over a stored text', [careless, -0.1], [right, -0.9], right],
    ['is not kept where it passes over one', [right, -0.9], [careless, -0.1], right],
  ] as const)('%s', async (_, [first, sure], [second, surer], sql) => {
    const adviser = writer('adviser', second, surer);
    const found = await both(writer('first', first, sure), adviser);
    const kept = sql === second;
    expect(found).toEqual({
      sql,
      stage: {
        generator: 'adviser',
        sql: second,
        logProbability: expect.closeTo(10 * surer),
        kept,
      },
      evaluated: sql,
      opinion: { sql: second, ...likely(surer), kept },
    });
    expect(adviser.requests[0]?.likely).toEqual([first]);
  });

  it.each([
    ['where the first is sure', -0.001],
    ['where how sure the first is cannot be known', null],
  ])('is not asked for %s', async (_, sureness) => {
    const adviser = writer('adviser', right, -0.0001);
    const found = await both(writer('first', other, sureness), adviser);
    expect(found).toEqual({ sql: other, stage: undefined, evaluated: other, opinion: null });
    expect(adviser.requests).toEqual([]);
  });

  it('is not asked for where it is not wanted', async () => {
    const adviser = writer('adviser', right, -0.1);
    const found = await both(writer('first', other, -0.2), adviser, false);
    expect(found).toMatchObject({ sql: other, evaluated: other, opinion: null });
    expect(adviser.requests).toEqual([]);
  });

  it.each([
    ['finds nothing', "select manager_name from manager where degree = 'Master' and id < 0"],
    ['does not run', "select nothing from manager where degree = 'Master'"],
  ])('answers where the first %s', async (_, first) => {
    const found = "select manager_name from manager where degree = 'Master'";
    const answer = await both(writer('first', first, -0.1), writer('adviser', found, -0.2));
    expect(answer).toMatchObject({ sql: found, stage: { kept: false }, evaluated: found });
    const nothing = "select id from manager where degree = 'Master' and id < 0";
    const none = await both(writer('first', first, -0.1), writer('adviser', nothing, -0.2));
    expect(none.sql).toBe(first);
  });

  it('does not answer for a text of the question that is stored nowhere', async () => {
    const unknown = "select size from fund where fund_name = 'Gamma Value'";
    const adviser = writer('adviser', 'select size from fund', -0.2);
    const asked = 'What is the size of the fund Gamma Value?';
    const answer = await both(writer('first', unknown, -0.1), adviser, true, asked);
    expect(answer).toMatchObject({ sql: unknown, stage: { kept: false }, evaluated: unknown });
  });

  it('leaves the first as it is where nothing is written, or nothing is known of how sure it is', async () => {
    const silent = await both(writer('first', other, -0.2), writer('silent', '', -0.1));
    expect(silent).toMatchObject({ sql: other, stage: { sql: null, kept: false }, opinion: null });
    const mute = await both(writer('first', other, -0.2), writer('mute', right, null));
    expect(mute).toMatchObject({ sql: other, stage: { sql: right, kept: false } });
    expect(mute.opinion).toMatchObject({ sql: right, sureness: null, kept: false });
  });
});
