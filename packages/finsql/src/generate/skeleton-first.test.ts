import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { sqlGrammar } from '../grammar/sql-automaton.ts';
import { createFinSql } from '../pipeline.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import type { GenerateRequest, Generator } from './generator.ts';
import { readSql } from './read-sql.ts';
import { afterSkeleton, asTrained, skeletonThen, withSkeleton } from './skeleton-first.ts';

const { file, remove } = temporaryDatabase();
afterAll(remove);
const schema = introspect(file);

const COUNTING = "select count(*) from manager where degree = 'Doctorate'";

describe('a statement with its skeleton', () => {
  it('stands behind the bar', () => {
    expect(withSkeleton(COUNTING)).toBe(`select count ( * ) from _ where _ = _ | ${COUNTING}`);
  });

  it.each([
    COUNTING,
    "select fund_name || ' | select' from fund",
    'with a as (select 1) select * from a',
    'values (1)',
  ])('is read without it: %s', (sql) => {
    expect(readSql(` ${withSkeleton(sql)}\n`)).toBe(sql);
    expect(readSql(` ${sql}`)).toBe(sql);
  });

  it('keeps what only looks like a skeleton', () => {
    for (const text of ['select a | b from t', 'select _ from _', '']) {
      expect(afterSkeleton(text)).toBe(text);
    }
  });
});

describe('the grammar behind a skeleton', () => {
  const automaton = skeletonThen(sqlGrammar(schema));
  const taken = (text: string): boolean | string => {
    let state = automaton.start();
    for (const [at, byte] of Buffer.from(text).entries()) {
      const next = automaton.step(state, byte);
      if (next === null) return text.slice(0, at);
      state = next;
    }
    return automaton.complete(state);
  };

  it('takes a skeleton of any form, and then only what the database has', () => {
    expect(taken(` ${withSkeleton(COUNTING)}`)).toBe(true);
    expect(taken(" select _ || _ from _ | select fund_name || 'x' from fund")).toBe(true);
    expect(taken(' select _ from _ | select nonsense')).toBe(' select _ from _ | select non');
  });

  it('does not end within a skeleton, nor begin without one', () => {
    expect(taken(' select _ from _')).toBe(false);
    expect(taken(' select _ from _ | ')).toBe(false);
    expect(taken(' | select 1')).toBe(' |');
    expect(taken(' select\n')).toBe(' select');
  });
});

describe('an adapter that learnt to write skeletons first', () => {
  const asked: GenerateRequest[] = [];
  const generator: Generator = {
    name: 'skeletons',
    countTokens: (text) => text.length / 4,
    async *generate(prompts, request = {}) {
      asked.push(request);
      for (const prompt of prompts.keys()) {
        const text = ` ${withSkeleton(COUNTING)}`;
        yield { prompt, candidate: 0, text, logProbability: -1, tokens: 30, finish: 'stop' };
      }
    },
  };

  it('has room for them, and is answered by the statement alone', async () => {
    const finSql = createFinSql({
      generator: asTrained(generator, { recipe: { skeletonFirst: true } }),
      abstain: false,
      maxTokens: 100,
      constrained: true,
    });
    try {
      const { sql } = await finSql.ask('How many managers have a Doctorate?', file);
      expect(sql).toBe(COUNTING);
      expect(asked[0]?.maxTokens).toBe(150);
      expect(asked[0]?.constraints?.[0]?.start()).toMatchObject({ empty: true });
    } finally {
      finSql.close();
    }
  });

  it('is told by its card', () => {
    expect(asTrained(generator, { recipe: { skeletonFirst: false } })).toBe(generator);
    expect(asTrained(generator, { recipe: {} })).toBe(generator);
    expect(asTrained(generator, null)).toBe(generator);
  });
});
