/** Schemas far beyond the usual: hundreds of tables, thousands of columns, names that nobody expects. */
import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { buildPrompt } from '../prompt/build.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { prepareDatabase } from './context.ts';
import { retrieve } from './retrieve.ts';
import { lexical } from './retrievers/lexical.ts';
import { buildValueIndex } from './values.ts';

const TABLES = 500;
const COLUMNS = 16;
const TOPICS = 'loan bond fund swap option index sector branch client ledger'.split(' ');
const FACTS = 'margin volume rating region owner status maturity coupon'.split(' ');

/** Table n is `<topic>_<n>`, with a key to table n − 1 and one row whose note names it. */
function manyTables(): string {
  const statements: string[] = ['begin;'];
  for (let table = 0; table < TABLES; table++) {
    const name = `${TOPICS[table % TOPICS.length]}_${table}`;
    const before = `${TOPICS[(table + TOPICS.length - 1) % TOPICS.length]}_${table - 1}`;
    const columns = Array.from({ length: COLUMNS - 3 }, (_, column) => {
      const fact = FACTS[(table + column) % FACTS.length];
      return `${fact}_${column} ${column % 3 === 0 ? 'text' : 'real'}`;
    });
    const key = table === 0 ? '' : ` references ${before} (id)`;
    statements.push(
      `create table ${name} (id integer primary key, parent_id integer${key}, note text, ${columns.join(', ')});`,
      `insert into ${name} (id, note) values (1, 'Entity Number ${table} of ${name}');`,
    );
  }
  return [...statements, 'commit;'].join('\n');
}

const many = temporaryDatabase(manyTables(), 'many.sqlite');
const schema = introspect(many.file);
const context = prepareDatabase(schema, { values: buildValueIndex(many.file, schema) });
afterAll(many.remove);

describe('500 tables of 16 columns', () => {
  it('are all read', () => {
    expect(schema.tables).toHaveLength(TABLES);
    expect(schema.tables.flatMap(({ columns }) => columns)).toHaveLength(TABLES * COLUMNS);
    expect(context.values.size).toBe(TABLES);
  });

  it('give the table that a name or a stored value points to', () => {
    const first = (question: string) => retrieve(context, question).tables[0]?.name;
    expect(first('How many swap 213 are there?')).toBe('swap_213');
    expect(first('What is known of Entity Number 376 of sector 376?')).toBe('sector_376');
  });

  it('fit a prompt within the budget, with the way from one table to another', () => {
    const prompt = buildPrompt(context, 'margin of ledger 19 and volume of ledger 19 per loan 20');
    expect(prompt.tokens).toBeLessThanOrEqual(prompt.budget);
    const names = prompt.content.tables.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['ledger_19', 'loan_20']));
    expect(prompt.content.keys).toContain('loan_20.parent_id = ledger_19.id');
    expect(prompt.omitted.filter((name) => !name.includes('.'))).toHaveLength(
      TABLES - names.length,
    );
  });

  it('take a question little time', () => {
    const question = 'Which clients have the largest margin and volume, by region and rating?';
    buildPrompt(context, question);
    const began = performance.now();
    for (let round = 0; round < 3; round++) buildPrompt(context, question);
    // The bound only catches growth with the square of the tables.
    expect((performance.now() - began) / 3).toBeLessThan(500);
    expect(lexical.rank(context, question, { exemplars: false })).toMatchObject({
      tables: expect.arrayContaining([expect.stringMatching(/^client_/)]),
    });
  });
});

describe('a table of 2,000 columns', () => {
  it('is read, searched and cut to the budget, and what is cut is named', () => {
    const columns = Array.from({ length: 1999 }, (_, column) => `reading_${column} real`).join(
      ', ',
    );
    const wide = temporaryDatabase(
      `create table sensor (label text, ${columns}); insert into sensor (label) values ('North Gate')`,
      'wide.sqlite',
    );
    const read = introspect(wide.file);
    expect(read.tables[0]?.columns).toHaveLength(2000);
    const prepared = prepareDatabase(read, { values: buildValueIndex(wide.file, read) });
    const prompt = buildPrompt(prepared, 'What is reading 1234 of the North Gate?');
    expect(prompt.text).toContain("label='North Gate'");
    expect(prompt.text).toContain('reading_1234:num');
    expect(prompt.tokens).toBeLessThanOrEqual(prompt.budget);
    const shown = prompt.content.tables[0]?.columns.length ?? 0;
    expect(shown).toBeGreaterThan(5);
    expect(prompt.omitted).toHaveLength(2000 - shown);
    wide.remove();
  });
});

describe('names that nobody expects', () => {
  const odd = temporaryDatabase(
    `create table "order" ("group" text, "a ""quoted"" one" real, "two words" text, "🚀 launches" integer, "select" text);
     insert into "order" values ('Alpha Squad', 1, 'Blue Moon', 3, 'x y z');
     create table "it's a table" ("order" text, [100%] real);
     insert into "it's a table" values ('Gamma Ray', 5);
     create view "fast view" as select "group", "🚀 launches" from "order";
     create virtual table "full text" using fts5(body, title);
     insert into "full text" values ('Some Long Body', 'Delta Force');`,
    'odd.sqlite',
  );
  afterAll(odd.remove);
  const read = introspect(odd.file);
  const prepared = prepareDatabase(read, { values: buildValueIndex(odd.file, read) });

  it('are read, without the tables in which a virtual table keeps its data', () => {
    expect(read.tables.map(({ name }) => name)).toEqual([
      'order',
      "it's a table",
      'fast view',
      'full text',
    ]);
    expect(prepared.values.unread).toEqual([]);
  });

  it.each([
    ['Alpha Squad', 'order', 'group'],
    ['Blue Moon', 'order', 'two words'],
    ['Gamma Ray', "it's a table", 'order'],
    ['Delta Force', 'full text', 'title'],
  ])('keep the place of the value %s', (value, table, column) => {
    expect(prepared.values.find(`about ${value}?`)).toMatchObject([
      { table, column, value, length: 2, similarity: 1 },
    ]);
  });

  it('stand in the prompt as SQL has to write them', () => {
    const { text } = buildPrompt(prepared, 'How many 🚀 launches has the Alpha Squad?');
    expect(text).toContain('"order"("group"=\'Alpha Squad\', "a ""quoted"" one":num, "two words"');
    expect(text).toContain('"🚀 launches":int');
    expect(text).toContain('"it\'s a table"("order" (\'Gamma Ray\'), "100%":num)');
  });
});
