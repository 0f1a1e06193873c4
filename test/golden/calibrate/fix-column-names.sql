-- a slip of the pen
select fundname from fund where opned > '2015-01-01';
select fund_name from fund where opened > '2015-01-01';

-- of the qualified table first
select t1.mangr_id from fund_manager as t1 join manager as t2 on t1.manager_id = t2.id;
select t1.manager_id from fund_manager as t1 join manager as t2 on t1.manager_id = t2.id;

-- names that need quotes
select unit_value from "net value";
select "unit value" from "net value";

-- a name given in the select list is known
select city, count(*) as number from company group by city order by number desc;
select city, count(*) as number from company group by city order by number desc;

-- nothing is near
select colour from fund;
select colour from fund;

-- of what the question says | At what rate are awards granted?
select award_rate from award;
select grant_rate from award;

-- without its word | Which awards are there?
select award_rate from award;
select award_name from award;

-- not what is selected already
select award_name, award_rate from award;
select award_name, grant_rate from award;

-- called like its table
select company from company where city = 'Shanghai';
select company_name from company where city = 'Shanghai';
