-- another column of the table
select company_name from company where company_name = 'shanghai';
select company_name from company where company.city = 'Shanghai';

-- a column of the other table
select t1.fund_code from fund_manager as t1 join manager as t2 on t1.manager_id = t2.id where t1.fund_code = 'Li Na';
select t1.fund_code from fund_manager as t1 join manager as t2 on t1.manager_id = t2.id where t2.manager_name = 'Li Na';

-- a column of a table that a key leads to
select fund_name from fund where fund_name = 'Shanghai';
select fund_name from fund join company on fund.company_id = company.id where company.city = 'Shanghai';

-- stored where it is asked, and stored nowhere
select * from manager where degree = 'Master' or degree = 'Bachelor';
select * from manager where degree = 'Master' or degree = 'Bachelor';

-- a table that no key leads to
select "date" from "net value" where "date" = 'Doctorate';
select "date" from "net value" where "date" = 'Doctorate';

-- a list
select * from manager where degree in ('Li Na', 'Master');
select * from manager where degree in ('Li Na', 'Master');
