-- a letter too many
select count(*) from funds;
select count(*) from fund;

-- the old name as a qualifier goes along
select managers.manager_name from managers;
select manager.manager_name from manager;

-- an alias stays
select t1.city from companys as t1;
select t1.city from company as t1;

-- nothing is near
select * from weather_station;
select * from weather_station;

-- a common table expression is not a wrong table
with funds as (select * from fund) select count(*) from funds;
with funds as (select * from fund) select count(*) from funds;
