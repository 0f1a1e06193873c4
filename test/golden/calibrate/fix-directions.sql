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

-- the number stands twice in the statement: left alone | Which funds are smaller than 30?
select fund_name from fund where size > 30 and company_id > 30;
select fund_name from fund where size > 30 and company_id > 30;

-- counted by a measure word | 规模低于30的基金有几只？
select count(*) from fund where size > 30;
select count(*) from fund where size < 30;

-- a measure word behind a number | 规模超过30的20只基金有哪些？
select fund_name from fund where size < 30 limit 20;
select fund_name from fund where size > 30 limit 20;

-- only, in Chinese: left alone | 只管理规模低于30的基金的公司有哪些？
select id from company where id not in (select company_id from fund where size >= 30);
select id from company where id not in (select company_id from fund where size >= 30);

-- all that there are, in Chinese | 列出全部规模低于30的基金。
select fund_name from fund where size > 30;
select fund_name from fund where size < 30;

-- all that there are | List all funds smaller than 30.
select fund_name from fund where size > 30;
select fund_name from fund where size < 30;

-- of all, in Chinese: left alone | 基金规模全部低于30的公司有哪些？
select id from company where id not in (select company_id from fund where size >= 30);
select id from company where id not in (select company_id from fund where size >= 30);

-- of every one that is listed: left alone | 列出全部基金规模低于30的公司。
select id from company where id not in (select company_id from fund where size >= 30);
select id from company where id not in (select company_id from fund where size >= 30);

-- an average is said of nobody | 平均规模低于30的公司有哪些？
select company_id from fund group by company_id having avg(size) > 30;
select company_id from fund group by company_id having avg(size) < 30;

-- behind the number | 规模30以下的基金有哪些？
select fund_name from fund where size > 30;
select fund_name from fund where size < 30;

-- behind the number and its unit | 规模在30亿元以上的基金有哪些？
select fund_name from fund where size <= 30;
select fund_name from fund where size > 30;

-- within a number of years, which is no size: left alone | 30年以内成立的基金有哪些？
select fund_name from fund where size > 5;
select fund_name from fund where size > 5;

-- older than a year: left alone | Which awards are older than 2015?
select award_name from award where given < 2015;
select award_name from award where given < 2015;

-- older than an age | Which awards are older than 15 years?
select award_name from award where 2024 - given < 15;
select award_name from award where 2024 - given > 15;

-- a rank: left alone | Which funds rank above 4 by size?
with r as (select code, rank() over (order by size desc) as place from fund) select code from r where place < 4;
with r as (select code, rank() over (order by size desc) as place from fund) select code from r where place < 4;

-- a lower rank: left alone | Funds ranked lower than 5
with r as (select code, rank() over (order by size desc) as place from fund) select code from r where place > 5;
with r as (select code, rank() over (order by size desc) as place from fund) select code from r where place > 5;

-- a rank in Chinese: left alone | 规模排名高于5的基金
with r as (select code, rank() over (order by size desc) as place from fund) select code from r where place < 5;
with r as (select code, rank() over (order by size desc) as place from fund) select code from r where place < 5;

-- denied by the statement: left alone | Which funds are larger than 30?
select fund_name from fund where not fund.size <= 30;
select fund_name from fund where not fund.size <= 30;

-- left out | Which funds remain, excluding those over 40?
select fund_name from fund where size <= 40;
select fund_name from fund where size <= 40;

-- other than | Which funds are there other than those over 40?
select fund_name from fund where size <= 40;
select fund_name from fund where size <= 40;

-- 去掉 | 去掉规模大于40的基金，还剩哪些？
select fund_name from fund where size <= 40;
select fund_name from fund where size <= 40;

-- a place | Which awards finished higher than 10th?
select award_name from award where given < 10;
select award_name from award where given < 10;
