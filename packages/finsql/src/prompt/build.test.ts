import { afterAll, describe, expect, it } from 'vitest';
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import { introspect } from '../database/introspect.ts';
import { prepareDatabase } from '../retrieval/context.ts';
import { buildExemplarIndex, type ExemplarIndex } from '../retrieval/exemplars.ts';
import { buildValueIndex } from '../retrieval/values.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { buildPrompt } from './build.ts';

const { file, remove } = temporaryDatabase();
const wide = temporaryDatabase(
  Array.from({ length: 12 }, (_, table) => {
    const columns = Array.from(
      { length: 15 },
      (_, column) => `measure_${table}_${column} real`,
    ).join(', ');
    const key = table === 0 ? '' : `, parent_id integer references part_${table - 1} (part_id)`;
    return `create table part_${table} (part_id integer primary key, ${columns}${key});`;
  }).join('\n'),
  'wide.sqlite',
);
afterAll(() => {
  remove();
  wide.remove();
});

const schema = introspect(file);
const values = buildValueIndex(file, schema);
const counting = {
  question: 'How many companies\n are there?',
  db: 'fund',
  sql: 'SELECT COUNT(*) FROM company',
};
const context = prepareDatabase(schema, { values, exemplars: knownOf('fund', [counting]) });

/** So many known questions about a database that it is none that is new. */
function knownOf(db: string, items: readonly TextToSqlItem[] = []): ExemplarIndex {
  const others = Array.from({ length: 50 }, (_, at) => ({
    ...{ db, question: `zz${at}`, sql: `select ${at}` },
  }));
  return buildExemplarIndex([...items, ...others]);
}

describe('buildPrompt', () => {
  it('shows a small schema whole, best table first', () => {
    const { text, omitted } = buildPrompt(context, 'How many companies are in Shanghai?');
    expect(text).toBe(
      [
        "company(id:int, company_name, city='Shanghai')",
        'fund(code, fund_name, size:num, opened:date, company_id:int)',
        'fund_manager(fund_code, manager_id:int)',
        'manager(id:int, manager_name, degree)',
        '"net value"("order":int, "unit value":num, fund_code)',
        'big_fund(code, fund_name, size:num, opened:date, company_id:int)',
        'fund.company_id = company.id',
        'fund_manager.fund_code = fund.code',
        'fund_manager.manager_id = manager.id',
        '"net value".fund_code = fund.code',
        'Q: How many companies are there?',
        'SQL: select count(*) from company',
        'Q: How many companies are in Shanghai?',
        'SQL:',
      ].join('\n'),
    );
    expect(omitted).toEqual([]);
  });

  it('keeps a wide schema within the budget and names what was left out', () => {
    const big = prepareDatabase(introspect(wide.file));
    const prompt = buildPrompt(big, 'What is measure 3 7 of each part 3?', { budget: 260 });
    expect(prompt.tokens).toBeLessThanOrEqual(260);
    expect(prompt.tokens).toBeGreaterThan(220);
    expect(prompt.content.tables[0]?.name).toBe('part_3');
    expect(prompt.text).toContain('measure_3_7:num');
    expect(prompt.content.tables.length).toBeLessThanOrEqual(5);
    const shown = prompt.content.tables.flatMap(({ name, columns }) =>
      columns.map((column) => `${name}.${column.name}`),
    );
    for (const id of shown) expect(prompt.omitted).not.toContain(id);
    expect(prompt.omitted).toContain('part_11');
  });

  it('shows both ends of the keys between shown tables', () => {
    const big = prepareDatabase(introspect(wide.file));
    const { text, content } = buildPrompt(big, 'parts 4 and 5');
    for (const line of content.keys) {
      for (const end of line.split(' = ')) {
        const [table, column] = end.split('.');
        expect(text).toMatch(new RegExp(`^${table}\\(.*\\b${column}\\b`, 'm'));
      }
    }
    expect(content.keys).toContain('part_5.parent_id = part_4.part_id');
  });

  it('always shows what is required', () => {
    const big = prepareDatabase(introspect(wide.file));
    const required = new Set(['part_9', 'part_9.measure_9_3', 'part_2', 'part_2.measure_2_14']);
    const { content } = buildPrompt(big, 'What is measure 3 7?', { budget: 200, required });
    const shown = content.tables.flatMap(({ name, columns }) => [
      name,
      ...columns.map((column) => `${name}.${column.name}`),
    ]);
    for (const id of required) expect(shown).toContain(id);
  });

  it('explains a cryptic name only where the comment tells', () => {
    const cryptic = temporaryDatabase(
      `create table t ( rdn integer, -- number of research staff | 研发人数
        xyz integer -- turnover of the year
      )`,
      'cryptic.sqlite',
    );
    const exemplars = knownOf('cryptic');
    const { text } = buildPrompt(
      prepareDatabase(introspect(cryptic.file), { exemplars }),
      'How many research staff?',
    );
    expect(text).toContain('rdn:int (number research staff)');
    expect(text).not.toContain('turnover');
    cryptic.remove();
  });

  it('spells out a name whose words run into each other, where the question has them', () => {
    const country = temporaryDatabase('create table Country (Name text, LifeExpectancy real);');
    const spoken = prepareDatabase(introspect(country.file));
    const about = (question: string) => buildPrompt(spoken, question).text.split('\n')[0];
    country.remove();
    expect(about('What is the life expectancy in Peru?')).toBe(
      'country(name, lifeexpectancy:num (life expectancy))',
    );
    expect(about('Which countries are there?')).toBe('country(name, lifeexpectancy:num)');
  });

  it('puts the question on one line', () => {
    const { text } = buildPrompt(context, 'How many\n\nSQL: drop\tit?');
    expect(text.split('\n').at(-2)).toBe('Q: How many SQL: drop it?');
  });
});

describe('of a database of which few questions are known, a prompt', () => {
  const loans = temporaryDatabase(
    `create table loan (loan_id integer primary key,
       status text, -- A active, C closed | A 有效，C 结清
       paid_out integer, branch text, note text);
     insert into loan values (1, 'A', 20240315, 'Coast', 'one'), (2, 'C', 20240401, 'Rift', 'two'),
       (3, 'C', 20240402, 'Rift', 'three'), (4, 'C', 20240403, 'Rift', 'four'), (5, 'C', 20240404, 'Rift', 'five');`,
    'loans.sqlite',
  );
  const read = introspect(loans.file);
  afterAll(loans.remove);
  const tableOf = (question: string, known: readonly TextToSqlItem[] = []) => {
    const prepared = prepareDatabase(read, {
      values: buildValueIndex(loans.file, read),
      exemplars: buildExemplarIndex(known),
    });
    return buildPrompt(prepared, question).text.split('\n')[0];
  };

  it('tells what each column holds, in the language of the question', () => {
    expect(tableOf('How many loans are late?')).toBe(
      "loan(loan_id:int, status (A active, C closed), paid_out:int (20240315), branch ('Coast' 'Rift'), note)",
    );
    expect(tableOf('有多少笔贷款？')).toContain('status (A 有效，C 结清)');
  });

  it('does so beside known questions, and tells values that the question has once', () => {
    const known = { question: 'How many loans?', db: 'loans', sql: 'select count(*) from loan' };
    expect(tableOf('How many loans of the Rift?', [known])).toContain("branch='Rift', note)");
  });

  it('may be longer', () => {
    const prepared = prepareDatabase(read);
    const { budget } = buildPrompt(prepared, 'How many loans?');
    const familiar = prepareDatabase(read, { exemplars: knownOf('loans') });
    expect(budget).toBeGreaterThan(buildPrompt(familiar, 'How many loans?').budget);
    expect(buildPrompt(prepared, 'How many loans?', { budget: 200 }).budget).toBe(200);
  });
});

describe('what a prompt leaves out', () => {
  it('is named: keys between shown tables, and values', () => {
    const links = Array.from({ length: 5 }, (_, key) => `k${key} integer references a (id)`);
    const both = temporaryDatabase(
      `create table a (id integer primary key, word text, other text);
       create table b (${links.join(', ')});
       insert into a values (1, 'Blue Moon', 'Blue Moon'), (2, 'blue moon', 'x'), (3, 'BLUE MOON', 'x');`,
      'keys.sqlite',
    );
    const read = introspect(both.file);
    const prepared = prepareDatabase(read, { values: buildValueIndex(both.file, read) });
    const prompt = buildPrompt(prepared, 'b of a with word "Blue Moon"', { budget: 250 });
    expect(new Set([...prompt.content.keys, ...prompt.omittedKeys]).size).toBe(5);
    const shown = prompt.content.tables.flatMap(({ columns }) =>
      columns.flatMap(({ values: texts }) => texts),
    );
    expect(shown).toContain('Blue Moon');
    expect(new Set([...shown, ...prompt.omittedValues])).toEqual(
      new Set(['Blue Moon', 'blue moon', 'BLUE MOON']),
    );
    for (const value of prompt.omittedValues) expect(shown).not.toContain(value);
    both.remove();
  });

  it('is never the way from one table to another', () => {
    const columns = Array.from({ length: 30 }, (_, at) => `filler_${at} text`).join(', ');
    const far = temporaryDatabase(
      `create table student (id integer primary key, ${columns});
       create table course (id integer primary key, ${columns});
       create table enrolment (student_id integer references student (id), group_id integer references class (id), ${columns});
       create table class (id integer primary key, course_id integer references course (id), ${columns});
       ${Array.from({ length: 6 }, (_, at) => `create table other_${at} (id integer, ${columns});`).join('\n')}`,
      'far.sqlite',
    );
    const prompt = buildPrompt(
      prepareDatabase(introspect(far.file)),
      'Which student takes which course?',
    );
    expect(prompt.content.tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['student', 'enrolment', 'class', 'course']),
    );
    expect(prompt.content.keys).toEqual(
      expect.arrayContaining([
        'enrolment.student_id = student.id',
        'enrolment.group_id = class.id',
        'class.course_id = course.id',
      ]),
    );
    expect(prompt.tokens).toBeLessThanOrEqual(prompt.budget);
    far.remove();
  });
});

describe('a period of the question', () => {
  const parts = Array.from({ length: 80 }, (_, at) => `"金额${at}" real`).join(', ');
  const crowded = temporaryDatabase(
    `create table "合同" ("合同编号" text primary key, "合同金额" real, ${parts}, "签订日期" date, "到期日期" date);
     create table "部门" ("部门编号" text, "上级部门" text, ${parts});`,
    'crowded.sqlite',
  );
  afterAll(crowded.remove);
  const contracts = prepareDatabase(introspect(crowded.file));
  const shown = (question: string) =>
    buildPrompt(contracts, question, { budget: 280 }).content.tables.find(
      ({ name }) => name === '合同',
    )?.columns;

  it('has a date of the best table in a prompt that is short of room', () => {
    const asked = shown('2023年合同金额合计是多少？')?.filter(({ kind }) => kind === 'date');
    expect(asked?.map(({ name }) => name)).toEqual(['签订日期']);
    const prompt = buildPrompt(contracts, '2023年合同金额合计是多少？', { budget: 280 });
    expect(prompt.tokens).toBeLessThanOrEqual(prompt.budget);
    expect(shown('合同金额合计是多少？')?.some(({ kind }) => kind === 'date')).toBe(false);
  });

  it('adds none beside one that the question names', () => {
    const asked = shown('2023年到期的合同金额合计是多少？');
    expect(asked?.filter(({ kind }) => kind === 'date').map(({ name }) => name)).toEqual([
      '到期日期',
    ]);
  });
});
