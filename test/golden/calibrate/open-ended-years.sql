-- since a year | Which funds were opened since 2019?
select fund_name from fund where opened like '2019-%';
select fund_name from fund where opened >= '2019-01-01';

-- after a year | How many awards were announced after 2019?
select count(*) from award where announced like '2019-%';
select count(*) from award where announced > '2019-12-31';

-- before it, a column of years | Which awards were given before 2019?
select award_name from award where given = 2019;
select award_name from award where given < 2019;

-- Chinese | 2019年以来成立了哪些基金？
select fund_name from fund where opened like '2019-%';
select fund_name from fund where opened >= '2019-01-01';

-- in that year: left alone | Which funds were opened in 2019?
select fund_name from fund where opened like '2019-%';
select fund_name from fund where opened like '2019-%';

-- after a day: left alone | Which funds were opened in 2019, after 2019-03-01?
select fund_name from fund where opened like '2019-%';
select fund_name from fund where opened like '2019-%';

-- another year: left alone | Which funds of 2020 are larger than those opened since 2019?
select fund_name from fund where opened like '2020-%';
select fund_name from fund where opened like '2020-%';

-- half a year: left alone | 2019年前两个季度成立了哪些基金？
select fund_name from fund where opened like '2019-%';
select fund_name from fund where opened like '2019-%';

-- a number that is no year: left alone | Which funds since 2019 have 2019 units?
select fund_name from fund where size = 2019;
select fund_name from fund where size = 2019;
