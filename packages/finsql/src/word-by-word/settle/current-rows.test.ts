/** Rows that are such now: those whose last day is not put down. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const estate = openedDatabase(`
create table property (property_id integer primary key, name text, city text, bought_on text, sold_date text, price_eur real);
create table client (client_id integer primary key, full_name text, segment text, exit_date text);
create table contract (contract_id integer primary key, supplier text, status text, cancelled_on text);
create table visit (visit_id integer primary key, client_id integer references client (client_id), visited_on text);
insert into property values
  (1, 'Elm Court', 'Leeds', '2019-01-01', null, 900), (2, 'Old Mill', 'Leeds', '2018-01-01', '2023-05-01', 400),
  (3, 'Quay House', 'Hull', '2020-01-01', null, 700);
insert into client values (1, 'Ida Fen', 'Private', null), (2, 'Jo Marsh', 'Private', '2022-02-02'), (3, 'Ola Berg', 'Family', null);
insert into contract values (1, 'Ash', 'open', null), (2, 'Birch', 'shut', '2024-01-01');
insert into visit values (1, 1, '2024-01-01'), (2, 2, '2021-01-01');
`);
afterAll(estate.close);

describe('rows that are such now', () => {
  itReads(
    estate,
    `
How many properties do we currently own in each city?
  select city, count(*) from property where sold_date is null group by city
  [["Hull",1],["Leeds",1]]
clients that we have now
  select full_name from client where exit_date is null
  [["Ida Fen"],["Ola Berg"]]
How many current clients do we have in each segment?
  select segment, count(*) from client where exit_date is null group by segment
  [["Family",1],["Private",1]]
top 2 properties by price, with the euros
  select name, price_eur from property order by price_eur desc limit 2
  [["Elm Court",900],["Quay House",700]]
`,
  );
  // A status, or a day of another table, may say it otherwise.
  itLeavesUnread(estate, [
    ['how many current contracts are there', 'what has ended by now'],
    ['How many visits do current clients have?', 'what has ended by now'],
  ]);
});
