/** English words that say whose, of which, of all or of each: each is in what is read, or nothing is read. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const letting = openedDatabase(`
create table house (
  house_id integer primary key, house_name text, town text, year_built integer, rooms integer,
  caretaker text, ward integer
);
create table guest (guest_id integer primary key, guest_name text, country text);
create table booking (
  booking_no integer primary key, house_id integer references house (house_id),
  guest_id integer references guest (guest_id), booked_on text, cancelled_on text,
  nights integer, price real, deposit_keur integer
);
create table repair (
  repair_no integer primary key, house_id integer references house (house_id),
  repaired_on text, kind text, cost real
);
create table movement (
  movement_id integer primary key, house_id integer references house (house_id),
  channel text, amount real -- negative when spent
);
insert into house values
  (1, 'Heron', 'Linz', 1970, 4, 'Ida', 2), (2, 'Stork', 'Linz', 1990, 6, 'Jo', 3),
  (3, 'Crane', 'Graz', 1960, 9, 'Ida', 4);
insert into guest values (1, 'Ann', 'IE'), (2, 'Bob', 'FR'), (3, 'Cid', 'IE');
insert into booking values
  (11, 1, 1, '2024-01-05', null, 5, 500, 2), (12, 1, 2, '2024-02-05', '2024-02-09', 3, 330, 1),
  (13, 2, 1, '2024-03-01', null, 9, 900, 3), (14, 3, 3, '2024-03-02', null, 2, 150, 1);
insert into repair values (21, 1, '2024-01-10', 'roof', 800), (22, 3, '2024-02-11', 'paint', 90);
insert into movement values (31, 1, 'card', -20), (32, 1, 'cash', 50), (33, 2, 'card', -5);
`);
afterAll(letting.close);

describe('what things are called by stands beside what is shown of them', () => {
  itReads(
    letting,
    `
Houses in ward 2 or 3 with rooms
  select house_name, rooms from house where (ward = 2 or ward = 3)
  [["Heron",4],["Stork",6]]
Houses built before 1980, with the year
  select house_name, year_built from house where year_built < 1980
  [["Heron",1970],["Crane",1960]]
Which houses do we have in Linz, and with how many rooms?
  select house_name, rooms from house where town = 'Linz'
  [["Heron",4],["Stork",6]]
Houses with 9 rooms, and where they are
  select house_name, town from house where rooms = 9
  [["Crane","Graz"]]
`,
  );
});

describe('counts and sums beside each other', () => {
  itReads(
    letting,
    `
Cancelled bookings: how many, and what sum of price
  select count(*), sum(price) from booking where cancelled_on is not null
  [[1,330]]
how many rooms do we have in Linz
  select sum(rooms) from house where town = 'Linz'
  [[10]]
numbers of cancelled bookings
  select booking_no from booking where cancelled_on is not null
  [[12]]
total deposit in thousand euro
  select sum(deposit_keur) from booking
  [[7]]
`,
  );
});

describe('words that would be lost', () => {
  itLeavesUnread(letting, [
    ['average price per night', 'a figure for each of so many'],
    ['Working guests with a booking', 'no meaning of Working'],
    ['total price in A bookings', 'no meaning of a'],
    ['spending by channel', 'in which direction'],
    ['Which countries booked more than 4 nights?', 'a row, or all of them'],
    ['house with the most rooms and who runs it', 'two questions'],
    ['guests with a single booking', 'no meaning of single'],
    ['what do guests book for', 'no meaning of for'],
  ]);
});
