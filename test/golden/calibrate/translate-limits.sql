-- of SQL Server
select top 5 fund_name from fund order by size desc;
select fund_name from fund order by size desc limit 5;

-- with brackets, and distinct
select distinct top (3) city from company;
select distinct city from company limit 3;

-- of MySQL
select fund_name from fund order by size limit 10, 5;
select fund_name from fund order by size limit 5 offset 10;

-- of the standard
select fund_name from fund order by size fetch first 3 rows only;
select fund_name from fund order by size limit 3;

-- of the standard, after some
select fund_name from fund order by size offset 4 rows fetch next 2 rows only;
select fund_name from fund order by size limit 2 offset 4;

-- right as it is
select fund_name from fund limit 3 offset 1;
select fund_name from fund limit 3 offset 1;

-- cut off twice: left alone
select top 5 fund_name from fund limit 3;
select top 5 fund_name from fund limit 3;

-- a column may be called so
select top from (select size as top from fund);
select top from (select size as top from fund);
