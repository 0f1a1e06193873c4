-- swapped aliases
select t1.company_name from fund as t1 join company as t2 on t1.company_id = t2.id where t1.city = 'Shanghai';
select t2.company_name from fund as t1 join company as t2 on t1.company_id = t2.id where t2.city = 'Shanghai';

-- an alias that nobody defined
select a.fund_name from fund as t1 join company as t2 on t1.company_id = t2.id;
select t1.fund_name from fund as t1 join company as t2 on t1.company_id = t2.id;

-- right as it is
select t1.id, t2.company_id from company as t1 join fund as t2 on t2.company_id = t1.id;
select t1.id, t2.company_id from company as t1 join fund as t2 on t2.company_id = t1.id;

-- a subquery reaches the tables around it
select fund_name from fund as f where exists (select 1 from company as c where c.id = c.company_id);
select fund_name from fund as f where exists (select 1 from company as c where c.id = f.company_id);

-- a derived table may have any column
select d.n from (select count(*) as n from fund) as d;
select d.n from (select count(*) as n from fund) as d;
