-- compared with a text
select award_name from award where strftime('%Y', given) >= '2020';
select award_name from award where given >= '2020';

-- beside another year, of the qualified table
select a.award_name from award as a where strftime('%Y', a.given) = strftime('%Y', date('now', '-5 year'));
select a.award_name from award as a where a.given = strftime('%Y', date('now', '-5 year'));

-- selected
select strftime('%Y', given), count(*) from award group by strftime('%Y', given);
select given, count(*) from award group by given;

-- the year of a day: left alone
select award_name from award where strftime('%Y', announced) = '2016';
select award_name from award where strftime('%Y', announced) = '2016';

-- its month: left alone
select award_name from award where strftime('%m', given) = '03';
select award_name from award where strftime('%m', given) = '03';
