-- since a year | Which funds were opened since 2019?
select fund_name from fund where opened like '2019-%';
select fund_name from fund where opened >= '2019-01-01';

-- after a year | How many awards were announced after 2019?
select count(*) from award where announced like '2019-%';
select count(*) from award where announced >= '2020-01-01';

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

-- set beside another year: left alone | By how much has the rate of each award grown since 2019?
select a.award_name, b.grant_rate - a.grant_rate from award as a join award as b on a.award_name = b.award_name where a.given = 2019 and b.given = 2023;
select a.award_name, b.grant_rate - a.grant_rate from award as a join award as b on a.award_name = b.award_name where a.given = 2019 and b.given = 2023;

-- set beside the last one, in Chinese: left alone | 2019年以来各奖项的奖金率增长了多少？
select a.award_name, b.grant_rate - a.grant_rate from award as a join award as b on a.award_name = b.award_name where a.given = 2019 and b.given = (select max(given) from award);
select a.award_name, b.grant_rate - a.grant_rate from award as a join award as b on a.award_name = b.award_name where a.given = 2019 and b.given = (select max(given) from award);

-- what changed: left alone | How much has the rate of each award changed since 2019?
select a.award_name, b.grant_rate - a.grant_rate from award as a join award as b on b.given > a.given where a.given = 2019;
select a.award_name, b.grant_rate - a.grant_rate from award as a join award as b on b.given > a.given where a.given = 2019;

-- growth that a column holds | What is the average growth of the rates since 2019?
select avg(grant_rate) from award where given = 2019;
select avg(grant_rate) from award where given >= 2019;

-- reckoned with: left alone | Which awards were given the year before 2019?
select award_name from award where given = 2019 - 1;
select award_name from award where given = 2019 - 1;
