import { describe, expect, it } from 'vitest';
import { introspect } from '../../database/introspect.ts';
import type { Table } from '../../schema/schema.ts';
import { temporaryDatabase } from '../../testing/fund-database.ts';
import { flagOf } from '../columns/flag-columns.ts';
import { labelsOf } from '../columns/label-columns.ts';
import { COST } from '../columns/name-costs.ts';
import { synonymsOf, wordsOf } from '../columns/name-words.ts';
import { schemaPhrases } from './names.ts';

function schemaOf(sql: string) {
  const { file, remove } = temporaryDatabase(sql);
  const schema = introspect(file);
  remove();
  return schema;
}

function tableOf(sql: string): Table {
  const [table] = schemaOf(sql).tables;
  if (table === undefined) throw new Error('no table');
  return table;
}

describe('wordsOf', () => {
  it.each([
    ['cust_nm', 'customer name'],
    ['orderQty', 'order quantity'],
    ['dob', 'date of birth'],
    ['price', 'price'],
  ])('%s: %s', (name, words) => {
    expect(wordsOf(name).join(' ')).toBe(words);
  });
});

it('names are said with one word replaced', () => {
  expect(synonymsOf(['customer', 'price'])).toEqual([
    'client price',
    'buyer price',
    'account price',
    'person price',
    'cardholder price',
    'policyholder price',
    'lessee price',
    'borrower price',
    'subscriber price',
    'customer cost',
  ]);
  expect(synonymsOf(['teapot'])).toEqual([]);
});

describe('schemaPhrases', () => {
  const schema = schemaOf(`
    create table dim_cust (cust_id integer primary key, cust_nm text, net_profit_margin real, city text);
    create table ord (ord_id integer primary key, cust_id integer, is_paid text -- settled
    );
    insert into ord values (1, 1, 'Y'), (2, 1, 'N');
    create table 客户信息表 (客户编号 integer primary key, 客户名称 text, 贷款金额 real);`);
  const link = { table: 'ord', column: 'cust_id', target: 'dim_cust', targetColumn: 'cust_id' };
  const phrases = schemaPhrases(schema, [link]);
  const meaning = (text: string) =>
    (phrases.get(text) ?? []).map((one) =>
      [one.kind, 'table' in one && one.table, 'column' in one && one.column, one.cost].join(' '),
    );

  it.each([
    ['customer', ['table dim_cust false 0']],
    ['client', ['table dim_cust false 1', 'column ord cust_id 6']],
    ['customer name', ['column dim_cust cust_nm 0']],
    ['name', ['column dim_cust cust_nm 0']],
    ['city', ['column dim_cust city 0']],
    ['town', ['column dim_cust city 1']],
    ['net profit', ['column dim_cust net_profit_margin 1']],
    ['margin', ['column dim_cust net_profit_margin 1']],
    ['net', ['column dim_cust net_profit_margin 1']],
    ['teapot', []],
  ])('%s: %j', (text, meanings) => {
    expect(meaning(text).filter((one) => !one.includes('客户'))).toEqual(meanings);
  });

  it('a key costs more than what it leads to, a flag named as a column more than as a property', () => {
    expect(meaning('customer id')).toEqual([
      `column dim_cust cust_id ${COST.full}`,
      `column ord cust_id ${COST.key}`,
    ]);
    expect(meaning('paid')).toContain('flag ord is_paid 0');
    expect(meaning('settled')).toContain('flag ord is_paid 0');
    expect(meaning('is paid')).toContain(`column ord is_paid ${COST.part}`);
  });

  it.each([
    ['客 户', 'table 客户信息表 false 0'],
    ['名 称', 'column 客户信息表 客户名称 0'],
    ['贷 款 金 额', 'column 客户信息表 贷款金额 0'],
    ['贷 款', 'column 客户信息表 贷款金额 1'],
    ['金 额', 'column 客户信息表 贷款金额 0.2'],
  ])('%s: %s', (text, expected) => {
    expect(meaning(text)).toContain(expected);
  });
});

describe('labelsOf', () => {
  it.each([
    ['create table customers (id int, city text, name text)', 'name'],
    ['create table customers (id int, alias_name text, customer_name text)', 'customer_name'],
    [
      'create table staff (id int, first_name text, last_name text, city text)',
      'first_name last_name',
    ],
    ['create table staff (id int, first_name text, city text)', 'first_name'],
    ['create table film (id int, note text, title text)', 'title'],
    ['create table city (id int, note text, city text)', 'city'],
    ['create table invoice (id int, phone_no text, invoice_no text)', 'invoice_no'],
    ['create table 客户表 (编号 int, 备注 text, 客户名称 text)', '客户名称'],
    ['create table 合同 (合同编号 text, 金额 real)', '合同编号'],
    ['create table 发票 (合同编号 text, 发票号码 text, 金额 real)', '发票号码'],
    ['create table card (account_no text, card_no text primary key)', 'card_no'],
    ['create table visit (id int, amount real)', ''],
  ])('%s: %s', (sql, labels) => {
    expect(labelsOf(tableOf(sql), false).join(' ')).toBe(labels);
  });

  it('is in Chinese where the question is and a column has it', () => {
    const table = tableOf('create table fund (id int, name text, name_cn text)');
    expect(labelsOf(table, true)).toEqual(['name_cn']);
    expect(labelsOf(table, false)).toEqual(['name']);
  });
});

describe('flagOf', () => {
  it.each([
    ['integer', '1), (0', [1, 0]],
    ['integer', '1), (2', undefined],
    ['integer', '1), (1', undefined],
    ['boolean', '1), (1', [1, 0]],
    ['text', "'1'), ('0'", undefined],
    ['text', "'Y'), ('N'", ['Y', 'N']],
    ['text', "'t'), ('f'", ['t', 'f']],
    ['text', "'Yes'), ('Yes'", ['Yes', 'no']],
    ['text', "'Yes'), ('Maybe'", undefined],
    ['text', 'null), (null', undefined],
  ])('%s with (%s): %j', (type, values, flag) => {
    const table = tableOf(`create table t (x ${type}); insert into t values (${values});`);
    expect(table.columns.map(flagOf)).toEqual([flag]);
  });
});
