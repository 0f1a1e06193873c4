create table industry (
  industry_id integer primary key,
  industry_name text, -- English name of the industry | 行业名称
  industry_name_cn text, -- Chinese name of the industry | 行业中文名称
  sector text -- sector that the industry belongs to | 板块
);
create table company ( -- listed companies | 上市公司
  company_id integer primary key,
  company_name text, -- English name of the company | 公司名称
  company_name_cn text, -- Chinese name of the company | 公司中文名称
  industry_id integer references industry (industry_id),
  city text, -- city of the head office | 总部城市
  employee_count integer, -- number of employees | 员工人数
  listing_date text -- date of listing | 上市日期
);
create table income_statement ( -- annual income statements | 利润表
  company_id integer references company (company_id),
  fiscal_year integer, -- fiscal year | 财年
  revenue real, -- revenue | 营业收入
  net_profit real, -- net profit | 净利润
  eps real -- earnings per share in CNY | 每股收益
);
create table fund_type (
  fund_type_id integer primary key,
  type_name text -- Equity, Bond, Index | 类型名称
);
create table fund ( -- mutual funds | 基金
  fund_id integer primary key,
  fund_name text, -- English name of the fund | 基金名称
  fund_name_cn text, -- Chinese name of the fund | 基金中文名称
  fund_type_id integer references fund_type (fund_type_id),
  management_fee real, -- management fee in percent a year | 管理费率
  inception_date text -- date when the fund started | 成立日期
);
create table fund_scale (
  fund_id integer references fund (fund_id),
  report_date text, -- quarter end | 报告期
  net_assets real, -- net assets | 资产净值
  holder_count integer -- number of investors | 持有人户数
);
create table fund_manager ( -- fund managers | 基金经理
  manager_id integer primary key,
  manager_name text, -- English name of the manager | 经理姓名
  gender text, -- Female or Male | 性别
  education text -- highest degree: Master, Doctorate, MBA | 最高学历
);
create table loan ( -- loans | 贷款
  loan_id integer primary key,
  branch text, -- branch that granted it | 支行
  status text -- O = open, P = paid, D = disputed
);

insert into industry values (1, 'Software', '软件', 'Technology'), (2, 'Banking', '银行', 'Financials'), (3, 'Steel', '钢铁', 'Materials');
insert into company values
  (1, 'Haldane Electronics', '哈尔丹恩电子', 1, 'Shanghai', 5200, '2011-03-04'),
  (2, 'Cormere Pharma', '科米尔制药', 3, 'Beijing', 800, '2009-06-01'),
  (3, 'Ulquist Telecom', '乌尔奎斯特电信', 2, 'Wuhan', 12000, '2015-01-09');
insert into income_statement values (1, 2023, 10, 1, 0.5), (2, 2023, 20, 2, 0.7);
insert into fund_type values (1, 'Equity'), (2, 'Bond'), (3, 'Index');
insert into fund values (1, 'North Star Growth Fund', '北极星成长基金', 1, 1.2, '2015-02-03'), (2, 'Iron Bridge Value Fund', '铁桥价值基金', 1, 1.5, '2018-02-03');
insert into fund_scale values (1, '2023-12-31', 5000, 300);
insert into fund_manager values (1, 'Lin Yue', 'Female', 'Doctorate'), (2, 'Wang Wei', 'Male', 'MBA'), (3, 'Zhao Min', 'Female', 'Master');
insert into loan values (1, '静安支行', 'O'), (2, '浦东支行', 'P'), (3, '静安支行', 'D');
