import { afterAll, describe } from 'vitest';
import { HALL_SQL } from '../testing/hall-database.ts';
import { itLeavesUnread, itReads } from '../testing/read-off-checks.ts';
import { openedDatabase } from '../testing/shop-database.ts';

const halls = openedDatabase(HALL_SQL);
afterAll(() => halls.close());

/** What there is none of, what a compound names, and figures that are added up. */
const OF_HALLS = `
curators without an agency
  select curator_name from curators where agency is null
  [["Beech"]]
Which guests have no email?
  select guest_name from guests where email is null
  [["Fir"]]
Are there any halls that nobody ever booked?
  select hall_name from halls where hall_id not in (select hall_id from bookings where hall_id is not null)
  [["Green"]]
Which books haven't sold?
  select title from books where isbn not in (select isbn from sales where isbn is not null)
  [["Roots"]]
number of copies by genre
  select t2.genre, sum(t1.copies) from sales as t1 join books as t2 on t1.isbn = t2.isbn group by t2.genre
  [["Science",12]]
hall bookings in 2024 - how many?
  select count(*) from bookings as t1 join halls as t2 on t1.hall_id = t2.hall_id where t1.booking_date between '2024-01-01' and '2024-12-31'
  [[2]]
Which halls hold at least 10 guests?
  select hall_name from halls where seats >= 10
  [["Blue"],["Green"]]
halls built before 1800
  select hall_name from halls where built < 1800
  [["Blue"]]
halls with 8 seats
  select hall_name from halls where seats = 8
  [["Red"]]
What have we drawn altogether?
  select sum(drawn) from sales
  [[40]]
How many copies were sold in 2024?
  select sum(copies) from sales where sale_date between '2024-01-01' and '2024-12-31'
  [[7]]
Compare 2024 with 2023: by what percentage did the copies change?
  select 100.0 * (sum(case when sale_date between '2024-01-01' and '2024-12-31' then copies else 0 end) - sum(case when sale_date between '2023-01-01' and '2023-12-31' then copies else 0 end)) / sum(case when sale_date between '2023-01-01' and '2023-12-31' then copies else 0 end) from sales
  [[40]]
`;

describe('what there is none of, compounds, sums', () => {
  itReads(halls, OF_HALLS);
});

describe('stays unread', () => {
  itLeavesUnread(halls, [
    ['curators without an agency before 2020', 'a column beside what is asked for'],
    ['halls without 3 seats', 'a column beside what is asked for'],
    ['How many days do guests take to pay on average?', 'how many days'],
    ['average advance in dollars', 'cents as whole money'],
  ]);
});
