import { readFileSync } from 'node:fs';
import { type Random, seededRandom } from '@quaestor/peft';
import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { Database } from '../database/sqlite.ts';
import type { Schema } from '../schema/schema.ts';
import { normalizeSql } from '../sql/normalize.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { FUNCTIONS } from './functions.ts';
import { type SqlState, sqlAutomaton } from './sql-automaton.ts';

const { file, remove } = temporaryDatabase();
const database = new Database(file, { readonly: true });
afterAll(() => {
  database.close();
  remove();
});
const schema = introspect(file);
const automaton = sqlAutomaton(schema);

/** How much of the text is accepted; all of it and complete: undefined. */
function refusedAt(text: string, of = automaton): string | undefined {
  let state: SqlState = of.start();
  const bytes = Buffer.from(text);
  for (const [at, byte] of bytes.entries()) {
    const next = of.step(state, byte);
    if (next === null) return `${bytes.subarray(0, at)}¦${bytes.subarray(at)}`;
    state = next;
  }
  return of.complete(state) ? undefined : `${text}¦`;
}

function after(text: string): SqlState {
  let state = automaton.start();
  for (const byte of Buffer.from(text)) state = automaton.step(state, byte) as SqlState;
  return state;
}

const ACCEPTED = [
  'select 1',
  ' select count(*) from fund',
  'SELECT DISTINCT Fund_Name FROM Fund WHERE size >= 1.5e+2 AND NOT opened IS NULL',
  'select fund_name, size * 2 as double_size from fund order by double_size desc nulls last limit 3 offset 1',
  "select * from company where company_name = '华夏基金' or city like 'O''Neill%' escape '\\'",
  'select f.fund_name, c.city from fund as f join company as c on f.company_id = c.id',
  'select f.fund_name from fund f left join big_fund using (code)',
  "select f.fund_name from fund f left join big_fund using (code) where code > '1'",
  'select fund.fund_name, company.* from fund, company where fund.company_id = company.id',
  'select "unit value", "Order" from "Net Value" where [unit value] between -1 and 2 + 3',
  'select code from fund where company_id in (select id from company) and size in (1, 2)',
  'select code from fund as f where exists (select 1 from company where id = f.company_id)',
  'select fund_name from (select fund_name, count(*) from fund group by 1) as t',
  'select (select max(size) from fund as f where f.company_id = c.id) from company as c',
  'with big as (select code, size from fund where size > 1) select b.code from big as b',
  'with recursive n(i) as (select 1 union all select i + 1 from n where i < 5) select i from n',
  'select code from fund union select fund_code from fund_manager except select 1 order by code',
  "select case when size > 1 then 'big' else 'small' end, cast(size as integer) from fund",
  "select strftime('%Y', opened), avg(size) from fund group by 1 having count(distinct code) > 1",
  'select rank() over (partition by company_id order by size desc), sum(size) over () from fund',
  "select round(strftime('%m', opened) / 3.0 + 0.495) = 4 from fund where opened is not null;",
  'select code from big_fund natural join fund_manager',
];

const REFUSED: readonly (readonly [string, string])[] = [
  ['select fund_nam from fund', 'select fund_nam¦ from fund'],
  ['select code from funds', 'select code from fund¦s'],
  ['select f.city from fund as f', 'select f.city from fund as ¦f'],
  ['select f.city, f.size from fund as f', 'select f.city, f.¦size from fund as f'],
  ['select city from fund where 1', 'select city from fund where¦ 1'],
  ['select code from fund where city', 'select code from fund where c¦ity'],
  ['select code from fund as f where g.code', 'select code from fund as f where ¦g.code'],
  [
    'select f.fund_name from fund f join big_fund b on f.code = b.code where size > 1',
    'select f.fund_name from fund f join big_fund b on f.code = b.code where si¦ze > 1',
  ],
  ['select nosuch(size) from fund', 'select nos¦uch(size) from fund'],
  ['select round(1, 2, 3)', 'select round(1, 2¦, 3)'],
  ['select abs()', 'select abs(¦)'],
  ['select code from fund where sum(size) > 1', 'select code from fund where su¦m(size) > 1'],
  [
    'select code from fund where code in (select id, city from company)',
    'select code from fund where code in (select id¦, city from company)',
  ],
  ['select 1 union select 2, 3', 'select 1 union select 2¦, 3'],
  [
    'select sum(distinct size) over (order by code) from fund',
    'select sum(distinct size) o¦ver (order by code) from fund',
  ],
  ['select code from fund where', 'select code from fund where¦'],
  ['delete from fund', '¦delete from fund'],
  ['select 1; drop table fund', 'select 1;¦ drop table fund'],
  ['select 1 -- 2', 'select 1 -¦- 2'],
  ["select 'a", "select 'a¦"],
  ['select *', 'select *¦'],
];

describe('sqlAutomaton', () => {
  it.each(ACCEPTED)('accepts what SQLite prepares: %s', (sql) => {
    expect(() => database.prepare(sql)).not.toThrow();
    expect(refusedAt(sql)).toBeUndefined();
  });

  it.each(REFUSED)('refuses at the first wrong byte: %s', (sql, at) => {
    expect(refusedAt(sql)).toBe(at);
  });

  it('knows only functions that SQLite has, with as many arguments as it takes', () => {
    for (const { name, fewest, most, kind } of FUNCTIONS.values()) {
      for (const count of new Set([fewest, Math.min(most, fewest + 2)])) {
        const list = Array(count).fill('size').join(', ');
        const over = kind === 'window' ? ' over (order by code)' : '';
        const sql = `select ${name}(${list})${over} from fund`;
        expect(() => database.prepare(sql)).not.toThrow();
        expect(refusedAt(sql)).toBeUndefined();
      }
    }
  });

  it('refuses a byte that begins no character', () => {
    expect(automaton.step(after("select '"), 0x80)).toBeNull();
    expect(automaton.step(after("select 'é"), 0xbf)).toBeNull();
  });

  it('says what must follow', () => {
    const forced = (text: string) => automaton.forced(after(text));
    expect(forced('select manager_n')).toBe('ame');
    expect(forced('select code from fund as f gro')).toBe('up by');
    expect(forced('select code from fund as f order')).toBe(' by');
    expect(forced('select "unit')).toBe(' value');
    expect(forced('select fund')).toBe('');
    expect(forced('select code from fund as ma')).toBe('');
    expect(forced("select 'manager_n")).toBe('');
  });

  it('accepts every known statement of the demo database', () => {
    const folder = new URL('../../../../data/demo/', import.meta.url);
    const demo = temporaryDatabase(
      readFileSync(new URL('schema.sql', folder), 'utf8'),
      'demo.sqlite',
    );
    try {
      const demoSchema = introspect(demo.file);
      const grammar = sqlAutomaton(demoSchema);
      const known = ['questions-train.json', 'questions-dev.json'].flatMap(
        (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { query: string }[],
      );
      const refused = known
        .map(({ query }) => refusedAt(normalizeSql(query, demoSchema), grammar))
        .filter((at) => at !== undefined);
      expect(known.length).toBeGreaterThan(200);
      // A column that only a derived table after it defines.
      expect(refused.length).toBeLessThanOrEqual(0.005 * known.length);
    } finally {
      demo.remove();
    }
  });

  it('writes only what SQLite prepares, wherever chance leads it', () => {
    const { complete, failed } = wander(schema, 150);
    expect(complete).toBeGreaterThan(5);
    expect(failed).toEqual([]);
  });
});

/** Errors that depend on more than grammar and names: sizes of compounds with stars, and the like. */
const OTHER = /same number of result columns|out of range|misuse|ambiguous/;

/** Random walks through the automaton, those that came to an end, and what SQLite says of them. */
function wander(of: Schema, walks: number): { complete: number; failed: string[] } {
  const grammar = sqlAutomaton(of);
  const random = seededRandom(5);
  const failed: string[] = [];
  let complete = 0;
  for (let walk = 0; walk < walks; walk++) {
    let state: SqlState = grammar.start();
    let text = '';
    while (text.length < 240 && !(grammar.complete(state) && random.next() < 0.5)) {
      const chosen = choose(grammar, state, text, random);
      if (chosen === undefined) {
        failed.push(`no way on: ${text}`);
        break;
      }
      text += chosen.character;
      state = chosen.state;
    }
    if (!grammar.complete(state)) continue;
    complete++;
    try {
      database.prepare(text);
    } catch (error) {
      const { message } = error as Error;
      if (!OTHER.test(message)) failed.push(`${message}: ${text}`);
    }
  }
  return { complete, failed };
}

/** Something that may follow; rather an end to names and texts than long ones, and few quotes. */
function choose(
  grammar: typeof automaton,
  state: SqlState,
  text: string,
  random: Random,
): { character: string; state: SqlState } | undefined {
  const allowed = (character: string) => {
    const next = grammar.step(state, character.charCodeAt(0));
    return next === null ? [] : [{ character, state: next }];
  };
  const first = state.kind === 'text' ? ["'"] : random.next() < 0.5 ? [',', ' ', ')', '.'] : [];
  const usual = shuffled('abcdefghijklmnopqrstuvwxyz_0123456789=<>+-*/', random);
  const rare = shuffled('(\'"`ABCXYZ%|&~!.,) ', random);
  for (const character of [...first, ...usual, ...rare]) {
    if (character === ' ' && text.endsWith(' ')) continue;
    const [found] = allowed(character);
    if (found !== undefined) return found;
  }
  return undefined;
}

function shuffled(characters: string, random: Random): string[] {
  return [...characters]
    .map((character) => ({ character, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ character }) => character);
}
