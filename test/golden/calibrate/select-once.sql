-- the same column twice
select fund_name, fund_name from fund where size > 1;
select fund_name from fund where size > 1;

-- twice of three, with aliases of tables
select c.city, f.fund_name, c.city from fund as f join company as c on f.company_id = c.id;
select c.city, f.fund_name from fund as f join company as c on f.company_id = c.id;

-- behind distinct
select distinct city, city from company;
select distinct city from company;

-- two columns of one name: left alone
select f.company_id, c.id from fund as f join company as c on f.company_id = c.id;
select f.company_id, c.id from fund as f join company as c on f.company_id = c.id;

-- a part of a compound: left alone
select city, city from company union select manager_name, degree from manager;
select city, city from company union select manager_name, degree from manager;

-- a place in the list
select fund_name, fund_name, size, opened from fund order by 3;
select fund_name, fund_name, size, opened from fund order by 3;

-- a place of a group
select fund_name, fund_name, count(*) from fund group by 1;
select fund_name, fund_name, count(*) from fund group by 1;

-- texts that differ in case: left alone
select sum(degree = 'AA'), sum(degree = 'Aa') from manager;
select sum(degree = 'AA'), sum(degree = 'Aa') from manager;

-- names that differ in case
select Degree, degree from manager;
select Degree from manager;
