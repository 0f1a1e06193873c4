import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { buildValueIndex } from '../retrieval/values.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { refersBack } from './refers-back.ts';
import { FOLLOW_UP_RULES, MOST_TURNS, rewriteFollowUp, withTurn } from './rewrite.ts';

interface Pair {
  readonly question: string;
  readonly sql: string;
  readonly follow_up: string;
  /** Null: the follow-up stands alone. */
  readonly standalone: string | null;
}

interface Thread {
  readonly before: readonly string[];
  readonly follow_up: string;
  readonly standalone: string | null;
}

const GOLDEN = new URL('../../../../test/golden/dialogue/', import.meta.url);
const pairs = JSON.parse(readFileSync(new URL('pairs.json', GOLDEN), 'utf8')) as Pair[];
const threads = JSON.parse(readFileSync(new URL('threads.json', GOLDEN), 'utf8')) as Thread[];
const { file, remove } = temporaryDatabase(readFileSync(new URL('schema.sql', GOLDEN), 'utf8'));
const schema = introspect(file);
const values = buildValueIndex(file, schema);
const vocabulary = { schema, find: values.find };
afterAll(remove);

describe('rewriteFollowUp', () => {
  it.each(pairs)('$question $follow_up', ({ question, sql, follow_up, standalone }) => {
    const found = rewriteFollowUp(follow_up, [{ question, sql }], vocabulary);
    expect(found.question).toBe(standalone ?? follow_up);
    expect(found.rule === null).toBe(standalone === null);
  });

  it.each(threads)('$before $follow_up', ({ before, follow_up, standalone }) => {
    const thread = before.map((question) => ({ question, sql: '' }));
    expect(rewriteFollowUp(follow_up, thread, vocabulary).question).toBe(standalone ?? follow_up);
  });

  it('uses every rule', () => {
    const used = pairs.map(
      ({ question, sql, follow_up }) =>
        rewriteFollowUp(follow_up, [{ question, sql }], vocabulary).rule,
    );
    expect(new Set(used)).toEqual(new Set([null, ...FOLLOW_UP_RULES.map(({ name }) => name)]));
  });

  it('leaves a rewritten question as it is, asked again after the same one', () => {
    for (const { question, sql, standalone } of pairs) {
      if (standalone === null) continue;
      expect(rewriteFollowUp(standalone, [{ question, sql }], vocabulary)).toEqual({
        question: standalone,
        rule: null,
      });
    }
  });

  it('makes questions that refer to nothing outside of them', () => {
    const standalone = [...pairs, ...threads].flatMap((one) => one.standalone ?? []);
    expect(standalone.filter((question) => refersBack(question) !== null)).toEqual([]);
  });

  it('follows a thread of follow-ups', () => {
    const sql = 'select revenue from income_statement where fiscal_year = 2022';
    const thread = [
      { question: 'What was the revenue of Haldane Electronics in 2022?', sql },
      { question: 'and for 2023?', sql },
      { question: 'what about Cormere Pharma?', sql },
    ];
    expect(rewriteFollowUp('and the net profit?', thread, vocabulary).question).toBe(
      'What was the net profit of Cormere Pharma in 2023?',
    );
  });

  it('replaces an order and a number of rows that were added before', () => {
    const after = (thread: string[], question: string) =>
      rewriteFollowUp(
        question,
        thread.map((text) => ({ question: text, sql: 'select company_name from company' })),
        vocabulary,
      ).question;
    const asked = ['Which companies are in Shanghai?', 'sort by city'];
    expect(after(asked, 'sort by name')).toBe('Which companies are in Shanghai, sorted by name?');
    expect(after(asked, 'descending')).toBe(
      'Which companies are in Shanghai, sorted by city, descending?',
    );
    expect(after(['Which companies are in Shanghai?', 'top 5'], 'top ten')).toBe(
      'Which companies are in Shanghai, only the top 10?',
    );
    expect(after(['各行业的公司数', '前三名'], '按月看')).toBe('各行业的公司数，按月分别统计');
  });

  it('takes a first question as it stands, whatever it is', () => {
    expect(rewriteFollowUp('and for 2023?', [], vocabulary)).toEqual({
      question: 'and for 2023?',
      rule: null,
    });
  });

  it('does without values, columns or statements that are not there', () => {
    const bare = { schema: { name: 'none', tables: [] }, find: () => [] };
    const thread = [{ question: 'Which companies are in Shanghai?', sql: '' }];
    expect(rewriteFollowUp('and in 2020?', thread, bare).question).toBe(
      'Which companies are in Shanghai in 2020?',
    );
    expect(rewriteFollowUp('(((', thread, bare).rule).toBeNull();
  });
});

describe('withTurn', () => {
  it('keeps the newest turns', () => {
    const turn = (question: string) => ({ question, sql: '' });
    let thread = [turn('0')];
    for (let index = 1; index <= MOST_TURNS; index++) thread = withTurn(thread, turn(`${index}`));
    expect(thread.map(({ question }) => question)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
    ]);
  });
});
