-- only one table has every column
select manager_name from fund where degree = 'Master';
select manager_name from manager where degree = 'Master';

-- under an alias
select t1.city, t1.company_name from manager as t1;
select t1.city, t1.company_name from company as t1;

-- qualified by its name
select fund.degree from fund;
select manager.degree from manager;

-- no table has both: left alone
select fund_name, degree from fund;
select fund_name, degree from fund;
