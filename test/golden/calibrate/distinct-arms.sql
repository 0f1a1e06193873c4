-- the other of two texts | Which funds had both Li Na and Wang Wei as managers?
select fund_code from fund_manager as t1 join manager as t2 on t1.manager_id = t2.id where t2.manager_name = 'Li Na' intersect select fund_code from fund_manager as t1 join manager as t2 on t1.manager_id = t2.id where t2.manager_name = 'Li Na';
select fund_code from fund_manager as t1 join manager as t2 on t1.manager_id = t2.id where t2.manager_name = 'Li Na' intersect select fund_code from fund_manager as t1 join manager as t2 on t1.manager_id = t2.id where t2.manager_name = 'Wang Wei';

-- each asks for another: left alone | Which funds had both Li Na and Wang Wei as managers?
select id from manager where manager_name = 'Li Na' union all select id from manager where manager_name = 'Wang Wei';
select id from manager where manager_name = 'Li Na' union all select id from manager where manager_name = 'Wang Wei';

-- only one is spelled out: left alone | Which funds had Li Na as manager?
select id from manager where manager_name = 'Li Na' union all select id from manager where manager_name = 'Li Na';
select id from manager where manager_name = 'Li Na' union all select id from manager where manager_name = 'Li Na';

-- only another is spelled out: left alone | Which funds had Wang Wei as manager?
select id from manager where manager_name = 'Li Na' intersect select id from manager where manager_name = 'Li Na';
select id from manager where manager_name = 'Li Na' intersect select id from manager where manager_name = 'Li Na';

-- one query: left alone | Which funds had both Li Na and Wang Wei as managers?
select id from manager where manager_name = 'Li Na';
select id from manager where manager_name = 'Li Na';
