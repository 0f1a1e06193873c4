-- under | Which funds are smaller than 30?
select fund_name from fund where size > 30;
select fund_name from fund where size < 30;

-- over, as a count | Which companies have more than 2 funds?
select company_id from fund group by company_id having count(*) <= 2;
select company_id from fund group by company_id having count(*) > 2;

-- Chinese | 规模超过30的基金有哪些？
select fund_name from fund where size < 30;
select fund_name from fund where size > 30;

-- as it is said: left alone | Which funds are over 30?
select fund_name from fund where size >= 30;
select fund_name from fund where size >= 30;

-- denied: left alone | Which funds are not over 30?
select fund_name from fund where size <= 30;
select fund_name from fund where size <= 30;

-- of all: left alone | Which companies have all funds above 30?
select id from company where id not in (select company_id from fund where size <= 30);
select id from company where id not in (select company_id from fund where size <= 30);

-- denied in Chinese: left alone | 规模不低于30的基金有哪些？
select fund_name from fund where size >= 30;
select fund_name from fund where size >= 30;

-- the same number twice: left alone | Which funds of over 2 have more than 2 managers?
select code from fund where size < 2;
select code from fund where size < 2;
