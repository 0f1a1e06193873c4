-- no condition
select fund_name, city from fund join company;
select fund_name, city from fund join company on fund.company_id = company.id;

-- no condition, with aliases and more behind
select f.fund_name from fund as f join company as c where c.city = 'Shanghai';
select f.fund_name from fund as f join company as c on f.company_id = c.id where c.city = 'Shanghai';

-- a column compared with itself
select m.manager_name from fund_manager as g join manager as m on m.id = m.id;
select m.manager_name from fund_manager as g join manager as m on g.manager_id = m.id;

-- two of them
select m.manager_name, f.fund_name from manager as m join fund_manager as g on g.manager_id = g.manager_id join fund as f on f.code = f.code;
select m.manager_name, f.fund_name from manager as m join fund_manager as g on m.id = g.manager_id join fund as f on g.fund_code = f.code;

-- a table between the two
select m.manager_name, count(*) from manager as m join fund as f on m.id = m.id group by m.id, m.manager_name;
select m.manager_name, count(*) from manager as m join fund_manager on m.id = fund_manager.manager_id join fund as f on fund_manager.fund_code = f.code group by m.id, m.manager_name;

-- identifiers of two kinds of things
select m.manager_name from manager as m join fund as f on m.id = f.code where f.size > 10;
select m.manager_name from manager as m join fund_manager on m.id = fund_manager.manager_id join fund as f on fund_manager.fund_code = f.code where f.size > 10;

-- the same, where no one table lies between: left alone
select m.manager_name from manager as m join company as c on m.id = c.id;
select m.manager_name from manager as m join company as c on m.id = c.id;

-- the same, which both stand for a third thing: left alone
select a.title from advisor as a join client as c on a.id = c.id;
select a.title from advisor as a join client as c on a.id = c.id;

-- a table between the two of an inner join
select manager_name from fund inner join manager on manager.id = manager.id where size > 10;
select manager_name from fund join fund_manager on fund.code = fund_manager.fund_code inner join manager on fund_manager.manager_id = manager.id where size > 10;

-- a table between the two of an outer join: left alone
select m.manager_name from manager as m left join fund as f on m.id = m.id;
select m.manager_name from manager as m left join fund as f on m.id = m.id;

-- a table between the two of a left outer join: left alone
select m.manager_name from manager as m left outer join fund as f on m.id = m.id;
select m.manager_name from manager as m left outer join fund as f on m.id = m.id;

-- a cross join is meant
select fund_name, manager_name from fund cross join manager;
select fund_name, manager_name from fund cross join manager;

-- no key between the two: left alone
select degree, city from manager join company;
select degree, city from manager join company;

-- right as it is
select a.fund_name from fund as a join fund as b on a.company_id = b.company_id;
select a.fund_name from fund as a join fund as b on a.company_id = b.company_id;

-- one condition for two joins: left alone
select f.fund_name from fund as f join fund_manager as g join manager as m on m.id = g.manager_id and g.fund_code = f.code;
select f.fund_name from fund as f join fund_manager as g join manager as m on m.id = g.manager_id and g.fund_code = f.code;

-- two tables under one name: left alone
select x.fund_name from fund as x join company as x on x.id = x.id;
select x.fund_name from fund as x join company as x on x.id = x.id;
