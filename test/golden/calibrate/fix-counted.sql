-- what is counted is joined | Which company has the most funds?
select city from company group by id order by count(*) desc limit 1;
select company.city from company join fund on company.id = fund.company_id group by company.id order by count(*) desc limit 1;

-- with an alias, under a condition | How many funds are there for each company in Shanghai?
select c.id, count(*) from company as c where city = 'Shanghai' group by c.id;
select c.id, count(*) from company as c join fund on c.id = fund.company_id where c.city = 'Shanghai' group by c.id;

-- what is not meant gives way | Give the number of the different managers.
select count(*) from fund_manager;
select count(*) from manager;

-- a column that the counted table lacks: left alone | How many awards were there from 2020 on?
select count(*) from fund where opened >= '2020-01-01';
select count(*) from fund where opened >= '2020-01-01';

-- counted already: left alone | How many funds does each company have?
select company_id, count(*) from fund group by company_id;
select company_id, count(*) from fund group by company_id;

-- no key between the two: left alone | Which company has the most awards?
select id from company group by id order by count(*) desc limit 1;
select id from company group by id order by count(*) desc limit 1;

-- something else of that name: left alone | How many fund houses are there?
select count(*) from company;
select count(*) from company;

-- two things are counted: left alone | How many funds and how many managers are there?
select count(*) from award;
select count(*) from award;

-- two tables: left alone | Which company has the most funds?
select c.city from company as c join fund as f on c.id = f.company_id group by c.id order by count(*) desc limit 1;
select c.city from company as c join fund as f on c.id = f.company_id group by c.id order by count(*) desc limit 1;
