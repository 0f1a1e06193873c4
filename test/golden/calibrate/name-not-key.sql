-- things without others | Which companies have no fund?
select id from company where id not in (select company_id from fund);
select company_name from company where id not in (select company_id from fund);

-- with an alias, once each | Show the managers who manage a fund.
select distinct m.id from manager as m join fund_manager as f on f.manager_id = m.id;
select distinct m.manager_name from manager as m join fund_manager as f on f.manager_id = m.id;

-- asked for: left alone | Show the ids of the companies without a fund.
select id from company where id not in (select company_id from fund);
select id from company where id not in (select company_id from fund);

-- beside another column: left alone | Show the cities of companies.
select id, city from company;
select id, city from company;

-- against others: left alone | Which companies have no fund?
select id from company except select company_id from fund;
select id from company except select company_id from fund;

-- a code: left alone | Which funds are there?
select code from fund;
select code from fund;
