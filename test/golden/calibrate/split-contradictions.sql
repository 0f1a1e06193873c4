-- two texts of one column
select fund_code from fund_manager as t1 join manager as t2 on t1.manager_id = t2.id where t2.degree = 'Master' and t2.degree = 'Doctorate';
select fund_code from fund_manager as t1 join manager as t2 on t1.manager_id = t2.id where t2.degree = 'Master' intersect select fund_code from fund_manager as t1 join manager as t2 on t1.manager_id = t2.id where t2.degree = 'Doctorate';

-- below and above, with a third condition
select city from company where id < 2 and company_name like 'A%' and id > 5;
select city from company where id < 2 and company_name like 'A%' intersect select city from company where company_name like 'A%' and id > 5;

-- below and above the same number
select city from company where id < 5 and id > 5;
select city from company where id < 5 intersect select city from company where id > 5;

-- between, and another column: left alone
select city from company where id between 2 and 5 and city = 'Shanghai';
select city from company where id between 2 and 5 and city = 'Shanghai';

-- a range that rows may lie in: left alone
select city from company where id > 2 and id < 5;
select city from company where id > 2 and id < 5;

-- one or the other: left alone
select city from company where id = 2 or id = 5;
select city from company where id = 2 or id = 5;

-- two at once, or another: left alone
select city from company where id = 2 and id = 5 and city = 'Shanghai' or city = 'Beijing';
select city from company where id = 2 and id = 5 and city = 'Shanghai' or city = 'Beijing';

-- counted: left alone
select city, count(*) from company where id = 2 and id = 5 group by city;
select city, count(*) from company where id = 2 and id = 5 group by city;

-- three at once: left alone
select city from company where id = 2 and id = 5 and id = 7;
select city from company where id = 2 and id = 5 and id = 7;
