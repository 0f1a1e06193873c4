import { expect, it } from 'vitest';
import type { Column } from '../schema/schema.ts';
import { openedDatabase, SHOP_SQL } from '../testing/shop-database.ts';
import { toldKeys } from './told-keys.ts';

const UNDECLARED = `
create table branch (code text primary key, city text);
create table account (account_no text primary key, branch_code text, balance real);
create table card (card_no text primary key, account_no text);`;

it('keys that nobody declared are those that names tell', () => {
  const { context, close } = openedDatabase(UNDECLARED);
  expect(context.links).toEqual([
    { table: 'account', column: 'branch_code', target: 'branch', targetColumn: 'code' },
    { table: 'card', column: 'account_no', target: 'account', targetColumn: 'account_no' },
  ]);
  expect(context.links).toEqual(toldKeys(context.schema));
  close();
});

it('in Chinese, a number tells a person beside a name', () => {
  const { context, close } = openedDatabase(`
create table 医生 (工号 text, 姓名 text, 科室编号 text);
create table 科室 (科室编号 text, 科室名称 text);
create table 考勤 (工号 text, 日期 text);`);
  expect(context.links).toEqual([
    { table: '医生', column: '科室编号', target: '科室', targetColumn: '科室编号' },
    { table: '考勤', column: '工号', target: '医生', targetColumn: '工号' },
  ]);
  close();
});

it('in Chinese, the table is told with its key, or as what rows belong to', () => {
  const { context, close } = openedDatabase(`
create table 机构 (机构编码 text primary key, 机构名称 text, 上级机构 text);
create table 代理人 (工号 text primary key, 姓名 text, 所属机构 text);
create table 保单 (保单号 text primary key, 代理人工号 text, 承保机构 text);
create table 考核 (考核编号 integer primary key, 所属机构 text);
insert into 机构 values ('01', '江苏分公司', null), ('0101', '南京支公司', '01');
insert into 代理人 values ('A1', '柳青', '0101');
insert into 保单 values ('P1', 'A1', '0101');
insert into 考核 values (1, '南京支公司');`);
  expect(context.links).toEqual([
    { table: '代理人', column: '所属机构', target: '机构', targetColumn: '机构编码' },
    { table: '保单', column: '代理人工号', target: '代理人', targetColumn: '工号' },
  ]);
  close();
});

it('a code of a short name is a key where the same codes are held', () => {
  const { context, close } = openedDatabase(`
create table worker (pid text primary key, person text);
create table payroll (run_id integer primary key, pid text, code text);
create table bond (code text primary key, issuer text);
insert into worker values ('P1', 'Ash'), ('P2', 'Bea');
insert into payroll values (1, 'P1', 'x'), (2, 'P2', 'y');
insert into bond values ('A1', 'Cox');`);
  expect(context.links).toEqual([
    { table: 'payroll', column: 'pid', target: 'worker', targetColumn: 'pid' },
  ]);
  close();
});

it('where a key is declared, the others are none', () => {
  const { context, close } = openedDatabase(SHOP_SQL);
  expect(context.links).toHaveLength(1);
  expect(toldKeys(context.schema).length).toBeGreaterThan(1);
  close();
});

it('are told of hundreds of tables in a moment', () => {
  const column = (name: string, primaryKey: boolean): Column => ({
    ...{ name, primaryKey, type: 'integer', kind: 'integer', comment: '', samples: [] },
  });
  const tables = Array.from({ length: 500 }, (_, at) => ({
    name: `part_${at}`,
    comment: '',
    foreignKeys: [],
    columns: [
      column(`part_${at}_id`, true),
      column(`part_${at + 1}_id`, false),
      ...Array.from({ length: 14 }, (_, more) => column(`value_${at}_${more}`, false)),
    ],
  }));
  const began = performance.now();
  expect(toldKeys({ name: 'wide', tables })).toHaveLength(499);
  expect(performance.now() - began).toBeLessThan(5_000);
});
