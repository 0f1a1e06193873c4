/** Money in cents, asked for in whole units of it. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const royalties = openedDatabase(`
create table author (author_id integer primary key, full_name text);
create table payout (
  payout_id integer primary key,
  author_id integer references author (author_id),
  paid_on text,
  amount_cents integer,
  tax integer -- withheld, in cents
);
insert into author values (1, 'Ida Fen'), (2, 'Jo Marsh');
insert into payout values
  (1, 1, '2023-05-01', 125050, 1000), (2, 1, '2024-05-01', 99, 5), (3, 2, '2024-06-01', 300000, 250);
`);
afterAll(royalties.close);

describe('money of columns in cents', () => {
  itReads(
    royalties,
    `
What is the total amount of payouts in dollars?
  select sum(amount_cents / 100.0) from payout
  [[4251.49]]
average amount per author in euros, highest first
  select t2.full_name, avg(t1.amount_cents / 100.0) from payout as t1 join author as t2 on t1.author_id = t2.author_id group by t2.author_id, t2.full_name order by avg(t1.amount_cents / 100.0) desc
  [["Jo Marsh",3000],["Ida Fen",625.745]]
total tax in 2024 in pounds
  select sum(tax / 100.0) from payout where paid_on between '2024-01-01' and '2024-12-31'
  [[2.55]]
total payouts in 2024 in dollars
  select sum(amount_cents / 100.0) from payout where paid_on between '2024-01-01' and '2024-12-31'
  [[3000.99]]
What is the total amount of payouts?
  select sum(amount_cents) from payout
  [[425149]]
how many payouts were made in 2024
  select count(*) from payout where paid_on between '2024-01-01' and '2024-12-31'
  [[2]]
`,
  );
  itLeavesUnread(royalties, [
    ['how many payouts in dollars', 'rows counted by a unit'],
    ['total payouts in 2024', 'a measure of a table'],
    ['tax total of the payouts', 'a measure of a table'],
  ]);
});

describe('money in a size that is asked for', () => {
  const filings = openedDatabase(`
create table filings ( -- full fiscal years, USD millions
  company text,
  ticker text,
  fiscal_year integer,
  revenue real,
  equity real -- USD thousands
);
insert into filings values ('Ash', 'A', 2023, 1500, 250000), ('Birch', 'B', 2023, 500, 3000000);
`);
  afterAll(filings.close);
  itReads(
    filings,
    `
total revenue of all filings in millions
  select sum(revenue) from filings
  [[2000]]
total revenue in billions of dollars
  select sum(revenue / 1000.0) from filings
  [[2]]
average equity in millions
  select avg(equity / 1000.0) from filings
  [[1625]]
company with equity above 2 billion
  select company from filings where equity > 2000000
  [["Birch"]]
company with revenue above 1 billion
  select company from filings where revenue > 1000
  [["Ash"]]
`,
  );
  itLeavesUnread(filings, [['total revenue in thousands', 'parts of what is stored']]);
});
