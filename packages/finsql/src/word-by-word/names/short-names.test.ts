import { afterAll, describe, expect, it } from 'vitest';
import { retrieve } from '../../retrieval/retrieve.ts';
import { openedDatabase } from '../../testing/shop-database.ts';
import { composeStatement } from '../compose-statement.ts';
import { unknownWords } from '../unknown-words.ts';
import { namesOf } from './schema-names.ts';
import { shortFormOf } from './short-names.ts';

const warehouse = openedDatabase(`
create table SHPMNT (SHPMNT_ID integer primary key, WGHT_KG real, FRGHT_AMT real, PLTS integer, RGN text);
create table CRT (CRT_ID integer primary key, LBL text);
insert into SHPMNT values (1, 120, 40, 2, 'North'), (2, 80, 10.5, 1, 'South');
insert into CRT values (1, 'small');
`);
afterAll(warehouse.close);

const { shortNames } = namesOf(warehouse.context);

describe('shortFormOf', () => {
  it.each([
    ['shipment', 'shpmnt'],
    ['weight', 'wght'],
    ['freight', 'frght'],
    ['pallets', 'plts'],
    // Another beginning, too few of its consonants, a name that is there.
    ['eight', undefined],
    ['certificate', undefined],
    ['wght', undefined],
  ])('of %s is %s', (word, short) => {
    expect(shortFormOf(word, shortNames)).toBe(short);
  });

  it('is none where two names may be meant', () => {
    const none = new Set<string>();
    const two = { short: new Set(['clm', 'cllm']), written: none, known: none };
    expect(shortFormOf('callume', two)).toBeUndefined();
  });
});

it.each([
  ['How many shipments are there?', 'select count(*) from shpmnt'],
  ['average weight of the shipments', 'select avg(wght_kg) from shpmnt'],
  ['total freight amount by region', 'select rgn, sum(frght_amt) from shpmnt group by rgn'],
])('%s', (question, sql) => {
  const retrieval = retrieve(warehouse.context, question, { exemplars: false });
  expect(composeStatement(warehouse.context, retrieval)).toMatchObject({ sql });
});

const desk = openedDatabase(`
create table port (id integer primary key, ratio real, ccy text);
create table emp (id integer primary key, dept text, base_sal real);
insert into port values (1, 0.5, 'USD');
insert into emp values (1, 'desk', 30);
`);
afterAll(desk.close);

describe('a table whose name is short for something', () => {
  it.each([
    ['average ratio of port', 'select avg(ratio) from port'],
    ['How many emp are there?', 'select count(*) from emp'],
    ['How many rows are there in emp?', 'select count(*) from emp'],
    ['average base sal of emp', 'select avg(base_sal) from emp'],
  ])('is called as it is written, too: %s', (question, sql) => {
    const retrieval = retrieve(desk.context, question, { exemplars: false });
    expect(composeStatement(desk.context, retrieval)).toMatchObject({ sql });
    expect(unknownWords(desk.context, retrieval)).toEqual([]);
  });
});
