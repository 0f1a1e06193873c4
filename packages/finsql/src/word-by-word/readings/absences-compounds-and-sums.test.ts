import { afterAll, describe } from 'vitest';
import { HALL_SQL } from '../../testing/hall-database.ts';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

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
Which guests are still guests?
  select guest_name from guests where leave_date is null
  [["Fir"]]
How many guests have left?
  select count(*) from guests where leave_date is not null
  [[1]]
What is our cheapest fund?
  select fund_name from funds order by annual_fee asc limit 1
  [["Yew"]]
total adopted in fiscal 2025
  select sum(adopted) from budgets where fy = 2025
  [[35]]
Which halls have more than 1 booking? Show me how many each has.
  select t1.hall_name, count(*) from halls as t1 join bookings as t2 on t2.hall_id = t1.hall_id group by t1.hall_id, t1.hall_name having count(*) > 1
  [["Blue",2]]
bookings per hall leaving out the cancelled ones
  select t2.hall_name, count(*) from bookings as t1 join halls as t2 on t1.hall_id = t2.hall_id where t1.cancelled = 0 group by t2.hall_id, t2.hall_name
  [["Blue",1]]
`;

describe('what there is none of, compounds, sums', () => {
  itReads(halls, OF_HALLS);
});

describe('stays unread', () => {
  itLeavesUnread(halls, [
    ['curators without an agency before 2020', 'a column beside what is asked for'],
    ['halls without 3 seats', 'a column beside what is asked for'],
    ['How many days do guests take to pay on average?', 'how many days'],
    ['highest adopted, and for what fund', 'two questions'],
    ['bookings that have left', 'who has left'],
  ]);
});
