-- numbers within a period, but for a day
select id from fill where cleared between '2023-01-01' and '2023-12-31' and cleared <> '2023-03-15';
select id from fill where cleared between 20230101 and 20231231 and cleared <> 20230315;

-- numbers of the qualified table, in no list of days
select f.id from fill as f where f.cleared not in ('2023-03-15', '2023-11-14');
select f.id from fill as f where f.cleared not in (20230315, 20231114);

-- numbers like a month
select id from fill where cleared like '2023-03%' or cleared not like '2023-11-1%';
select id from fill where cleared like '202303%' or cleared not like '2023-11-1%';

-- texts since a day
select id from wire where sent >= '2023-04-01';
select id from wire where sent >= '20230401';

-- days by their declared type, numbers with fractions
select id from wire where due < '2023-12-01' and rated = '2023-03-16';
select id from wire where due < 20231201 and rated = 20230316;

-- amounts of each month, the last one first
select strftime('%Y-%m', due), sum(amount) from wire group by strftime('%Y-%m', due) order by strftime('%Y-%m', due) desc;
select due / 100, sum(amount) from wire group by due / 100 order by due / 100 desc;

-- different years, by name
select distinct strftime('%Y', f.cleared) as year from fill as f;
select distinct f.cleared / 10000 as year from fill as f;

-- no terms of a list: left alone
select id from fill where strftime('%Y', cleared) = '2023' and strftime('%Y-%m', cleared) || '' > '2023-03';
select id from fill where strftime('%Y', cleared) = '2023' and strftime('%Y-%m', cleared) || '' > '2023-03';

-- months of texts and of fractions, of a year, of an inner query: left alone
select strftime('%Y-%m', sent), strftime('%Y', rated), strftime('%m', due) from wire where id in (select strftime('%Y', due) from wire);
select strftime('%Y-%m', sent), strftime('%Y', rated), strftime('%m', due) from wire where id in (select strftime('%Y', due) from wire);

-- columns of no type, a period and no day, another column: left alone
select id from wire where noted > '2023-01-01' and sent >= '2023-03' and due > sent and due - 1 = '2023-01-01';
select id from wire where noted > '2023-01-01' and sent >= '2023-03' and due > sent and due - 1 = '2023-01-01';

-- days of other forms: left alone
select id from fill where executed > '2023-01-01' and valued != '2023-03-15' and settled = '2023-03-15';
select id from fill where executed > '2023-01-01' and valued != '2023-03-15' and settled = '2023-03-15';
