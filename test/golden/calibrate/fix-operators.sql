-- operators of other languages
select fund_name from fund where code == '000001' && size => 10 and opened =< '2020-01-01';
select fund_name from fund where code = '000001' and size >= 10 and opened <= '2020-01-01';

-- nothing equals null
select fund_name from fund where company_id = null or size != NULL or opened <> null;
select fund_name from fund where company_id is null or size is not null or opened is not null;

-- quotes of a word processor
select fund_name from fund where code = ‘000001’ or fund_name = “Alpha's Growth”;
select fund_name from fund where code = '000001' or fund_name = 'Alpha''s Growth';

-- signs of a Chinese keyboard
select fund_name，size from fund where （size＞10）
select fund_name,size from fund where (size>10);

-- signs of mathematics
select fund_name from fund where size ≥ 10 and size ≠ 12;
select fund_name from fund where size >= 10 and size != 12;

-- within a text they stay
select fund_name from fund where fund_name = 'A == B，“C”' and "fund_name" != 'x = null';
select fund_name from fund where fund_name = 'A == B，“C”' and "fund_name" != 'x = null';

-- right as it is
select fund_name from fund where size >= 10 and size <> 12 and opened is not null;
select fund_name from fund where size >= 10 and size <> 12 and opened is not null;
