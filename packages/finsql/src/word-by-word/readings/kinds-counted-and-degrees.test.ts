/** Degrees of risk, gains or losses, and parts of a year that are both meant. */
import { afterAll, describe } from 'vitest';
import { itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const acquirer = openedDatabase(`
create table merchants (merchant_id integer primary key, merchant_name text, fee real, in_service integer, risk_tier text -- L low, M medium, H high
);
create table disposals (disposal_id integer primary key, merchant_id integer references merchants (merchant_id), disposed_on text, gain_loss real);
insert into merchants values (1, 'Corner Deli', 5, 1, 'H'), (2, 'Old Mill', 7, 0, 'L'), (3, 'Elm Inn', 9, 1, 'H');
insert into disposals values (1, 1, '2024-04-02', 10), (2, 1, '2024-05-02', -30), (3, 2, '2024-05-03', 50);
`);
afterAll(() => {
  acquirer.close();
});

describe('degrees, gains and parts of a year', () => {
  itReads(
    acquirer,
    `
high risk merchants
  select merchant_name from merchants where risk_tier = 'H'
  [["Corner Deli"],["Elm Inn"]]
how many high-risk merchants do we have?
  select count(*) from merchants where risk_tier = 'H'
  [[2]]
average gain or loss per merchant
  select t2.merchant_name, avg(t1.gain_loss) from disposals as t1 join merchants as t2 on t1.merchant_id = t2.merchant_id group by t2.merchant_id, t2.merchant_name
  [["Corner Deli",-10],["Old Mill",50]]
how many merchants had disposals in both April and May 2024?
  select count(*) from merchants where merchant_id in (select distinct t1.merchant_id from merchants as t1 join disposals as t2 on t2.merchant_id = t1.merchant_id where t2.disposed_on between '2024-04-01' and '2024-04-30') and merchant_id in (select distinct t1.merchant_id from merchants as t1 join disposals as t2 on t2.merchant_id = t1.merchant_id where t2.disposed_on between '2024-05-01' and '2024-05-31')
  [[1]]
which merchants had disposals at a loss?
  select distinct t1.merchant_name from merchants as t1 join disposals as t2 on t2.merchant_id = t1.merchant_id where t2.gain_loss < 0
  [["Corner Deli"]]
merchants out of service
  select merchant_name from merchants where in_service = '0'
  [["Old Mill"]]
what percentage of merchants is out of service?
  select 100.0 * sum(case when in_service = '0' then 1 else 0 end) / count(*) from merchants
  [[33.333333333333336]]
`,
  );
});
