-- in the order of | List the size of each fund, in the order of the fund names.
select fund_name, size from fund order by size;
select fund_name, size from fund order by fund_name;

-- sorted by | List the funds sorted by size.
select fund_name from fund order by opened desc;
select fund_name from fund order by size desc;

-- as it is said: left alone | List the funds sorted by size.
select fund_name from fund order by size;
select fund_name from fund order by size;

-- words of its name: left alone | List the funds in the order of their names.
select fund_name from fund order by fund_name;
select fund_name from fund order by fund_name;

-- a word of its name, which is all of another column's: left alone | List the reports in order of name.
select name from report order by fund_name;
select name from report order by fund_name;

-- what no column of it is called: left alone | List the funds in order of popularity.
select fund_name from fund order by size;
select fund_name from fund order by size;

-- cut off: left alone | Which fund comes first, sorted by size?
select fund_name from fund order by opened limit 1;
select fund_name from fund order by opened limit 1;

-- the latest first: left alone | Show the deals ordered by traders in May, the latest first.
select id from deal order by valid_from desc;
select id from deal order by valid_from desc;

-- the largest first | List the funds ordered by size, the largest first.
select fund_name from fund order by opened desc;
select fund_name from fund order by size desc;

-- the latest first, of a date | List the funds sorted by opened, the latest first.
select fund_name from fund order by size desc;
select fund_name from fund order by opened desc;

-- who ordered: left alone | Show the bills ordered by issued.
select id from bill order by entered desc;
select id from bill order by entered desc;
