/** Days and quarters that are stored in a form of their own. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const lender = openedDatabase(`
create table loans (
  loan_id integer primary key,
  borrower text,
  granted_on integer, -- YYYYMMDD
  amount real
);
insert into loans values
  (1, 'Ida Fen', 20230115, 500), (2, 'Jo Marsh', 20240331, 800), (3, 'Ola Berg', 20240401, 1200);
`);
const publisher = openedDatabase(`
create table sales (
  sale_id integer primary key,
  quarter text,
  channel text,
  copies integer,
  isbn text
);
insert into sales values
  (1, '2023Q4', 'Shops', 10, '9781916891424'), (2, '2024Q1', 'Shops', 20, '9781920123635'),
  (3, '2024Q2', 'Online', 5, '9781922478305'), (4, '2024Q4', 'Shops', 7, '9781922653496');
`);
afterAll(() => {
  lender.close();
  publisher.close();
});

describe('days as numbers', () => {
  itReads(
    lender,
    `
How many loans were granted in 2024?
  select count(*) from loans where granted_on between 20240101 and 20241231
  [[2]]
loans granted in Q1 2024, borrower and amount
  select borrower, amount from loans where granted_on between 20240101 and 20240331
  [["Jo Marsh",800]]
total amount of loans by year
  select granted_on / 10000, sum(amount) from loans group by granted_on / 10000
  [[2023,500],[2024,2000]]
number of loans per month in 2024
  select granted_on / 100, count(*) from loans where granted_on between 20240101 and 20241231 group by granted_on / 100
  [[202403,1],[202404,1]]
`,
  );
});

describe('quarters as texts', () => {
  itReads(
    publisher,
    `
total copies in the second quarter of 2024
  select sum(copies) from sales where quarter = '2024Q2'
  [[5]]
total copies by channel in 2024
  select channel, sum(copies) from sales where quarter between '2024Q1' and '2024Q4' group by channel
  [["Online",5],["Shops",27]]
total copies per quarter since Q2 2024
  select quarter, sum(copies) from sales where quarter >= '2024Q2' group by quarter
  [["2024Q2",5],["2024Q4",7]]
`,
  );
  itLeavesUnread(publisher, [
    ['total copies in May 2024', 'part of a quarter'],
    ['total copies by year', 'years of quarters'],
  ]);
});
