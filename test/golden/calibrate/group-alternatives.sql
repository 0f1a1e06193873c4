-- behind a condition
select id from manager where id > 1 and degree = 'Master' or degree = 'Doctorate';
select id from manager where id > 1 and (degree = 'Master' or degree = 'Doctorate');

-- before a condition, three of them
select id from company where city = 'Shanghai' or city = 'Beijing' or city like 'Wu%' and id > 1;
select id from company where (city = 'Shanghai' or city = 'Beijing' or city like 'Wu%') and id > 1;

-- in a nested query, with an order behind
select code from fund as f where company_id in (select c.id from company as c where c.id > 1 and c.city = 'A' or c.city = 'B') order by code;
select code from fund as f where company_id in (select c.id from company as c where c.id > 1 and (c.city = 'A' or c.city = 'B')) order by code;

-- no other condition: left alone
select id from manager where degree = 'Master' or degree = 'Doctorate';
select id from manager where degree = 'Master' or degree = 'Doctorate';

-- another column: left alone
select id from manager where id > 1 and degree = 'Master' or manager_name = 'Li Na';
select id from manager where id > 1 and degree = 'Master' or manager_name = 'Li Na';

-- conditions of each: left alone
select id from company where id > 1 and city = 'A' or city = 'B' and id < 9;
select id from company where id > 1 and city = 'A' or city = 'B' and id < 9;

-- a range, whose AND is none: left alone
select id from company where id between 1 and 2 or id = 5;
select id from company where id between 1 and 2 or id = 5;

-- or any of the others | Masters with an id above 1, or any doctorate
select id from manager where id > 1 and degree = 'Master' or degree = 'Doctorate';
select id from manager where id > 1 and degree = 'Master' or degree = 'Doctorate';

-- 或任何 | 编号大于1的硕士，或任何博士
select id from manager where id > 1 and degree = 'Master' or degree = 'Doctorate';
select id from manager where id > 1 and degree = 'Master' or degree = 'Doctorate';

-- or those | Masters with an id above 1 or those with a doctorate
select id from manager where id > 1 and degree = 'Master' or degree = 'Doctorate';
select id from manager where id > 1 and degree = 'Master' or degree = 'Doctorate';

-- 或那些 | 编号大于1的硕士或那些博士
select id from manager where id > 1 and degree = 'Master' or degree = 'Doctorate';
select id from manager where id > 1 and degree = 'Master' or degree = 'Doctorate';
