-- the year of seconds
select count(*) from fill where strftime('%Y', executed) = '2023';
select count(*) from fill where strftime('%Y', executed, 'unixepoch') = '2023';

-- the day of milliseconds, of the qualified table
select date(f.logged) from fill as f;
select date(f.logged / 1000, 'unixepoch') from fill as f;

-- seconds compared with days
select id from fill where executed >= '2023-01-01' and executed < '2024';
select id from fill where date(executed, 'unixepoch') >= '2023-01-01' and date(executed, 'unixepoch') < '2024';

-- seconds within a period, and like a month
select id from fill where executed between '2023-01-01' and '2023-03-31' or executed not like '2023-04%';
select id from fill where date(executed, 'unixepoch') between '2023-01-01' and '2023-03-31' or date(executed, 'unixepoch') not like '2023-04%';

-- the beginning of seconds
select substr(executed, 1, 4), count(*) from fill group by substr(executed, 1, 4);
select substr(date(executed, 'unixepoch'), 1, 4), count(*) from fill group by substr(date(executed, 'unixepoch'), 1, 4);

-- the month of American days
select count(*) from fill where strftime('%Y-%m', settled) = '2023-03';
select count(*) from fill where strftime('%Y-%m', substr(settled, 7, 4) || '-' || substr(settled, 1, 2) || '-' || substr(settled, 4, 2)) = '2023-03';

-- the latest of European days
select id from fill order by booked desc limit 1;
select id from fill order by substr(booked, 7, 4) || '-' || substr(booked, 4, 2) || '-' || substr(booked, 1, 2) desc limit 1;

-- a Chinese day that is another
select id from fill where valued != '2023-03-15';
select id from fill where substr(valued, 1, 4) || '-' || substr(valued, 6, 2) || '-' || substr(valued, 9, 2) != '2023-03-15';

-- days without gaps
select strftime('%m', cleared), count(*) from fill group by strftime('%m', cleared);
select strftime('%m', substr(cleared, 1, 4) || '-' || substr(cleared, 5, 2) || '-' || substr(cleared, 7, 2)), count(*) from fill group by strftime('%m', substr(cleared, 1, 4) || '-' || substr(cleared, 5, 2) || '-' || substr(cleared, 7, 2));

-- read already: left alone
select strftime('%Y', executed, 'unixepoch') from fill where executed > 1672531200 and settled like '03/%/2023' and substr(cleared, 1, 4) = '2023';
select strftime('%Y', executed, 'unixepoch') from fill where executed > 1672531200 and settled like '03/%/2023' and substr(cleared, 1, 4) = '2023';

-- days that may be read in two ways: left alone
select id from fill where strftime('%Y', noted) = '2023';
select id from fill where strftime('%Y', noted) = '2023';

-- days as SQLite writes them: left alone
select award_name from award where strftime('%Y', announced) = '2016' and announced >= '2016-01-01' order by announced;
select award_name from award where strftime('%Y', announced) = '2016' and announced >= '2016-01-01' order by announced;
