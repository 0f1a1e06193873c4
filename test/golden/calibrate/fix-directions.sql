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

-- those left after the others: left alone | Which companies have fewer than 2 funds?
select company_name from company where id not in (select company_id from fund group by company_id having count(*) >= 2);
select company_name from company where id not in (select company_id from fund group by company_id having count(*) >= 2);

-- not in a parenthesis: left alone | Which companies have fewer than 2 funds?
select company_name from company as c where not (select count(*) from fund where company_id = c.id) >= 2;
select company_name from company as c where not (select count(*) from fund where company_id = c.id) >= 2;

-- not exists: left alone | Which companies have funds smaller than 30?
select company_name from company as c where not exists (select 1 from fund as f where f.company_id = c.id and f.size >= 30);
select company_name from company as c where not exists (select 1 from fund as f where f.company_id = c.id and f.size >= 30);

-- behind except: left alone | Which companies have fewer than 2 funds?
select id from company except select company_id from fund group by company_id having count(*) >= 2;
select id from company except select company_id from fund group by company_id having count(*) >= 2;

-- before except | Which funds larger than 30 are there but those of Alpha?
select code from fund where size < 30 except select f.code from fund as f join company as c on f.company_id = c.id where c.company_name like 'Alpha%';
select code from fund where size > 30 except select f.code from fund as f join company as c on f.company_id = c.id where c.company_name like 'Alpha%';

-- the rest of one: left alone | Show the share of funds under 30.
select 1 - avg(size >= 30) from fund;
select 1 - avg(size >= 30) from fund;

-- the rest of a hundred: left alone | How many funds are smaller than 30, in percent?
select 100.0 - 100.0 * sum(size >= 30) / count(*) from fund;
select 100.0 - 100.0 * sum(size >= 30) / count(*) from fund;

-- the rest of all: left alone | How many funds are smaller than 30?
select count(*) - sum(size >= 30) from fund;
select count(*) - sum(size >= 30) from fund;

-- nothing for those: left alone | How many funds are smaller than 30?
select sum(case when size >= 30 then 0 else 1 end) from fund;
select sum(case when size >= 30 then 0 else 1 end) from fund;

-- something for those | How many funds are smaller than 30?
select sum(case when size >= 30 then 1 else 0 end) from fund;
select sum(case when size < 30 then 1 else 0 end) from fund;

-- none of those: left alone | Which companies have funds smaller than 30?
select company_id from fund group by company_id having sum(size >= 30) = 0;
select company_id from fund group by company_id having sum(size >= 30) = 0;

-- without a partner among those: left alone | Which companies have fewer than 2 funds?
select c.company_name from company as c left join (select company_id from fund group by company_id having count(*) >= 2) as f on f.company_id = c.id where f.company_id is null;
select c.company_name from company as c left join (select company_id from fund group by company_id having count(*) >= 2) as f on f.company_id = c.id where f.company_id is null;

-- behind another list | Which companies have fewer than 2 funds?
select company_id from fund where code not in ('A', 'B') group by company_id having count(*) > 2;
select company_id from fund where code not in ('A', 'B') group by company_id having count(*) < 2;
