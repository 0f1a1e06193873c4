/** What fund houses and lenders ask in Chinese: the most of what each has, rows that are late, with which others something is done. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const funds = openedDatabase(`
create table fd_info ( -- 基金
  fd_cd text primary key, -- 基金代码
  fd_nm text, -- 基金简称
  fd_typ text, -- 基金类型:1 股票型,2 债券型
  co_nm text, -- 基金管理人
  cust_rate real, -- 托管费率(%)
  est_dt integer, -- 成立日期 YYYYMMDD
  min_amt real -- 最低申购金额(元)
);
create table fd_mgr ( -- 基金经理
  mgr_id integer primary key, -- 经理编号
  mgr_nm text, -- 经理姓名
  sex text, -- 性别:M 男,F 女
  since_dt integer -- 从业日期
);
create table fd_mgr_rel ( -- 任职
  rel_id integer primary key, -- 任职编号
  fd_cd text references fd_info (fd_cd), -- 基金代码
  mgr_id integer references fd_mgr (mgr_id), -- 经理编号
  beg_dt integer, -- 任职日期
  off_dt integer -- 离任日期,空为在任
);
create table fd_nav ( -- 净值
  fd_cd text references fd_info (fd_cd), -- 基金代码
  nav_dt integer, -- 净值日期
  unit_nav real, -- 单位净值
  day_ret real, -- 日增长率(%)
  primary key (fd_cd, nav_dt)
);
create table cust ( -- 投资者
  cust_no integer primary key, -- 客户号
  cust_nm text, -- 客户名称
  cust_typ text, -- 客户类型:P 个人,O 机构
  city text, -- 所在城市
  open_dt integer -- 开户日期
);
create table fd_trd ( -- 申赎
  trd_no integer primary key, -- 申请单号
  cust_no integer references cust (cust_no), -- 客户号
  fd_cd text references fd_info (fd_cd), -- 基金代码
  biz_typ text, -- 业务类型:122 申购,124 赎回
  app_dt integer, -- 申请日期
  cfm_dt integer, -- 确认日期
  amt real, -- 确认金额(元)
  chnl text -- 销售渠道
);
create table fd_hold ( -- 持仓
  fd_cd text references fd_info (fd_cd), -- 基金代码
  rpt_dt integer, -- 报告期
  stk_nm text, -- 证券名称
  ind text, -- 行业
  mv real -- 持仓市值(元)
);
insert into fd_info values ('001', '华安优选', '1', '华安基金', 0.2, 20150312, 10), ('002', '华安稳利', '2', '华安基金', 0.15, 20120620, 100), ('003', '博瑞短债', '2', '博瑞基金', 0.1, 20200101, 10);
insert into fd_mgr values (1, '周明远', 'M', 20080701), (2, '林晓燕', 'F', 20110315);
insert into fd_mgr_rel values (1, '001', 1, 20150312, null), (2, '002', 2, 20120620, 20240101), (3, '003', 2, 20200101, null), (4, '001', 2, 20200101, null);
insert into fd_nav values ('001', 20240103, 1.2, 0.5), ('001', 20240104, 1.1, -2.5), ('002', 20240104, 1.3, 0.1);
insert into cust values (1, '张伟', 'P', '北京', 20200101), (2, '王芳', 'P', '上海', 20210101), (3, '天合信托', 'O', '北京', 20220101);
insert into fd_trd values (1, 1, '001', '122', 20240105, 20240108, 100, '直销'), (2, 2, '001', '122', 20240505, 20240506, 250, '直销'), (3, 1, '002', '122', 20240510, 20240513, 180, '代销'), (4, 3, '003', '124', 20240610, 20240611, 900, '代销');
insert into fd_hold values ('001', 20240331, '宁德时代', '电力', 60), ('001', 20240331, '比亚迪', '汽车', 100), ('003', 20240331, '阳光电源', '电力', 70);
`);
const credit = openedDatabase(`
create table jgxx ( -- 机构
  jgh text primary key, -- 机构号
  jgmc text, -- 机构名称
  sjjgh text references jgxx (jgh) -- 上级机构号
);
create table khxx ( -- 客户
  khh text primary key, -- 客户号
  khmc text, -- 客户名称
  sshy text, -- 所属行业
  jgh text references jgxx (jgh), -- 开户机构
  khjl text -- 客户经理
);
create table dkht ( -- 贷款合同
  htbh text primary key, -- 合同编号
  khh text references khxx (khh), -- 客户号
  dkye real, -- 贷款余额(元)
  ffrq text, -- 发放日期
  wjfl text -- 五级分类:1 正常,2 关注,3 次级,4 可疑,5 损失
);
create table hkjh ( -- 还款计划
  htbh text references dkht (htbh), -- 合同编号
  qc integer, -- 期次
  yhrq text, -- 应还日期
  yhbj real, -- 应还本金
  yhlx real, -- 应还利息
  yqts integer, -- 逾期天数
  primary key (htbh, qc)
);
insert into jgxx values ('1', '北京分行', null), ('11', '望京支行', '1'), ('12', '中关村支行', '1');
insert into khxx values ('K1', '宏远钢铁', '制造业', '11', '钱进'), ('K2', '远通物流', '运输业', '12', '冯涛'), ('K3', '金桥商贸', '零售业', '12', '钱进');
insert into dkht values ('H1', 'K1', 60, '2024-01-15', '1'), ('H2', 'K1', 50, '2024-05-10', '4'), ('H3', 'K2', 100, '2024-05-20', '1');
insert into hkjh values ('H1', 1, '2024-02-15', 10, 1, 0), ('H1', 2, '2024-03-15', 10, 1, 40), ('H2', 1, '2024-06-10', 5, 2, 3), ('H3', 1, '2024-06-20', 20, 3, 0);
`);
const invoices = openedDatabase(`
create table customers (customer_id integer primary key, customer_name text, region text, salesperson text, is_active integer);
create table sales_invoices (
  invoice_no text primary key,
  customer_id integer references customers (customer_id),
  invoice_date text,
  due_date text,
  currency text,
  amount numeric,
  tax_amount numeric,
  tax_rate numeric,
  status text
);
create table receipts (receipt_id integer primary key, customer_id integer references customers (customer_id), receipt_date text, amount numeric, method text);
create table exchange_rates (rate_date text, currency text, rate numeric, primary key (rate_date, currency));
insert into customers values (1, '华星光电', '华东', '何苗', 1), (2, '蓝天百货', '华北', '白洁', 0), (3, '长江航运', '华东', '何苗', 1);
insert into sales_invoices values
  ('F1', 1, '2024-01-10', '2024-02-10', 'CNY', 100, 13, 13, '已付清'), ('F2', 1, '2024-05-12', '2024-06-12', 'USD', 90, 0, 0, '未付款'),
  ('F3', 2, '2024-05-20', '2024-06-20', 'CNY', 150, 9, 6, '未付款'), ('F4', 2, '2023-11-02', '2023-12-02', 'CNY', 20, 1, 6, '已付清');
insert into receipts values (1, 1, '2024-01-30', 113, '银行转账'), (2, 2, '2023-12-01', 21, '支票'), (3, 1, '2024-06-01', 5, '支票');
insert into exchange_rates values ('2024-05-01', 'USD', 7.1), ('2024-06-01', 'USD', 7.2), ('2024-05-01', 'EUR', 7.8);
`);
afterAll(() => {
  funds.close();
  credit.close();
  invoices.close();
});

describe('funds with their managers, deals and figures of days', () => {
  itReads(
    funds,
    `
申购金额最高的客户
  select t1.cust_nm from cust as t1 join fd_trd as t2 on t2.cust_no = t1.cust_no where t2.biz_typ = '122' group by t1.cust_no, t1.cust_nm order by sum(t2.amt) desc limit 1
  [["张伟"]]
持仓市值最大的行业
  select ind from fd_hold group by ind order by sum(mv) desc limit 1
  [["电力"]]
北京客户的申购总额
  select sum(t2.amt) from cust as t1 join fd_trd as t2 on t2.cust_no = t1.cust_no where t1.city = '北京' and t2.biz_typ = '122'
  [[280]]
2024年申购金额合计
  select sum(amt) from fd_trd where biz_typ = '122' and cfm_dt between 20240101 and 20241231
  [[530]]
女基金经理管理的债券型基金
  select distinct t1.fd_nm from fd_info as t1 join fd_mgr_rel as t2 on t2.fd_cd = t1.fd_cd join fd_mgr as t3 on t2.mgr_id = t3.mgr_id where t3.sex = 'F' and t1.fd_typ = '2'
  [["华安稳利"],["博瑞短债"]]
女基金经理管理哪些基金
  select distinct t1.fd_nm from fd_info as t1 join fd_mgr_rel as t2 on t2.fd_cd = t1.fd_cd join fd_mgr as t3 on t2.mgr_id = t3.mgr_id where t3.sex = 'F'
  [["华安稳利"],["博瑞短债"],["华安优选"]]
北京客户申购了哪些债券型基金
  select distinct t1.fd_nm from fd_info as t1 join fd_trd as t2 on t2.fd_cd = t1.fd_cd join cust as t3 on t2.cust_no = t3.cust_no where t3.city = '北京' and t2.biz_typ = '122' and t1.fd_typ = '2'
  [["华安稳利"]]
成立最久的基金
  select fd_nm from fd_info order by est_dt asc limit 1
  [["华安稳利"]]
从业最久的基金经理是谁
  select mgr_nm from fd_mgr order by since_dt asc limit 1
  [["周明远"]]
最低申购金额最高的基金
  select fd_nm from fd_info order by min_amt desc limit 1
  [["华安稳利"]]
机构客户的赎回总额
  select sum(t2.amt) from cust as t1 join fd_trd as t2 on t2.cust_no = t1.cust_no where t1.cust_typ = 'O' and t2.biz_typ = '124'
  [[900]]
日增长率低于-2%的基金
  select distinct t1.fd_nm from fd_info as t1 join fd_nav as t2 on t2.fd_cd = t1.fd_cd where t2.day_ret < -2
  [["华安优选"]]
日增长率小于-2%的记录有几条
  select count(*) from fd_nav where day_ret < -2
  [[1]]
华安优选最新的单位净值是多少
  select t1.unit_nav from fd_nav as t1 join fd_info as t2 on t1.fd_cd = t2.fd_cd where t2.fd_nm = '华安优选' order by t1.nav_dt desc limit 1
  [[1.1]]
各渠道申购笔数
  select chnl, count(*) from fd_trd where biz_typ = '122' group by chnl
  [["代销",1],["直销",2]]
赎回金额最高的基金
  select t1.fd_nm from fd_info as t1 join fd_trd as t2 on t2.fd_cd = t1.fd_cd where t2.biz_typ = '124' group by t1.fd_cd, t1.fd_nm order by sum(t2.amt) desc limit 1
  [["博瑞短债"]]
金额最高的一笔申购是哪个客户的
  select t1.cust_nm from cust as t1 join fd_trd as t2 on t2.cust_no = t1.cust_no where t2.biz_typ = '122' order by t2.amt desc limit 1
  [["王芳"]]
日增长率最高的基金
  select t1.fd_nm from fd_info as t1 join fd_nav as t2 on t2.fd_cd = t1.fd_cd order by t2.day_ret desc limit 1
  [["华安优选"]]
`,
  );
  itLeavesUnread(funds, [
    ['北京客户没有申购过哪些基金', 'which of others'],
    ['2024年北京客户申购了哪些基金', 'which of others'],
    ['最新的单位净值', 'the latest of no day'],
  ]);
});

describe('loans with their branches, managers and instalments', () => {
  itReads(
    credit,
    `
贷款余额最高的客户
  select t1.khmc from khxx as t1 join dkht as t2 on t2.khh = t1.khh group by t1.khh, t1.khmc order by sum(t2.dkye) desc limit 1
  [["宏远钢铁"]]
哪个客户的贷款余额最高
  select t1.khmc from khxx as t1 join dkht as t2 on t2.khh = t1.khh group by t1.khh, t1.khmc order by sum(t2.dkye) desc limit 1
  [["宏远钢铁"]]
单笔贷款余额最高的客户
  select t1.khmc from khxx as t1 join dkht as t2 on t2.khh = t1.khh order by t2.dkye desc limit 1
  [["远通物流"]]
贷款余额最高的机构
  select t1.jgmc from jgxx as t1 join khxx as t2 on t2.jgh = t1.jgh join dkht as t3 on t3.khh = t2.khh group by t1.jgh, t1.jgmc order by sum(t3.dkye) desc limit 1
  [["望京支行"]]
逾期天数最长的客户
  select t1.khmc from khxx as t1 join dkht as t2 on t2.khh = t1.khh join hkjh as t3 on t3.htbh = t2.htbh order by t3.yqts desc limit 1
  [["宏远钢铁"]]
贷款余额最高的客户经理
  select t1.khjl from khxx as t1 join dkht as t2 on t2.khh = t1.khh group by t1.khjl order by sum(t2.dkye) desc limit 1
  [["钱进"]]
逾期贷款有哪些客户
  select distinct t2.khmc from dkht as t1 join khxx as t2 on t1.khh = t2.khh join hkjh as t3 on t3.htbh = t1.htbh where t3.yqts > 0
  [["宏远钢铁"]]
逾期客户数
  select count(distinct t1.khh) from khxx as t1 join dkht as t2 on t2.khh = t1.khh join hkjh as t3 on t3.htbh = t2.htbh where t3.yqts > 0
  [[1]]
逾期贷款有多少笔
  select count(distinct t1.htbh) from dkht as t1 join hkjh as t2 on t2.htbh = t1.htbh where t2.yqts > 0
  [[2]]
逾期超过30天的还款计划有多少期
  select count(*) from hkjh where yqts > 30
  [[1]]
逾期还款计划的应还本金合计
  select sum(yhbj) from hkjh where yqts > 0
  [[15]]
望京支行的上级机构是哪家
  select jgmc from jgxx where jgh in (select sjjgh from jgxx where jgmc = '望京支行')
  [["北京分行"]]
望京支行有多少客户
  select count(*) from khxx as t1 join jgxx as t2 on t1.jgh = t2.jgh where t2.jgmc = '望京支行'
  [[1]]
2024年3月1日至15日应还本金和应还利息合计
  select sum(yhbj), sum(yhlx) from hkjh where yhrq between '2024-03-01' and '2024-03-15'
  [[10,1]]
逾期30天以内的还款计划有几期
  select count(*) from hkjh where yqts <= 30 and yqts > 0
  [[1]]
逾期天数小于30天的还款计划有几期
  select count(*) from hkjh where yqts < 30
  [[3]]
贷款余额最高的行业
  select t1.sshy from khxx as t1 join dkht as t2 on t2.khh = t1.khh group by t1.sshy order by sum(t2.dkye) desc limit 1
  [["制造业"]]
不良贷款余额
  select sum(dkye) from dkht where wjfl in ('3', '4', '5')
  [[50]]
不良贷款余额占比
  select 100.0 * sum(case when wjfl in ('3', '4', '5') then dkye else 0 end) / sum(dkye) from dkht
  [[23.80952380952381]]
没有不良贷款的客户
  select khmc from khxx where khh not in (select khh from dkht where khh is not null and wjfl in ('3', '4', '5'))
  [["远通物流"],["金桥商贸"]]
哪个客户经理的客户最多
  select khjl from khxx group by khjl order by count(*) desc limit 1
  [["钱进"]]
哪个行业的贷款合同最多
  select t1.sshy from khxx as t1 join dkht as t2 on t2.khh = t1.khh group by t1.sshy order by count(*) desc limit 1
  [["制造业"]]
`,
  );
  itLeavesUnread(credit, [
    ['没有逾期的贷款有几笔', 'a denied property'],
    ['北京分行有多少客户', 'of all that is under it'],
    ['不良贷款占比', 'a rate by what'],
    ['不良率是多少', 'a rate by what'],
  ]);
});

describe('invoices in English tables, receipts and rates', () => {
  itReads(
    invoices,
    `
2024年开票金额
  select sum(amount) from sales_invoices where invoice_date between '2024-01-01' and '2024-12-31'
  [[340]]
开票金额最高的客户
  select t1.customer_name from customers as t1 join sales_invoices as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name order by sum(t2.amount) desc limit 1
  [["华星光电"]]
各地区的开票金额占比
  select t2.region, 100.0 * sum(t1.amount) / sum(sum(t1.amount)) over () from sales_invoices as t1 join customers as t2 on t1.customer_id = t2.customer_id group by t2.region
  [["华东",52.77777777777778],["华北",47.22222222222222]]
2024年5月1日到15日开了多少张发票
  select count(*) from sales_invoices where invoice_date between '2024-05-01' and '2024-05-15'
  [[1]]
2024年开票金额比2023年增长了多少
  select sum(case when invoice_date between '2024-01-01' and '2024-12-31' then amount else 0 end) - sum(case when invoice_date between '2023-01-01' and '2023-12-31' then amount else 0 end) from sales_invoices
  [[320]]
税额合计
  select sum(tax_amount) from sales_invoices
  [[23]]
收款金额最高的客户
  select t1.customer_name from customers as t1 join receipts as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name order by sum(t2.amount) desc limit 1
  [["华星光电"]]
2024年各月开票金额
  select strftime('%Y-%m', invoice_date), sum(amount) from sales_invoices where invoice_date between '2024-01-01' and '2024-12-31' group by strftime('%Y-%m', invoice_date)
  [["2024-01",100],["2024-05",240]]
最常用的收款方式
  select method from receipts group by method order by count(*) desc limit 1
  [["支票"]]
停用的客户
  select customer_name from customers where is_active = '0'
  [["蓝天百货"]]
停用客户有几个
  select count(*) from customers where is_active = '0'
  [[1]]
2024年5月开票金额环比
  select 100.0 * (sum(case when invoice_date between '2024-05-01' and '2024-05-31' then amount else 0 end) - sum(case when invoice_date between '2024-04-01' and '2024-04-30' then amount else 0 end)) / sum(case when invoice_date between '2024-04-01' and '2024-04-30' then amount else 0 end) from sales_invoices
  [[null]]
收款金额最大的一笔是哪个客户的
  select t1.customer_name from customers as t1 join receipts as t2 on t2.customer_id = t1.customer_id order by t2.amount desc limit 1
  [["华星光电"]]
每个业务员的客户数
  select salesperson, count(*) from customers group by salesperson
  [["何苗",2],["白洁",1]]
`,
  );
});
