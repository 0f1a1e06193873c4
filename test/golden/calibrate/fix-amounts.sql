-- a zero too few | Which funds are larger than 2 million?
select fund_name from fund where size > 200000;
select fund_name from fund where size > 2000000;

-- zeros too many, in Chinese | 规模超过1亿的基金有哪些？
select f.fund_name from fund as f where f.size >= 10000000000;
select f.fund_name from fund as f where f.size >= 100000000;

-- written with digits | Which funds are smaller than 50,000,000?
select fund_name from fund where size < 500000;
select fund_name from fund where size < 50000000;

-- a sum | Which companies have funds of more than 1.5 billion in total?
select company_id from fund group by company_id having sum(size) > 15000000000;
select company_id from fund group by company_id having sum(size) > 1500000000;

-- between two amounts | Which funds have between 2 million and 5 million?
select fund_name from fund where size between 200000 and 50000000;
select fund_name from fund where size between 2000000 and 5000000;

-- in a unit that amounts are held in: left alone | Which funds are larger than 2 million?
select fund_name from fund where size > 2;
select fund_name from fund where size > 2;

-- a number that is said as it stands: left alone | Which 50 funds of over 5 billion are there since 50 days?
select fund_name from fund where size > 50;
select fund_name from fund where size > 50;

-- counts: left alone | Which companies have more than ten funds of over 1 billion?
select company_id from fund group by company_id having count(code) > 10;
select company_id from fund group by company_id having count(code) > 10;

-- a ratio: left alone | Which funds have over 2 million per company?
select fund_name from fund where size / company_id > 20;
select fund_name from fund where size / company_id > 20;

-- a flag: left alone | Which funds of company 10 are larger than 1 million?
select fund_name from fund where company_id = 10 and size > 1000000;
select fund_name from fund where company_id = 10 and size > 1000000;

-- other digits: left alone | Which funds are larger than 2 million?
select fund_name from fund where size > 300;
select fund_name from fund where size > 300;

-- a sum of some rows | Which companies have more than 2 million in funds that were opened after 2020?
select company_id from fund group by company_id having sum(case when opened > '2020-12-31' then size else 0 end) > 200000;
select company_id from fund group by company_id having sum(case when opened > '2020-12-31' then size else 0 end) > 2000000;

-- kept in cents | How many deals of over 10 thousand dollars are there?
select count(*) from deal where sold_cents > 10000;
select count(*) from deal where sold_cents > 1000000;

-- in cents already: left alone | How many deals are over 10,000 dollars?
select count(*) from deal where sold_cents > 1000000;
select count(*) from deal where sold_cents > 1000000;

-- kept in 分: left alone | 实付金额超过1万元的交易有多少笔？
select count(*) from deal where paid > 1000000;
select count(*) from deal where paid > 1000000;
