-- a bare column of a linked table
select fund_name, city from fund;
select fund_name, company.city from fund join company on fund.company_id = company.id;

-- a table named, but not in FROM
select fund_name from fund where company.city = 'Shanghai' order by fund_name;
select fund_name from fund join company on fund.company_id = company.id where company.city = 'Shanghai' order by fund_name;

-- behind an ON clause that is there
select t1.fund_code, t2.manager_name, size from fund_manager as t1 join manager as t2 on t1.manager_id = t2.id limit 3;
select t1.fund_code, t2.manager_name, fund.size from fund_manager as t1 join manager as t2 on t1.manager_id = t2.id join fund on t1.fund_code = fund.code limit 3;

-- no link between the two: left alone
select degree, city from company;
select degree, city from company;
