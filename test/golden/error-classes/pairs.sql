-- no such column: not executable, select list
select fund_name from fund;
select name from fund;

-- another table: tables, select list
select count(code) from fund;
select count(id) from company;

-- a table too many: tables, joins
select f.fund_name from fund as f where f.size > 5;
select f.fund_name from fund as f join company as c on f.company_id = c.id where f.size > 5;

-- the wrong key: joins
select f.fund_name from fund as f join company as c on f.company_id = c.id where c.city = 'Shanghai';
select t1.fund_name from fund as t1 join company as t2 on t1.code = t2.id where t2.city = 'Shanghai';

-- an outer join: joins
select c.company_name, f.code from company as c left join fund as f on f.company_id = c.id;
select c.company_name, f.code from company as c join fund as f on f.company_id = c.id;

-- the difference of sets becomes a condition: tables, nesting, select list, conditions
select code from fund except select fund_code from fund_manager;
select code from fund where code is null;

-- another column, and distinct: select list
select distinct city from company;
select company_name from company;

-- the operator: conditions
select fund_name from fund where size > 5 and opened < '2020-01-01';
select fund_name from fund where size >= 5 and opened < '2020-01-01';

-- or in place of and: conditions
select fund_name from fund where size > 5 and company_id = 1;
select fund_name from fund where size > 5 or company_id = 1;

-- the text only: literals
select fund_name from fund where opened between '2015-01-01' and '2015-12-31' and size > 3;
select fund_name from fund where opened between '2015-01-01' and '2016-12-31' and size > 3;

-- in a subquery: conditions, literals
select fund_name from fund where company_id in (select id from company where city = 'Shanghai');
select fund_name from fund where company_id in (select id from company where company_name = 'Alpha');

-- ascending, and one row: group, order, limit
select fund_name from fund order by size desc limit 3;
select fund_name from fund order by size limit 1;

-- the group: group, order, limit
select count(*), max(size) from fund group by company_id having count(*) > 1;
select count(*), max(size) from fund group by opened having count(*) > 1;

-- its condition: conditions
select count(*) from fund group by company_id having count(*) > 1;
select count(*) from fund group by company_id having sum(size) > 1;

-- nothing but the order of a window: select list
select rank() over (order by size) from fund;
select rank() over (order by size desc) from fund;

-- the sides of a difference: other
select size - company_id from fund where code in ('1', '2');
select size - company_id from fund where code in ('2', '1');

-- not a statement at all: not executable, tables, select list
select fund_name from fund;
I do not know.

-- nothing: not executable, tables, select list
select fund_name from fund;

