/** A small finance database in a folder of its own, with what makes schemas hard: comments, keys, odd names, a view. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../database/sqlite.ts';

export const FUND_SQL = `
create table company ( -- fund companies | 基金公司
  id integer primary key,
  company_name text not null, -- full name | 公司名称
  city text -- city of the head office | 城市
);
create table fund ( -- funds on sale | 基金
  code text primary key, -- trading code | 代码
  fund_name text not null, -- name of the fund | 基金名称
  size real, -- total assets in millions | 规模
  opened text, -- date of the first sale | 成立日期
  company_id integer references company (id)
);
create table manager ( -- people who manage funds | 基金经理
  id integer primary key,
  manager_name text, -- name of the person | 姓名
  degree text -- highest degree | 学历
);
create table fund_manager (
  fund_code text references fund,
  manager_id integer references manager (id)
);
create table "Net Value" ("Order" integer, "unit value" real, fund_code text references fund (code));
create view big_fund as select * from fund where size > 100;

insert into company values (1, 'Alpha Fund Management Co., Ltd.', 'Shanghai'), (2, '华夏基金', 'Beijing');
insert into manager values (1, 'Li Na', 'Doctorate'), (2, 'Wang Wei', 'Master'), (3, 'Zhao Min', 'Doctorate');
insert into fund values
  ('000001', 'Alpha Growth', 120.5, '2015-03-01', 1),
  ('000002', 'Alpha Bond', 80, '2018-06-15', 1),
  ('000003', '华夏成长', 300, '2020-01-02', 2);
insert into fund_manager values ('000001', 1), ('000002', 2), ('000003', 1), ('000003', 3);
insert into "Net Value" values (1, 1.25, '000001'), (2, 1.5, '000001');
`;

export interface TemporaryDatabase {
  readonly folder: string;
  readonly file: string;
  remove(): void;
}

/** Makes `<folder>/fund.sqlite`, or another name, from statements. */
export function temporaryDatabase(sql = FUND_SQL, name = 'fund.sqlite'): TemporaryDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'quaestor-finsql-'));
  const file = join(folder, name);
  const database = new Database(file);
  database.exec(sql);
  database.close();
  return { folder, file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
