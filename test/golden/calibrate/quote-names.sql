-- a table and a column with spaces
select unit value from net value;
select "unit value" from "net value";

-- behind an alias
select t1.unit value from net value as t1;
select t1."unit value" from "net value" as t1;

-- right as it is
select "unit value" from "net value";
select "unit value" from "net value";

-- in a text
select fund_name from fund where fund_name = 'net value';
select fund_name from fund where fund_name = 'net value';
