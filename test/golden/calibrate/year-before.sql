-- subtracted | How much did the grant rate of each award grow year on year in 2021?
select a.award_name, b.grant_rate - a.grant_rate from award as a join award as b on a.award_name = b.award_name where a.given = 2021 and b.given = 2021;
select a.award_name, b.grant_rate - a.grant_rate from award as a join award as b on a.award_name = b.award_name where a.given = 2020 and b.given = 2021;

-- divided by, Chinese | 2021年各奖项的资助率同比增速是多少？
select b.award_name, b.grant_rate * 100.0 / a.grant_rate - 100 from award as a join award as b on a.award_name = b.award_name where b.given = 2021 and a.given = 2021;
select b.award_name, b.grant_rate * 100.0 / a.grant_rate - 100 from award as a join award as b on a.award_name = b.award_name where b.given = 2021 and a.given = 2020;

-- both | 2021年各奖项的资助率同比增速是多少？
select b.award_name, (b.grant_rate - a.grant_rate) * 100.0 / a.grant_rate from award as a join award as b on a.award_name = b.award_name where b.given = 2021 and a.given = 2021;
select b.award_name, (b.grant_rate - a.grant_rate) * 100.0 / a.grant_rate from award as a join award as b on a.award_name = b.award_name where b.given = 2021 and a.given = 2020;

-- two years are said: left alone | How much did the grant rate of each award grow from 2020 to 2021?
select b.grant_rate - a.grant_rate from award as a join award as b on a.award_name = b.award_name where a.given = 2021 and b.given = 2021;
select b.grant_rate - a.grant_rate from award as a join award as b on a.award_name = b.award_name where a.given = 2021 and b.given = 2021;

-- nothing grows: left alone | Which awards of 2021 have the same grant rate?
select a.award_name, b.grant_rate - a.grant_rate from award as a join award as b on a.award_name = b.award_name where a.given = 2021 and b.given = 2021;
select a.award_name, b.grant_rate - a.grant_rate from award as a join award as b on a.award_name = b.award_name where a.given = 2021 and b.given = 2021;

-- each is subtracted once: left alone | How did the grant rate grow year on year in 2021?
select b.grant_rate - a.grant_rate, a.grant_rate - b.grant_rate from award as a join award as b on a.award_name = b.award_name where a.given = 2021 and b.given = 2021;
select b.grant_rate - a.grant_rate, a.grant_rate - b.grant_rate from award as a join award as b on a.award_name = b.award_name where a.given = 2021 and b.given = 2021;

-- one of each row alone | How much did the grant rate of Star grow year on year in 2021?
select b.grant_rate - a.grant_rate from award as a join award as b on a.award_name = b.award_name where a.given = 2021 and b.given = 2021 and b.award_name = 'Star' and b.grant_rate > a.grant_rate;
select b.grant_rate - a.grant_rate from award as a join award as b on a.award_name = b.award_name where a.given = 2020 and b.given = 2021 and b.award_name = 'Star' and b.grant_rate > a.grant_rate;

-- from one to the other: left alone | What was the growth of the grant rate from Golden Bull to Star in 2021?
select b.grant_rate - a.grant_rate from award as a join award as b on a.given = b.given where a.given = 2021 and a.award_name = 'Golden Bull' and b.given = 2021 and b.award_name = 'Star';
select b.grant_rate - a.grant_rate from award as a join award as b on a.given = b.given where a.given = 2021 and a.award_name = 'Golden Bull' and b.given = 2021 and b.award_name = 'Star';

-- one after the other within a year: left alone | 2021年各奖项的资助率比前一次增长多少？
select b.grant_rate - a.grant_rate from award as a join award as b on a.announced < b.announced and a.award_name = b.award_name where a.given = 2021 and b.given = 2021;
select b.grant_rate - a.grant_rate from award as a join award as b on a.announced < b.announced and a.award_name = b.award_name where a.given = 2021 and b.given = 2021;

-- of different months: left alone | How was the growth of the grant rate from March to May 2021?
select b.grant_rate - a.grant_rate from award as a, award as b where a.given = 2021 and substr(a.announced, 6, 2) = '03' and b.given = 2021 and substr(b.announced, 6, 2) = '05';
select b.grant_rate - a.grant_rate from award as a, award as b where a.given = 2021 and substr(a.announced, 6, 2) = '03' and b.given = 2021 and substr(b.announced, 6, 2) = '05';
