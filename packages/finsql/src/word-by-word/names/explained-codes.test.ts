import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';
import { SUPPLIER_SQL } from '../../testing/supplier-database.ts';

const supplier = openedDatabase(SUPPLIER_SQL);
afterAll(() => supplier.close());

/** Codes that comments explain, months as numbers, keys that only names tell. */
const READ = `
How many business customers do we have?
  select count(*) from customer where custtype = 'B'
  [[2]]
business customers in Norwich
  select fullname from customer where custtype = 'B' and town = 'Norwich'
  [["Ash Ltd"]]
number of estimated readings in March 2024
  select count(*) from reading where readtype = 'E' and period = 202403
  [[1]]
How many smart meters are there in each town?
  select t2.town, count(*) from meter as t1 join customer as t2 on t1.customerno = t2.customerno where t1.smart = 'Y' group by t2.town
  [["Ely",1],["Norwich",2]]
total kwh of electricity meters in 2024
  select sum(t2.kwh) from meter as t1 join reading as t2 on t2.meterid = t1.meterid where t1.fuel = 'E' and t2.period between 202401 and 202412
  [[1900]]
how many complaints are under warranty
  select count(*) from complaint where warranty = '1'
  [[1]]
tonnes delivered per crop in 2024
  select t2.crop, sum(t1.tonnes) from deliveries as t1 join crops as t2 on t1.crop_code = t2.crop_code where t1.delivered_on between '2024-01-01' and '2024-12-31' group by t2.crop_code, t2.crop
  [["winter wheat",63]]
What was the heaviest delivery, in tonnes?
  select max(tonnes) from deliveries
  [[35]]
machines bought before 2012
  select machine from machines where bought < 2012
  [["baler"]]
What is the most expensive fee item?
  select item_name from fee_item order by amount_cents desc limit 1
  [["Tuition"]]
meters with customer and fuel
  select t2.fullname, t1.fuel from meter as t1 join customer as t2 on t1.customerno = t2.customerno
  [["Ash Ltd","E"],["Ash Ltd","G"],["Bea Moor","E"],["Cox plc","G"]]
how many readings per month in 2024
  select period, count(*) from reading where period between 202401 and 202412 group by period
  [[202403,2],[202406,1],[202412,1]]
deliveries with the number of staff over 2
  select ticket_no from deliveries where staff_count > 2
  [[2]]
number of deliveries of winter wheat
  select count(*) from deliveries as t1 join crops as t2 on t1.crop_code = t2.crop_code where t2.crop = 'winter wheat'
  [[2]]
customers with direct debit
  select fullname from customer where directdebit = 'Y'
  [["Ash Ltd"]]
average kwh by fuel and town
  select t2.fuel, t3.town, avg(t1.kwh) from reading as t1 join meter as t2 on t1.meterid = t2.meterid join customer as t3 on t2.customerno = t3.customerno group by t2.fuel, t3.town
  [["E","Norwich",633.3333333333334],["G","Ely",500]]
tonnes received by crop
  select t2.crop, sum(t1.tonnes) from deliveries as t1 join crops as t2 on t1.crop_code = t2.crop_code group by t2.crop_code, t2.crop
  [["barley",20],["winter wheat",63]]
how many complaints went to the CEO
  select count(*) from complaint where handler = 'Chief Executive Officer'
  [[2]]
What were the topics of complaints of the CRO?
  select topic from complaint where handler = 'Chief Risk Officer'
  [["Billing"]]
`;

describe('of a supplier', () => {
  itReads(supplier, READ);
});

describe('no statement is read off', () => {
  itLeavesUnread(supplier, [
    // What a comment gives as examples is no name of the column.
    ['chief risk officers of complaints', 'Complaint has no label'],
    ['readings after June 2024', 'Reading has no label'],
    ['how much are the fee items', 'how much of each, or of all'],
    ['readings in dollars by meter', 'groups of nothing'],
    ['kwh by year', 'years of months'],
  ]);
});
