-- one of two | Which managers have a doctorate or a master?
select manager_name from manager where degree = 'Doctorate';
select manager_name from manager where degree in ('Doctorate', 'Master');

-- none of two | Which managers have neither a doctorate nor a master?
select manager_name from manager where degree <> 'Master';
select manager_name from manager where degree not in ('Master', 'Doctorate');

-- within a query | Which funds were managed by neither Li Na nor Wang Wei?
select fund_name from fund where code not in (select t1.fund_code from fund_manager as t1 join manager as t2 on t1.manager_id = t2.id where t2.manager_name = 'Li Na');
select fund_name from fund where code not in (select t1.fund_code from fund_manager as t1 join manager as t2 on t1.manager_id = t2.id where t2.manager_name in ('Li Na', 'Wang Wei'));

-- in Chinese | Li Na和Wang Wei的学历分别是什么？
select degree from manager where manager_name = 'Li Na';
select degree from manager where manager_name in ('Li Na', 'Wang Wei');

-- what has both: left alone | Which funds had both Li Na and Wang Wei as managers?
select id from manager where manager_name = 'Li Na';
select id from manager where manager_name = 'Li Na';

-- the other stands elsewhere: left alone | When did Li Na or Wang Wei begin?
select start_date from fund_manager where manager_id in (select id from manager where manager_name = 'Li Na' union select id from manager where manager_name = 'Wang Wei');
select start_date from fund_manager where manager_id in (select id from manager where manager_name = 'Li Na' union select id from manager where manager_name = 'Wang Wei');

-- no list: left alone | Has Li Na the degree that Wang Wei has?
select degree from manager where manager_name = 'Wang Wei';
select degree from manager where manager_name = 'Wang Wei';

-- side by side, but no list: left alone | What degree has Li Na Wang Wei?
select degree from manager where manager_name = 'Li Na';
select degree from manager where manager_name = 'Li Na';

-- a longer word: left alone | Which managers have a doctorate or masterly skills?
select manager_name from manager where degree = 'Doctorate';
select manager_name from manager where degree = 'Doctorate';

-- a place and what it is in: left alone | Which companies are of Shanghai, Singapore branch?
select company_name from company where city = 'Shanghai';
select company_name from company where city = 'Shanghai';

-- commas alone, with nothing behind | Which companies are there in Shanghai, Singapore?
select company_name from company where city = 'Shanghai';
select company_name from company where city in ('Shanghai', 'Singapore');

-- commas, and a word before the last | Which managers have a master, doctorate and bachelor?
select manager_name from manager where degree = 'Master';
select manager_name from manager where degree in ('Master', 'Doctorate');

-- an enumeration in Chinese | Li Na、Wang Wei管理的基金
select id from manager where manager_name = 'Li Na';
select id from manager where manager_name in ('Li Na', 'Wang Wei');
