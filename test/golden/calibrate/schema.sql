create table fund (code text primary key, fund_name text, size real, opened date, company_id integer references company (id));
create table company (id integer primary key, company_name text, city text);
create table manager (id integer primary key, manager_name text, degree text);
create table fund_manager (fund_code text references fund (code), manager_id integer references manager (id), start_date date);
create table award (award_name text, given integer, announced date, grant_rate real);
create table share_class (class_name text, custody_fee real, management_fee real, fee_cap real);
create table report (name text, fund_name text);
create table person (id integer primary key);
create table advisor (id integer primary key references person (id), title text);
create table client (id integer primary key references person (id), holding real);
create table mandate (holder text, start_date date, end_date date);
create table deal (id integer primary key, trader text, approver text, closed text, valid_from date, valid_to date, sold_cents integer, cap_thousand real, paid real -- 实付金额（分）
);
create table 产品 (产品名称 text, 基金经理 text, 托管人 text);
create table "net value" (fund_code text references fund (code), "date" date, "unit value" real);
create table loan (code text, principal_usd_k real, -- principal in thousand USD
  ltv_pct real, -- loan to value in percent
  rate_pct real, -- interest rate in percent
  growth real, staff integer, 占比 real -- 不良占比（%）
);
create table fill (id integer primary key, executed integer, logged integer, settled text, booked text, valued text, cleared integer, noted text);
create table wire (id integer primary key, sent text, due date, rated real, noted, amount real);
create table bill (id integer primary key, issued text, due text, paid text, entered real, ordered text, posted integer, booked_on text);
create table visit (id integer primary key, started_at text, rank integer, salary real);
create table average_sizes (month integer, size real);

insert into company values (1, 'Alpha Fund Management Co., Ltd.', 'Shanghai'), (2, 'Data of Asia', 'Singapore');
insert into manager values (1, 'Li Na', 'Doctorate'), (2, 'Wang Wei', 'Master');
insert into deal values (1, 'Tom Lee', 'Mia Chen', '2021-02-03', '2021-01-01', '2021-12-31', 250000, 3, 100);
insert into 产品 values ('稳健一号', '张伟', '李强');
insert into fund values ('000001', 'Alpha Growth', 12.5, '2015-03-01', 1), ('000002', 'Alpha Bond', 3, '2018-05-01', 1);
insert into fund_manager values ('000001', 1, '2016-01-01');
insert into "net value" values ('000001', '2024-01-02', 1.25);
insert into award values ('Golden Bull', 2015, '2016-03-28', 0.5), ('Star', 2021, '2022-04-01', 1.5);
insert into share_class values ('A', 0.1, 0.2, 1), ('B', 0.4, 0.1, 2);
insert into fill values (1, 1678838400, 1678838400000, '03/15/2023', '15.03.2023', '2023年03月15日', 20230315, '03/04/2023'), (2, 1700000000, 1700000000123, '11/14/2023', '14.11.2023', '2023年11月14日', 20231114, '05/06/2023');
insert into wire values (1, '20230315', 20230401, 20230316.0, 20230317, 5), (2, '20231114', 20231214, 20231115.0, 20231116, 7);
insert into bill values (1, '01/15/2023', '03/15/2023', '3/5/2023', 2459945.5, '2013/4/6', 1678838400, '2023-03-01'), (2, '11/14/2023', '12/31/2022', '12/15/2023', 2460000.25, '2023/12/16', 1700000000, '2023-12-02'), (3, '02/20/2022', null, null, null, null, null, null);
insert into visit values (1, '2019-12-31 10:30:00', 1, 10), (2, '2024-12-31 18:00:00', 2, 5);
