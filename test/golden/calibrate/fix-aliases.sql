-- the name of a table that has an alias
select fund.fund_name from fund as f where fund.size > 10;
select f.fund_name from fund as f where f.size > 10;

-- an alias that stands for nothing
select t1.fund_name from fund where t1.size > 10;
select fund.fund_name from fund where fund.size > 10;

-- one alias for two tables
select t1.fund_name, t1.city from fund as t1 join company as t1 on t1.company_id = t1.id;
select t1.fund_name, t2.city from fund as t1 join company as t2 on t1.company_id = t2.id;

-- another table is asked: left alone
select fund_name from fund where company.id = 1;
select fund_name from fund where company.id = 1;

-- a query around it has the alias
select fund_name from fund as f where exists (select 1 from company as c where c.id = f.company_id);
select fund_name from fund as f where exists (select 1 from company as c where c.id = f.company_id);
