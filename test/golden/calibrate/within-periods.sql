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

-- in force on a day | Which deals were valid on 2021-06-30?
select trader from deal where valid_from = '2021-06-30';
select trader from deal where valid_from <= '2021-06-30' and (valid_to is null or valid_to >= '2021-06-30');

-- began on the day: left alone | How many deals became valid on 2021-06-30?
select count(*) from deal where valid_from = '2021-06-30';
select count(*) from deal where valid_from = '2021-06-30';

-- ended on the day: left alone | Which deals end on 2021-06-30?
select trader from deal where valid_to = '2021-06-30';
select trader from deal where valid_to = '2021-06-30';

-- from the day on: left alone | Which deals are valid from 2021-06-30?
select trader from deal where valid_from = '2021-06-30';
select trader from deal where valid_from = '2021-06-30';

-- expired, in Chinese: left alone | 2021年6月30日到期的交易
select trader from deal where valid_to = '2021-06-30';
select trader from deal where valid_to = '2021-06-30';
