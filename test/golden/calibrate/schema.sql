create table fund (code text primary key, fund_name text, size real, opened date, company_id integer references company (id));
create table company (id integer primary key, company_name text, city text);
create table manager (id integer primary key, manager_name text, degree text);
create table fund_manager (fund_code text references fund (code), manager_id integer references manager (id), start_date date);
create table award (award_name text, given integer, announced date, grant_rate real);
create table mandate (holder text, start_date date, end_date date);
create table "net value" (fund_code text references fund (code), "date" date, "unit value" real);

insert into company values (1, 'Alpha Fund Management Co., Ltd.', 'Shanghai');
insert into manager values (1, 'Li Na', 'Doctorate'), (2, 'Wang Wei', 'Master');
insert into fund values ('000001', 'Alpha Growth', 12.5, '2015-03-01', 1);
insert into fund_manager values ('000001', 1, '2016-01-01');
insert into "net value" values ('000001', '2024-01-02', 1.25);
insert into award values ('Golden Bull', 2015, '2016-03-28', 0.5), ('Star', 2021, '2022-04-01', 1.5);
