-- nothing is said of columns: left alone | 奖项的平均比例是多少？
select avg(grant_rate) from award;
select avg(grant_rate) from award;
