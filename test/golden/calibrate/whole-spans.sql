-- a column of years | Which awards were given from 2015 to 2021?
select award_name from award where given = 2015;
select award_name from award where given between 2015 and 2021;

-- a date | How many awards were announced over 2016-2022?
select count(*) from award where announced like '2016-%';
select count(*) from award where announced between '2016-01-01' and '2022-12-31';

-- Chinese | 2015年到2021年颁发了哪些奖项？
select award_name from award where given = 2015;
select award_name from award where given between 2015 and 2021;

-- both years are there: left alone | Which awards were given from 2015 to 2021?
select award_name from award where given = 2015 or given = 2021;
select award_name from award where given = 2015 or given = 2021;

-- one year: left alone | Which awards were given in 2015?
select award_name from award where given = 2015;
select award_name from award where given = 2015;

-- two years apart: left alone | Which awards of 2015 were announced from 2016 to 2021?
select award_name from award where given = 2015 and announced like '2016-%';
select award_name from award where given = 2015 and announced like '2016-%';

-- no column of years: left alone | Which funds of 2015 to 2021 have a size of 2015?
select fund_name from fund where size = 2015;
select fund_name from fund where size = 2015;

-- days with a time | How many visits were there from 2019 to 2024?
select count(*) from visit as v where v.started_at like '2019-%';
select count(*) from visit as v where v.started_at >= '2019-01-01' and v.started_at < '2025-01-01';
