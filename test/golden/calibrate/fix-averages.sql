-- a list of numbers | What is the average size of the funds of Alpha?
select f.size from fund as f join company as c on f.company_id = c.id where c.company_name = 'Alpha';
select avg(f.size) from fund as f join company as c on f.company_id = c.id where c.company_name = 'Alpha';

-- without a table's name | 基金的平均规模是多少？
select size from fund;
select avg(size) from fund;

-- above the average: left alone | Which sizes are above the average?
select size from fund;
select size from fund;

-- a name: left alone | Which fund has an average size?
select fund_name from fund;
select fund_name from fund;

-- averaged already: left alone | What is the average size of the funds?
select avg(size) from fund;
select avg(size) from fund;

-- of the largest: left alone | What is the mean size of the largest fund?
select size from fund order by size desc limit 1;
select size from fund order by size desc limit 1;

-- each number once: left alone | What is the average size of the funds?
select distinct size from fund;
select distinct size from fund;

-- no average: left alone | What are the sizes of the funds?
select size from fund;
select size from fund;

-- the mean | Show the mean size of all funds.
select size from fund;
select avg(size) from fund;

-- the verb: left alone | What does size mean for fund 000001?
select size from fund where code = '000001';
select size from fund where code = '000001';

-- of another kind: left alone | What is the moving average of the size?
select size from fund;
select size from fund;

-- of another kind, in Chinese: left alone | 规模的移动平均是多少？
select size from fund;
select size from fund;

-- of each: left alone | List the average size of each fund.
select size from fund;
select size from fund;

-- for every one, in Chinese: left alone | 每只基金的平均规模是多少？
select size from fund;
select size from fund;

-- a table of averages: left alone | What is the average size by month?
select size from average_sizes;
select size from average_sizes;
