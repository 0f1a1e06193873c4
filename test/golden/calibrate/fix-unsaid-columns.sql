-- an average | What is the mean grant rate of all awards?
select avg(given) from award;
select avg(grant_rate) from award;

-- an order, beside a column that is said | List the award names by their grant rate.
select award_name from award order by given desc;
select award_name from award order by grant_rate desc;

-- both are asked for: left alone | What is the mean grant rate of awards given in 2015?
select avg(grant_rate) from award where given = 2015;
select avg(grant_rate) from award where given = 2015;

-- a condition: left alone | Which grant rates do awards have after 2014?
select award_name from award where given > 2014;
select award_name from award where given > 2014;

-- said by half: left alone | What is the mean rate of all awards?
select avg(given) from award;
select avg(given) from award;

-- a key: left alone | What is the size of all funds?
select count(distinct company_id) from fund;
select count(distinct company_id) from fund;

-- what is done with the rows | Rate the loans by their size.
select code from loan order by principal_usd_k desc;
select code from loan order by principal_usd_k desc;

-- a verb that a column is called by | Rank the visits by pay.
select id from visit order by salary desc;
select id from visit order by salary desc;

-- how they rank | Show how the visits rank in pay.
select id, rank() over (order by salary desc) from visit;
select id, rank() over (order by salary desc) from visit;

-- what it is in: left alone | How large is the advance of the loan in growth called L1?
select rate_pct from loan where code = 'L1';
select rate_pct from loan where code = 'L1';

-- for the longest: left alone | What is the sum taken for the largest growth?
select sum(rate_pct) from loan where code = 'L1';
select sum(rate_pct) from loan where code = 'L1';

-- of its average | What is the average of the growth of the loan L1?
select avg(staff) from loan where code = 'L1';
select avg(growth) from loan where code = 'L1';

-- an order behind such a word | Which loan is the one of the largest growth?
select code from loan order by staff desc limit 1;
select code from loan order by growth desc limit 1;

-- another word for it: left alone | How expensive is the visit, its rank aside?
select amount from wire where rated > 1;
select amount from wire where rated > 1;

-- a word for an amount: left alone | How much was paid by wire, and how is it rated?
select amount from wire;
select amount from wire;

-- counted in it | What is the number of staff of the loan L1?
select growth from loan where code = 'L1';
select staff from loan where code = 'L1';

-- listed and ordered by | Name the loan with the largest growth.
select code, staff from loan order by staff desc limit 1;
select code, growth from loan order by growth desc limit 1;
