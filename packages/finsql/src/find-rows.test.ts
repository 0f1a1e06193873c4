import { afterAll, describe, expect, it } from 'vitest';
import { askedOf } from './abstain/passed-over.ts';
import { createSqlExecutor } from './database/execute.ts';
import { findRows } from './find-rows.ts';
import { retrieve } from './retrieval/retrieve.ts';
import { openedDatabase, SHOP_SQL } from './testing/shop-database.ts';
import { createTrace } from './trace.ts';

const { file, context, close } = openedDatabase(SHOP_SQL);
const executor = createSqlExecutor({ workers: 1 });
afterAll(() => {
  executor.close();
  close();
});

const question = 'How many customers are in Berlin?';
const inBerlin = "select count(*) from customers where city = 'Berlin'";

/** The rows for a draft beside what was read off the question, with what the trace says of that. */
async function find(
  draft: string,
  read: string | undefined,
  sampled?: readonly string[],
  passedOver: readonly string[] = [],
) {
  const trace = createTrace({}, undefined);
  const found = await findRows(draft, {
    file,
    executor,
    limits: {},
    calibration: { ...context, question },
    trace,
    samples: 0,
    resample: async () => [],
    asked: askedOf(context, retrieve(context, question, { exemplars: false })),
    others: [],
    wordByWord: read === undefined ? undefined : { sql: read, cost: 1, passedOver },
    sampled: sampled && (async () => sampled),
  });
  const told = trace.stages.find(({ name }) => name === 'word-by-word')?.detail;
  return { ...found, told };
}

describe('a statement read off the question', () => {
  it('answers before the draft', async () => {
    const { sql, result, wordByWord, told, failure } = await find(
      'select count(*) from customers',
      inBerlin,
    );
    expect([sql, result.rows, failure]).toEqual([inBerlin, [[2]], null]);
    expect(wordByWord).toEqual({ agrees: false, cost: 1 });
    expect(told).toMatchObject({ sql: inBerlin, kept: true, agrees: false });
  });

  it('says what it passes over', async () => {
    const { wordByWord } = await find('select 1', inBerlin, undefined, ['loyal']);
    expect(wordByWord).toEqual({ agrees: false, cost: 1, passedOver: ['loyal'] });
  });

  it('agrees with a draft that finds the same rows, however it is written', async () => {
    const draft = "select count(customer_id) from customers where city in ('Berlin')";
    const { sql, wordByWord, told } = await find(draft, inBerlin);
    expect([sql, wordByWord]).toEqual([inBerlin, { agrees: true, cost: 1 }]);
    expect(told).toMatchObject({ kept: true, agrees: true });
  });

  it('agrees with the draft that wins a vote', async () => {
    const every = 'select count(*) from customers';
    const { vote, wordByWord } = await find(every, inBerlin, [inBerlin, inBerlin]);
    expect(vote?.best?.sql).toBe(inBerlin);
    expect(wordByWord).toEqual({ agrees: true, cost: 1 });
  });

  it.each([
    ['finds nothing', "select customer_name from customers where city = 'berlin '"],
    ['does not run', 'select count(*) from clients'],
  ])('leaves the answer to the draft where it %s', async (_, read) => {
    const draft = 'select count(*) from customers';
    const { sql, result, wordByWord, told } = await find(draft, read);
    expect([sql, result.rows, wordByWord]).toEqual([draft, [[4]], null]);
    expect(told).toMatchObject({ sql: read, kept: false, agrees: false });
  });

  it('answers in place of a draft that does not run', async () => {
    const { sql, wordByWord, failure } = await find('select nothing at all', inBerlin);
    expect([sql, wordByWord, failure]).toEqual([inBerlin, { agrees: false, cost: 1 }, null]);
  });

  it('is no stage where nothing was read off', async () => {
    const { sql, wordByWord, told } = await find(inBerlin, undefined);
    expect([sql, wordByWord, told]).toEqual([inBerlin, null, undefined]);
  });
});
