-- parts of a date
select fund_name from fund where year(opened) = 2015 and month(opened) = 3 and day(opened) = 1;
select fund_name from fund where cast(strftime('%Y', opened) as integer) = 2015 and cast(strftime('%m', opened) as integer) = 3 and cast(strftime('%d', opened) as integer) = 1;

-- the quarter
select quarter(opened) from fund;
select ((cast(strftime('%m', opened) as integer) + 2) / 3) from fund;

-- extract
select extract(year from t1.opened) from fund as t1;
select cast(strftime('%Y', t1.opened) as integer) from fund as t1;

-- formats of MySQL and Oracle
select date_format(opened, '%Y-%m %H:%i'), to_char(opened, 'YYYY-MM-DD') from fund;
select strftime('%Y-%m %H:%M', opened), strftime('%Y-%m-%d', opened) from fund;

-- now
select now(), getdate(), curdate() from fund;
select datetime('now'), datetime('now'), date('now') from fund;

-- texts
select concat(code, ' ', fund_name), left(code, 2), right(code, 3), len(code) from fund;
select (code || ' ' || fund_name), substr(code, 1, 2), substr(code, -3), length(code) from fund;

-- null and conditions
select nvl(size, 0), isnull(size, 1), if(size > 1, 'big', 'small') from fund;
select ifnull(size, 0), ifnull(size, 1), iif(size > 1, 'big', 'small') from fund;

-- one within another
select concat(upper(left(code, 1)), nvl(fund_name, '')) from fund;
select (upper(substr(code, 1, 1)) || ifnull(fund_name, '')) from fund;

-- ilike
select fund_name from fund where fund_name ilike '%alpha%';
select fund_name from fund where fund_name like '%alpha%';

-- days between
select datediff(opened, '2015-01-01') from fund;
select cast(julianday(opened) - julianday('2015-01-01') as integer) from fund;

-- a left join is no call, and a text is no code
select fund_name from fund left join company on fund.company_id = company.id where fund_name != 'now()';
select fund_name from fund left join company on fund.company_id = company.id where fund_name != 'now()';

-- never closed: left alone
select year(opened from fund;
select year(opened from fund;
