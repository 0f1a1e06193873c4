/** Ratios of finance, by the columns that they are of. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const listed = openedDatabase(`
create table company (company_id integer primary key, company_name text);
create table income_statement (
  company_id integer references company (company_id),
  fiscal_year integer,
  revenue real, -- operating revenue | 营业收入
  cost_of_sales real,
  net_profit real, -- net profit | 净利润
  primary key (company_id, fiscal_year)
);
create table balance_sheet (
  company_id integer references company (company_id),
  fiscal_year integer,
  current_assets real, current_liabilities real, total_assets real, total_liabilities real,
  primary key (company_id, fiscal_year)
);
create table market (
  company_id integer primary key references company (company_id),
  year_end_price real, dps real
);
insert into company values (1, 'Ash'), (2, 'Birch');
insert into income_statement values
  (1, 2023, 200, 150, 20), (1, 2024, 400, 200, 100), (2, 2024, 100, 90, -10);
insert into balance_sheet values (1, 2024, 50, 100, 400, 100), (2, 2024, 90, 60, 200, 150);
insert into market values (1, 50, 2), (2, 20, 0);
`);
afterAll(listed.close);

describe('ratios that no column holds', () => {
  itReads(
    listed,
    `
What was the gross margin of Ash in 2024, in percent?
  select (t1.revenue - t1.cost_of_sales) * 100.0 / t1.revenue from income_statement as t1 join company as t2 on t1.company_id = t2.company_id where t2.company_name = 'Ash' and t1.fiscal_year = 2024
  [[50]]
Which companies had a net margin above 20% in 2024?
  select distinct t1.company_name from company as t1 join income_statement as t2 on t2.company_id = t1.company_id where t2.net_profit * 1.0 / t2.revenue > 0.2 and t2.fiscal_year = 2024
  [["Ash"]]
2024年净利润率超过20%的公司有几家？
  select count(distinct t1.company_id) from company as t1 join income_statement as t2 on t2.company_id = t1.company_id where t2.net_profit * 1.0 / t2.revenue > 0.2 and t2.fiscal_year = 2024
  [[1]]
companies with a current ratio below 1
  select distinct t1.company_name from company as t1 join balance_sheet as t2 on t2.company_id = t1.company_id where t2.current_assets * 1.0 / t2.current_liabilities < 1
  [["Ash"]]
average debt ratio in 2024 in percent
  select avg(total_liabilities * 100.0 / total_assets) from balance_sheet where fiscal_year = 2024
  [[50]]
dividend yield of Ash in %
  select t1.dps * 100.0 / t1.year_end_price from market as t1 join company as t2 on t1.company_id = t2.company_id where t2.company_name = 'Ash'
  [[4]]
`,
  );
  itLeavesUnread(listed, [
    ['total net margin in 2024', 'a sum of ratios'],
    ['return on equity of Ash', 'no meaning of equity'],
  ]);
});
