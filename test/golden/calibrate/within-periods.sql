-- a day within
select holder from mandate where start_date = '2020-06-30';
select holder from mandate where start_date <= '2020-06-30' and (end_date is null or end_date >= '2020-06-30');

-- with an alias, beside another condition
select m.holder from mandate as m where m.start_date = '2020-06-30' and m.holder like 'L%';
select m.holder from mandate as m where m.start_date <= '2020-06-30' and (m.end_date is null or m.end_date >= '2020-06-30') and m.holder like 'L%';

-- a day on which it ended
select holder from mandate where end_date = '2020-06-30';
select holder from mandate where start_date <= '2020-06-30' and (end_date is null or end_date >= '2020-06-30');

-- a period without an end of its own: left alone
select manager_id from fund_manager where start_date = '2016-01-01';
select manager_id from fund_manager where start_date = '2016-01-01';

-- a month: left alone
select holder from mandate where start_date = '2020-06';
select holder from mandate where start_date = '2020-06';

-- unequal: left alone
select holder from mandate where start_date != '2020-06-30';
select holder from mandate where start_date != '2020-06-30';
