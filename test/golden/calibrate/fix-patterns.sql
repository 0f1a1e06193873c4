-- a pattern after =
select fund_name from fund where fund_name = '%growth%';
select fund_name from fund where fund_name like '%growth%';

-- no wild card
select fund_name from fund where fund_name like 'Alpha';
select fund_name from fund where fund_name like '%Alpha%';

-- the wild card of files
select fund_name from fund where fund_name like '*Alpha*';
select fund_name from fund where fund_name like '%Alpha%';

-- the stored spelling
select city from company where company_name like '%alpha fund management co ltd%';
select city from company where company_name like '%Alpha Fund Management Co., Ltd.%';

-- right as it is
select fund_name from fund where fund_name like 'Alpha%' and opened like '2015-%';
select fund_name from fund where fund_name like 'Alpha%' and opened like '2015-%';
