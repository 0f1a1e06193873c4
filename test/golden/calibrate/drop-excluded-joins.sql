-- without any
select t1.company_name from company as t1 join fund as t2 on t1.id = t2.company_id where t1.id not in (select company_id from fund);
select t1.company_name from company as t1 where t1.id not in (select company_id from fund);

-- counted, with a distinct list
select count(*) from manager join fund_manager on manager.id = fund_manager.manager_id where manager.degree = 'Master' and manager.id not in (select distinct f.manager_id from fund_manager as f);
select count(*) from manager where manager.degree = 'Master' and manager.id not in (select distinct f.manager_id from fund_manager as f);

-- others than those of one year: left alone
select t1.company_name from company as t1 join fund as t2 on t1.id = t2.company_id where t1.id not in (select company_id from fund where opened like '2015-%');
select t1.company_name from company as t1 join fund as t2 on t1.id = t2.company_id where t1.id not in (select company_id from fund where opened like '2015-%');

-- a join that is a condition: left alone
select c.company_name from company as c join fund as f on f.company_id = c.id where c.city = 'Beijing';
select c.company_name from company as c join fund as f on f.company_id = c.id where c.city = 'Beijing';

-- an outer join: left alone
select t1.company_name from company as t1 left join fund as t2 on t1.id = t2.company_id where t1.id not in (select company_id from fund);
select t1.company_name from company as t1 left join fund as t2 on t1.id = t2.company_id where t1.id not in (select company_id from fund);

-- a table that something is asked of: left alone
select t1.company_name from company as t1 join fund as t2 on t1.id = t2.company_id where t2.size > 1 and t1.id not in (select company_id from fund);
select t1.company_name from company as t1 join fund as t2 on t1.id = t2.company_id where t2.size > 1 and t1.id not in (select company_id from fund);

-- every column: left alone
select * from company as t1 join fund as t2 on t1.id = t2.company_id where t1.id not in (select company_id from fund);
select * from company as t1 join fund as t2 on t1.id = t2.company_id where t1.id not in (select company_id from fund);
