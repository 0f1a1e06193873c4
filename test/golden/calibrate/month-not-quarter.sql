-- the month of the question | How many awards were announced in March 2016?
select count(*) from award where strftime('%Y', announced) = '2016' and round(strftime('%m', announced) / 3.0 + 0.495) = 3;
select count(*) from award where strftime('%Y', announced) = '2016' and strftime('%m', announced) = '03';

-- in Chinese, of the qualified table | 2016年11月公布了多少个奖项？
select count(*) from award as a where round(strftime('%m', a.announced) / 3.0 + 0.495) = 1 and a.grant_rate > 0.1;
select count(*) from award as a where strftime('%m', a.announced) = '11' and a.grant_rate > 0.1;

-- a quarter: left alone | How many awards were announced in the third quarter of 2016?
select count(*) from award where round(strftime('%m', announced) / 3.0 + 0.495) = 3;
select count(*) from award where round(strftime('%m', announced) / 3.0 + 0.495) = 3;

-- a quarter beside a month: left alone | How many awards were announced in the quarter that ends in September 2016?
select count(*) from award where round(strftime('%m', announced) / 3.0 + 0.495) = 3;
select count(*) from award where round(strftime('%m', announced) / 3.0 + 0.495) = 3;

-- two months: left alone | How many awards were announced from March 2016 to May 2016?
select count(*) from award where round(strftime('%m', announced) / 3.0 + 0.495) = 3;
select count(*) from award where round(strftime('%m', announced) / 3.0 + 0.495) = 3;
