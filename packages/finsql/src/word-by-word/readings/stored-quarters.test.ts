/** Years and quarters in columns of their own, and rows of whole years among those of quarters. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const listed = openedDatabase(`
create table Company (CompanyId integer primary key, CompanyName text, ListedYear integer);
create table Income (
  CompanyId integer references Company(CompanyId),
  FiscalYear integer,
  Quarter integer, -- 1 to 4 for a single quarter; 0 = the full year
  Revenue real
);
insert into Company values (1, 'Ardent Mills', 2008), (2, 'Brisk Foods', 2015);
insert into Income values
  (1, 2023, 0, 100), (1, 2023, 1, 20), (1, 2023, 2, 25), (1, 2023, 3, 25), (1, 2023, 4, 30),
  (2, 2023, 0, 40), (2, 2023, 1, 10), (2, 2023, 2, 10), (2, 2023, 3, 10), (2, 2023, 4, 10),
  (1, 2024, 1, 22), (1, 2024, 2, 28), (2, 2024, 1, 12), (2, 2024, 2, 9);
`);
const fund = openedDatabase(`
create table flows (flow_id integer primary key, flow_year integer, qtr text, inflow real);
insert into flows values (1, 2023, 'Q4', 5), (2, 2024, 'Q1', 7), (3, 2024, 'Q2', 8), (4, 2024, 'Q3', 9);
create table sites (site_id integer primary key, site_name text, YearOpened integer, YearEndValue real);
insert into sites values (1, 'Dock', 1999, 1500), (2, 'Quay', 2012, 1800);
`);
const insurer = openedDatabase(`
create table 业绩 (编号 integer primary key, 年度 integer, 季度 integer, 保费收入 real);
insert into 业绩 values (1, 2023, 4, 50), (2, 2024, 1, 60), (3, 2024, 2, 70);
`);
afterAll(() => {
  listed.close();
  fund.close();
  insurer.close();
});

describe('years in columns', () => {
  itReads(
    listed,
    `
companies listed after 2010
  select companyname from company where listedyear > 2010
  [["Brisk Foods"]]
How many companies were listed in 2008?
  select count(*) from company where listedyear = 2008
  [[1]]
`,
  );
  itReads(
    fund,
    `
total inflow in 2024
  select sum(inflow) from flows where flow_year = 2024
  [[24]]
sites opened before 2000
  select site_name from sites where yearopened < 2000
  [["Dock"]]
`,
  );
});

describe('quarters by their number', () => {
  itReads(
    fund,
    `
total inflow in the second quarter of 2024
  select sum(inflow) from flows where flow_year = 2024 and qtr = 'Q2'
  [[8]]
total inflow in the first half of 2024
  select sum(inflow) from flows where flow_year = 2024 and qtr between 'Q1' and 'Q2'
  [[15]]
total inflow per quarter
  select flow_year, qtr, sum(inflow) from flows group by flow_year, qtr
  [[2023,"Q4",5],[2024,"Q1",7],[2024,"Q2",8],[2024,"Q3",9]]
`,
  );
  itReads(
    insurer,
    `
2024年第二季度的保费收入总额
  select sum(保费收入) from 业绩 where 年度 = 2024 and 季度 = 2
  [[70]]
`,
  );
  itLeavesUnread(fund, [
    ['total inflow in May 2024', 'part of a year'],
    ['total inflow since Q2 2024', 'part of a year'],
  ]);
});

describe('whole years among quarters', () => {
  itReads(
    listed,
    `
total revenue in 2023
  select sum(revenue) from income where fiscalyear = 2023 and quarter = 0
  [[140]]
total revenue in Q2 2024
  select sum(revenue) from income where fiscalyear = 2024 and quarter = 2
  [[37]]
quarterly revenue of Ardent Mills in 2023
  select t1.quarter, sum(t1.revenue) from income as t1 join company as t2 on t1.companyid = t2.companyid where t2.companyname = 'Ardent Mills' and t1.fiscalyear = 2023 and t1.quarter between 1 and 4 group by t1.quarter
  [[1,20],[2,25],[3,25],[4,30]]
total revenue for the full year 2023
  select sum(revenue) from income where quarter = '0' and fiscalyear = 2023
  [[140]]
total revenue by year
  select fiscalyear, sum(revenue) from income where quarter = 0 group by fiscalyear
  [[2023,140]]
`,
  );
  itLeavesUnread(listed, [
    ['total revenue of Ardent Mills', 'quarters and whole years'],
    ['companies with a revenue above 50', 'quarters and whole years'],
  ]);
});
