-- all information | Give me all the information about funds.
select code from fund;
select * from fund;

-- Chinese, under a condition | 上海的公司的所有信息
select company_name, city from company where city = 'Shanghai';
select * from company where city = 'Shanghai';

-- some of it: left alone | Give me code and name of all funds.
select code, fund_name from fund;
select code, fund_name from fund;

-- counted: left alone | For all the information that there is, how many funds are there?
select count(*) from fund;
select count(*) from fund;

-- two tables: left alone | Give me all the data of funds in Shanghai.
select f.code from fund as f join company as c on f.company_id = c.id where c.city = 'Shanghai';
select f.code from fund as f join company as c on f.company_id = c.id where c.city = 'Shanghai';

-- at the end | Show me the funds with all details.
select code, company_id from fund;
select * from fund;

-- the beginning of other words: left alone | List the names of all information technology funds.
select fund_name from fund;
select fund_name from fund;

-- the columns are named: left alone | Give me all data on funds, that is, fund name and size.
select fund_name, size from fund;
select fund_name, size from fund;

-- the beginning of other words, in Chinese: left alone | 列出所有信息发展的公司
select company_name from company;
select company_name from company;

-- of a stored text: left alone | Which city has all data of Asia?
select city from company where company_name = 'Data of Asia';
select city from company where company_name = 'Data of Asia';
