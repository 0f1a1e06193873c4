import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { type AnswerLimits, openAnswerStore } from './answer-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-answers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('takes over a file from before answers could abstain', () => {
  const file = join(folder, 'answers.sqlite');
  const old = new Database(file);
  old.exec(`create table answers (
    place integer primary key autoincrement, id text not null unique, created text not null,
    owner text not null, "database" text not null, question text not null,
    status text not null check (status in ('answered', 'failed')), sql text,
    bytes integer not null, outcome text not null
  );
  insert into answers values (7, 'a', '2025-01-01', 'me', 'fund', 'How many?', 'answered', 'select 1', 2, '{"answer": {"id": "a", "warnings": ["There are more rows."]}}')`);
  old.close();
  const store = openAnswerStore(file);
  const answer = {
    id: 'b',
    kind: 'abstained' as const,
    abstained: { code: 'off-topic' as const, reason: '这与数据库无关。' },
    standalone_question: null,
    language: 'en' as const,
    sql: '',
    columns: [],
    rows: [],
    truncated: false,
    trace: [],
    explanation: [],
    confidence: null,
    warnings: [],
    near_questions: [],
  };
  const asked = { id: 'b', created: '2025-01-02', owner: 'me', database: 'fund' };
  store.add({ ...asked, question: 'Will it rain?' }, { answer });
  expect(store.list('me', { limit: 5 })).toMatchObject([
    { place: 8, id: 'b', status: 'abstained', sql: '' },
    { place: 7, id: 'a', status: 'answered', sql: 'select 1' },
  ]);
  expect(store.get('b')?.outcome).toEqual({ answer });
  const warnings = [{ code: 'noted', text: 'There are more rows.' }];
  const near_questions: string[] = [];
  expect(store.get('a')?.outcome).toEqual({
    answer: { id: 'a', language: 'en', warnings, near_questions },
  });
  store.close();
  const again = openAnswerStore(file);
  expect(again.list(null, { limit: 5 })).toHaveLength(2);
  again.close();
  const written = new Database(file);
  const sizes = 'select bytes, octet_length(outcome) as octets from answers where id = ?';
  const { bytes, octets } = written.prepare<[string], Record<string, number>>(sizes).get('b') ?? {};
  written.close();
  expect(bytes).toBe(octets);
});

describe('what is kept', () => {
  const problem = {
    type: 'about:blank' as const,
    title: 'Unprocessable Content',
    status: 422,
    detail: 'x'.repeat(800),
    code: 'refused',
    request_id: 'r',
  };
  const fill = (limits: AnswerLimits, owners: readonly string[]) => {
    const store = openAnswerStore(':memory:', limits);
    for (const [place, owner] of owners.entries()) {
      const asked = { id: String(place), created: '2025-01-01', owner, database: 'fund' };
      store.add({ ...asked, question: 'How many?' }, { problem });
    }
    const kept = store.list(null, { limit: 100 }).map(({ id, owner }) => `${owner}${id}`);
    store.close();
    return kept;
  };
  const roomy = { most: 100, mostBytes: 1e6, mostBytesOfAll: 1e6 };

  it.each([
    ['their number', { ...roomy, most: 2 }],
    ['their bytes', { ...roomy, mostBytes: 2500 }],
  ])('of one who asks much is bounded by %s, and others lose nothing', (_what, limits) => {
    expect(fill(limits, ['a', 'b', 'b', 'b', 'b'])).toEqual(['b4', 'b3', 'a0']);
  });

  it('of all is bounded by what is taken from who has the most', () => {
    const limits = { ...roomy, mostBytesOfAll: 3500 };
    expect(fill(limits, ['a', 'b', 'b', 'b', 'c'])).toEqual(['c4', 'b3', 'a0']);
  });

  it('has the newest, whatever its size', () => {
    expect(fill({ most: 5, mostBytes: 10, mostBytesOfAll: 10 }, ['a', 'a'])).toEqual(['a1']);
  });
});
