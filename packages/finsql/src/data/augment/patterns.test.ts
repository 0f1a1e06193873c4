import { seededRandom } from '@quaestor/peft';
import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../../database/introspect.ts';
import { openReadOnly } from '../../database/open.ts';
import { FinSqlError } from '../../errors.ts';
import { temporaryDatabase } from '../../testing/fund-database.ts';
import { checkPair } from './check-pair.ts';
import { chineseColumns, fillPattern } from './fill-pattern.ts';
import { generatePairs } from './generate-pairs.ts';
import { parsePatterns } from './pattern-file.ts';
import { choosePhrase } from './phrase.ts';
import { resolveSlots, slotFile } from './slots.ts';

const fund = temporaryDatabase();
const bilingual = temporaryDatabase(`
  create table fund (fund_name text, fund_name_cn text, size real, opened text);
  insert into fund values ('Alpha', '甲', 120, '2019-12-31'), ('Beta', '乙', 300, '2021-06-30'),
    ('Gamma', '丙', 300, '2022-06-30');`);
const database = openReadOnly(bilingual.file);
const schema = introspect(bilingual.file, 'bilingual');
afterAll(() => {
  database.close();
  fund.remove();
  bilingual.remove();
});

const slots = resolveSlots(
  slotFile.parse({
    fund: { query: 'select fund_name, fund_name, fund_name_cn from fund', names: true },
    day: { query: 'select opened from fund order by 1', date: 'day' },
    m: { table: 'fund', unit: 'million', sql: [['size', 'size|net assets', '规模']] },
    big: [{ en: 'large {fund}', where: 'size > 1 and fund_name = {fund}' }],
    n: [[2, 'two', '两']],
  }),
  database,
);

function fill(text: string, lang: 'en' | 'zh' = 'en', seed = 1) {
  const [pattern] = parsePatterns(text, 'test');
  if (pattern === undefined) throw new Error('no pattern');
  return fillPattern(pattern, slots, lang, chineseColumns(schema), seededRandom(seed));
}

describe('choosePhrase', () => {
  it('takes one alternative of each bracket, nested ones too', () => {
    const said = new Set(
      Array.from({ length: 60 }, (_, seed) => choosePhrase('[a|b[c|]] d', seededRandom(seed))),
    );
    expect([...said].sort()).toEqual(['a d', 'b d', 'bc d']);
  });
});

describe('parsePatterns', () => {
  it('reads blocks, macros and weights', () => {
    const patterns = parsePatterns(
      '# funds\n$f = fund as f\n\n* 2\nen: Which?\nzh: 哪？\nsql: select 1 from $f\n\nen: How?\nsql: select 2',
      'a.txt',
    );
    expect(patterns).toMatchObject([
      { name: 'a.txt:4', weight: 2, sql: 'select 1 from fund as f', wordings: { zh: ['哪？'] } },
      { weight: 1, wordings: { en: ['How?'], zh: [] } },
    ]);
  });

  it('names every line that is none', () => {
    expect(() => parsePatterns('en: Which?\n\nwhat is this\n', 'bad.txt')).toThrow(FinSqlError);
    expect(() => parsePatterns('en: Which?\n\nwhat is this\n', 'bad.txt')).toThrow(
      /bad\.txt:1: .*lacks sql[\s\S]*bad\.txt:3/,
    );
  });
});

describe('fillPattern', () => {
  it('says an entry in words and writes it in SQL', () => {
    const filled = fill(
      'en: Which funds have {m} above {m.at}?\nsql: select fund_name from fund where {m} > {m.at}',
    );
    expect(filled?.question).toMatch(/^Which funds have (size|net assets) above \d+ million/);
    expect(filled?.sql).toMatch(/^select fund_name from fund where size > \d+$/);
  });

  it('names Chinese columns and values in Chinese questions', () => {
    expect(
      fill('zh: {fund}的规模？\nsql: select size from fund where fund_name = {fund}', 'zh')?.sql,
    ).toMatch(/^select size from fund where fund_name_cn = '[甲乙丙]'$/);
  });

  it('takes a later entry for the second of a slot', () => {
    for (let seed = 0; seed < 20; seed++) {
      const filled = fill(
        'en: From {day.text} to {day2.text}?\nsql: select {day}, {day2}',
        'en',
        seed,
      );
      const [first = '', second = ''] = filled?.sql.match(/\d{4}-\d\d-\d\d/g) ?? [];
      if (filled !== undefined) expect(first < second).toBe(true);
    }
  });

  it('fills entries that hold slots themselves', () => {
    const filled = fill('en: The {big}?\nsql: select size from fund where {big.where!}');
    const name = /large (\w+)/.exec(filled?.question ?? '')?.[1];
    expect(filled?.sql).toBe(`select size from fund where size > 1 and fund_name = '${name}'`);
  });

  it('leaves out what the wording does not mention', () => {
    const sql = 'select fund_name from fund [fund: where fund_name = {fund}] limit {n?1}';
    expect(fill(`en: Which?\nsql: ${sql}`)?.sql).toBe('select fund_name from fund  limit 1');
    expect(fill(`en: {n} of {fund}?\nsql: ${sql}`)?.sql).toMatch(/where fund_name = '\w+' limit 2/);
  });

  it('names a slot that is not defined', () => {
    expect(() => fill('en: {nothing}?\nsql: select 1')).toThrow(
      /test:1: there is no slot \{nothing\}/,
    );
  });

  it('says days as people do', () => {
    const said = new Set(
      Array.from(
        { length: 60 },
        (_, seed) => fill('en: What happened {day}?\nsql: select {day}', 'en', seed)?.question,
      ),
    );
    expect(said).toContain('What happened at the end of 2019?');
    expect(said).toContain('What happened on June 30, 2021?');
  });
});

describe('resolveSlots', () => {
  it('names every slot that does not fit the database', () => {
    const file = slotFile.parse({
      a: { query: 'select nonsense from fund' },
      b: { query: 'select 1' },
      c: { table: 'none', sql: [['size', 'size']] },
    });
    expect(() => resolveSlots(file, database)).toThrow(/a: no such column[\s\S]*c: no such table/);
  });
});

describe('checkPair', () => {
  it.each([
    ['select fund_name from fund where size = 120', undefined],
    ['select nothing from fund', 'fails'],
    ['delete from fund', 'fails'],
    ['select fund_name from fund where size > 1000', 'empty'],
    ['select count(*) from fund where size > 1000', 'trivial'],
    ['select max(size) from fund where size > 1000', 'trivial'],
    ['select fund_name from fund order by size desc limit 1', 'tie'],
    ['select fund_name from fund order by size asc limit 1', undefined],
    ["select fund_name, count(*) from fund where fund_name = 'Beta' group by fund_name", 'trivial'],
  ])('%s: %s', (sql, expected) => {
    expect(checkPair([database], sql)).toBe(expected);
  });
});

describe('generatePairs', () => {
  const patterns = parsePatterns(
    'en: What is the {m} of {fund}?\nsql: select {m} from fund where fund_name = {fund}\n\nen: Which fund opened {day}?\nsql: select fund_name from fund where opened = {day}',
    'test',
  );
  const options = { count: 50, seed: 3, chinese: 0 };

  it('is the same for the same seed, repeats nothing and ends when patterns are spent', () => {
    const first = generatePairs(patterns, slots, schema, [database], options);
    expect(generatePairs(patterns, slots, schema, [database], options)).toEqual(first);
    const questions = first.pairs.map(({ question }) => question);
    expect(new Set(questions).size).toBe(questions.length);
    expect(first.pairs.length).toBeLessThan(50);
    expect(first.report.patterns.every(({ added }) => added > 0)).toBe(true);
    expect(first.report.rejected).toHaveProperty('repeated');
  });

  it('keeps away from what is held out', () => {
    const held = [
      { question: 'Size of Alpha?', db: 'x', sql: "SELECT size FROM fund WHERE fund_name='Alpha'" },
    ];
    const { pairs, report } = generatePairs(patterns, slots, schema, [database], {
      ...options,
      held,
    });
    expect(pairs.some(({ sql }) => sql === "select size from fund where fund_name = 'Alpha'")).toBe(
      false,
    );
    expect(report.rejected).toHaveProperty('held out');
  });
});
