-- case
select manager_name from manager where degree = 'doctorate';
select manager_name from manager where degree = 'Doctorate';

-- signs and spaces
select city from company where company_name = 'alpha fund management co ltd';
select city from company where company_name = 'Alpha Fund Management Co., Ltd.';

-- lists, and a column of a joined table
select t1.fund_code from fund_manager as t1 join manager as t2 on t1.manager_id = t2.id where t2.degree in ('master', 'Doctorate');
select t1.fund_code from fund_manager as t1 join manager as t2 on t1.manager_id = t2.id where t2.degree in ('Master', 'Doctorate');

-- stored as written, and stored nowhere
select * from manager where degree = 'Master' or degree = 'Bachelor';
select * from manager where degree = 'Master' or degree = 'Bachelor';

-- a pattern is not a value
select * from manager where degree like 'doc%';
select * from manager where degree like 'doc%';

-- what the question spells out | What is the size of Alpha Growth?
select size from fund where fund_name = 'Alpha Growwth';
select size from fund where fund_name = 'Alpha Growth';

-- a text that the question has itself: left alone | Is Alpha Growth larger than Alpha Growwth?
select size from fund where fund_name = 'Alpha Growwth';
select size from fund where fund_name = 'Alpha Growwth';

-- two that the question spells out: left alone | What is the size of Alpha Growth, and of Alpha Bond?
select size from fund where fund_name = 'Alpha Grwth';
select size from fund where fund_name = 'Alpha Grwth';

-- asked for already: left alone | Which is larger, Alpha Growth or another?
select size from fund where fund_name in ('Alpha Growth', 'Omega');
select size from fund where fund_name in ('Alpha Growth', 'Omega');
