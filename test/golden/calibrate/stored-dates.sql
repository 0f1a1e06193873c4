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

-- the latest and the first of American days
select max(due), min(due) from bill;
select max(substr(due, 7, 4) || '-' || substr(due, 1, 2) || '-' || substr(due, 4, 2)), min(substr(due, 7, 4) || '-' || substr(due, 1, 2) || '-' || substr(due, 4, 2)) from bill;

-- rows of the latest day
select id from bill where due = (select max(due) from bill);
select id from bill where substr(due, 7, 4) || '-' || substr(due, 1, 2) || '-' || substr(due, 4, 2) = (select max(substr(due, 7, 4) || '-' || substr(due, 1, 2) || '-' || substr(due, 4, 2)) from bill);

-- days without leading zeros against American days
select id from bill where paid > due;
select id from bill where case when paid is not null then printf('%04d-%02d-%02d', substr(substr(paid, instr(paid, '/') + 1), instr(substr(paid, instr(paid, '/') + 1), '/') + 1), paid, substr(paid, instr(paid, '/') + 1)) end > substr(due, 7, 4) || '-' || substr(due, 1, 2) || '-' || substr(due, 4, 2);

-- days of a spreadsheet against days as SQLite writes them
select id from bill as b where b.paid <= b.booked_on;
select id from bill as b where case when b.paid is not null then printf('%04d-%02d-%02d', substr(substr(b.paid, instr(b.paid, '/') + 1), instr(substr(b.paid, instr(b.paid, '/') + 1), '/') + 1), b.paid, substr(b.paid, instr(b.paid, '/') + 1)) end <= b.booked_on;

-- two columns of one form: told apart as they are, ordered as days
select id from bill where due != issued or due < issued;
select id from bill where due != issued or substr(due, 7, 4) || '-' || substr(due, 1, 2) || '-' || substr(due, 4, 2) < substr(issued, 7, 4) || '-' || substr(issued, 1, 2) || '-' || substr(issued, 4, 2);

-- a day counted from today, on either side
select id from bill where due >= date('now', '-5 years') and date('now') > due;
select id from bill where substr(due, 7, 4) || '-' || substr(due, 1, 2) || '-' || substr(due, 4, 2) >= date('now', '-5 years') and date('now') > substr(due, 7, 4) || '-' || substr(due, 1, 2) || '-' || substr(due, 4, 2);

-- seconds against a day counted from today
select id from bill where posted >= date('now', '-5 years');
select id from bill where date(posted, 'unixepoch') >= date('now', '-5 years');

-- days of the Julian calendar
select id from bill where entered < '2023-01-20' or entered like '2023-02%';
select id from bill where date(entered) < '2023-01-20' or date(entered) like '2023-02%';

-- a spreadsheet's days with the year first
select strftime('%Y', ordered) from bill where ordered between '2013-01-01' and '2013-12-31';
select strftime('%Y', case when ordered is not null then printf('%04d-%02d-%02d', ordered, substr(ordered, instr(ordered, '/') + 1), substr(substr(ordered, instr(ordered, '/') + 1), instr(substr(ordered, instr(ordered, '/') + 1), '/') + 1)) end) from bill where case when ordered is not null then printf('%04d-%02d-%02d', ordered, substr(ordered, instr(ordered, '/') + 1), substr(substr(ordered, instr(ordered, '/') + 1), instr(substr(ordered, instr(ordered, '/') + 1), '/') + 1)) end between '2013-01-01' and '2013-12-31';

-- the second term of an order
select id from bill order by posted, due desc;
select id from bill order by posted, substr(due, 7, 4) || '-' || substr(due, 1, 2) || '-' || substr(due, 4, 2) desc;

-- the latest of seconds against a day
select max(posted) from bill having max(posted) > '2023-01-01';
select max(posted) from bill having max(date(posted, 'unixepoch')) > '2023-01-01';

-- a list of days
select id from bill where due in ('2023-03-15', '2022-12-31');
select id from bill where substr(due, 7, 4) || '-' || substr(due, 1, 2) || '-' || substr(due, 4, 2) in ('2023-03-15', '2022-12-31');

-- the latest within an inner query that is matched as it is stored: left alone
select d.id from (select id, max(due) as last from bill) as d join bill as b on b.due = d.last;
select d.id from (select id, max(due) as last from bill) as d join bill as b on b.due = d.last;

-- seconds against seconds, days in the order of a union: left alone
select due from bill where posted >= strftime('%s', 'now') union select issued from bill order by due;
select due from bill where posted >= strftime('%s', 'now') union select issued from bill order by due;
