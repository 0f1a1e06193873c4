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

-- a word for the column: left alone | How many deals were approved by Tom Lee?
select count(*) from deal where approver = 'Tom Lee';
select count(*) from deal where approver = 'Tom Lee';

-- its name: left alone | How many deals did Mia Chen make as the trader?
select count(*) from deal where trader = 'Mia Chen';
select count(*) from deal where trader = 'Mia Chen';

-- words for both columns | How many deals did the trader Tom Lee get approved?
select count(*) from deal where approver = 'Tom Lee';
select count(*) from deal where deal.trader = 'Tom Lee';

-- a word for neither | How many deals has Tom Lee?
select count(*) from deal where approver = 'Tom Lee';
select count(*) from deal where deal.trader = 'Tom Lee';

-- a column that is listed | Which approvers work with Tom Lee?
select approver from deal where approver = 'Tom Lee';
select approver from deal where deal.trader = 'Tom Lee';

-- its Chinese name: left alone | 托管人是张伟的产品
select 产品名称 from 产品 where 托管人 = '张伟';
select 产品名称 from 产品 where 托管人 = '张伟';

-- the name of the table is none of a column | 张伟的产品名称
select 产品名称 from 产品 where 产品名称 = '张伟';
select 产品名称 from 产品 where 产品.基金经理 = '张伟';
