-- a column beside a count
select city, count(*) from company;
select city, count(*) from company group by city;

-- before an order
select t1.degree, count(*) as n from manager as t1 order by n desc limit 3;
select t1.degree, count(*) as n from manager as t1 group by t1.degree order by n desc limit 3;

-- two columns and an average
select company_id, opened, avg(size) from fund where size > 1;
select company_id, opened, avg(size) from fund where size > 1 group by company_id, opened;

-- the row that has the most
select fund_name, max(size) from fund;
select fund_name, max(size) from fund;

-- grouped already
select city, count(*) from company group by city;
select city, count(*) from company group by city;

-- nothing but a count, and a window
select count(*), sum(size) from fund;
select count(*), sum(size) from fund;

-- a window
select fund_name, sum(size) over (order by opened) from fund;
select fund_name, sum(size) over (order by opened) from fund;

-- an expression is not a group
select size * 2, count(*) from fund;
select size * 2, count(*) from fund;

-- a nested query: left alone
select city, count(*) from company where id in (select company_id from fund);
select city, count(*) from company where id in (select company_id from fund);
