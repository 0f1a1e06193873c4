/** What buyers, bookkeepers, brokers and landlords ask in Chinese: whose, of which rows, how much and how many. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const purchases = openedDatabase(`
create table 供应商 (供应商编码 text primary key, 供应商名称 text, 所在城市 text, 是否停用 text);
create table 物料 (物料编码 text primary key, 物料名称 text, 物料类别 text);
create table 采购订单 (订单号 text primary key, 供应商编码 text, 采购员 text, 下单日期 text, 要求交货日期 text, 订单状态 text);
create table 采购订单明细 (明细编号 integer primary key, 订单号 text, 物料编码 text, 数量 real, 单价 real);
create table 入库单 (入库单号 text primary key, 明细编号 integer, 入库日期 text, 仓库 text, 入库数量 real);
create table 采购发票 (发票号码 text primary key, 供应商编码 text, 开票日期 text, 价税合计 real, 发票类型 text);
create table 付款单 (付款单号 text primary key, 发票号码 text, 付款日期 text, 付款金额 real, 付款方式 text);
insert into 供应商 values ('S1', '宏达钢材', '苏州', '否'), ('S2', '华新电子', '深圳', '否'), ('S3', '利丰化工', '苏州', '是');
insert into 物料 values ('M1', '钢板', '原材料'), ('M2', '芯片', '电子料'), ('M3', '树脂', '原材料');
insert into 采购订单 values ('P1', 'S1', '刘芳', '2024-02-01', '2024-03-01', '已完成'), ('P2', 'S1', '张伟', '2024-05-01', '2024-06-01', '执行中'), ('P3', 'S2', '刘芳', '2023-08-01', '2024-01-10', '已完成');
insert into 采购订单明细 values (1, 'P1', 'M1', 10, 5), (2, 'P1', 'M3', 4, 20), (3, 'P2', 'M1', 6, 5), (4, 'P3', 'M2', 100, 2);
insert into 入库单 values ('R1', 1, '2024-02-20', '原料仓', 10), ('R2', 2, '2024-03-05', '原料仓', 3), ('R3', 3, '2024-05-20', '备件仓', 6);
insert into 采购发票 values ('F1', 'S1', '2024-03-01', 130, '专票'), ('F2', 'S2', '2023-09-01', 200, '普票'), ('F3', 'S3', '2024-04-01', 90, '专票');
insert into 付款单 values ('K1', 'F1', '2024-03-20', 130, '银行转账'), ('K2', 'F2', '2023-10-01', 120, '现金'), ('K3', 'F2', '2023-11-01', 80, '银行转账');
`);
afterAll(purchases.close);

describe('orders with lines, invoices and payments', () => {
  itReads(
    purchases,
    `
价税合计最高的发票是哪家供应商的
  select t2.供应商名称 from 采购发票 as t1 join 供应商 as t2 on t1.供应商编码 = t2.供应商编码 order by t1.价税合计 desc limit 1
  [["华新电子"]]
已完成的订单是哪些供应商的
  select distinct t2.供应商名称 from 采购订单 as t1 join 供应商 as t2 on t1.供应商编码 = t2.供应商编码 where t1.订单状态 = '已完成'
  [["宏达钢材"],["华新电子"]]
苏州供应商的订单里，执行中的有多少
  select count(*) from 采购订单 as t1 join 供应商 as t2 on t1.供应商编码 = t2.供应商编码 where t2.所在城市 = '苏州' and t1.订单状态 = '执行中'
  [[1]]
苏州供应商的订单中，已完成的占多少
  select 100.0 * sum(case when t1.订单状态 = '已完成' then 1 else 0 end) / count(*) from 采购订单 as t1 join 供应商 as t2 on t1.供应商编码 = t2.供应商编码 where t2.所在城市 = '苏州'
  [[50]]
哪些订单包含两种以上物料
  select t1.订单号 from 采购订单 as t1 join 采购订单明细 as t2 on t2.订单号 = t1.订单号 join 物料 as t3 on t2.物料编码 = t3.物料编码 group by t1.订单号 having count(distinct t3.物料编码) >= 2
  [["P1"]]
哪些供应商有超过1张订单
  select t1.供应商名称 from 供应商 as t1 join 采购订单 as t2 on t2.供应商编码 = t1.供应商编码 group by t1.供应商编码, t1.供应商名称 having count(*) > 1
  [["宏达钢材"]]
各付款方式的笔数及占比
  select 付款方式, count(*), 100.0 * count(*) / sum(count(*)) over () from 付款单 group by 付款方式
  [["现金",1,33.333333333333336],["银行转账",2,66.66666666666667]]
各付款方式的付款金额和占比
  select 付款方式, sum(付款金额), 100.0 * sum(付款金额) / sum(sum(付款金额)) over () from 付款单 group by 付款方式
  [["现金",120,36.36363636363637],["银行转账",210,63.63636363636363]]
各付款方式的笔数占比
  select 付款方式, 100.0 * count(*) / sum(count(*)) over () from 付款单 group by 付款方式
  [["现金",33.333333333333336],["银行转账",66.66666666666667]]
原材料的采购数量
  select sum(t1.数量) from 采购订单明细 as t1 join 物料 as t2 on t1.物料编码 = t2.物料编码 where t2.物料类别 = '原材料'
  [[20]]
各供应商的采购数量
  select t3.供应商名称, sum(t1.数量) from 采购订单明细 as t1 join 采购订单 as t2 on t1.订单号 = t2.订单号 join 供应商 as t3 on t2.供应商编码 = t3.供应商编码 group by t3.供应商编码, t3.供应商名称
  [["宏达钢材",20],["华新电子",100]]
采购数量最多的物料
  select t1.物料名称 from 物料 as t1 join 采购订单明细 as t2 on t2.物料编码 = t1.物料编码 group by t1.物料编码, t1.物料名称 order by sum(t2.数量) desc limit 1
  [["芯片"]]
每张订单的采购数量
  select t2.订单号, sum(t1.数量) from 采购订单明细 as t1 join 采购订单 as t2 on t1.订单号 = t2.订单号 group by t2.订单号
  [["P1",14],["P2",6],["P3",100]]
采购订单数量
  select count(*) from 采购订单
  [[3]]
各供应商的订单数量
  select t2.供应商名称, count(*) from 采购订单 as t1 join 供应商 as t2 on t1.供应商编码 = t2.供应商编码 group by t2.供应商编码, t2.供应商名称
  [["宏达钢材",2],["华新电子",1]]
2024年采购金额
  select sum(t1.数量 * t1.单价) from 采购订单明细 as t1 join 采购订单 as t2 on t1.订单号 = t2.订单号 where t2.下单日期 between '2024-01-01' and '2024-12-31'
  [[160]]
2024年上半年的采购订单数
  select count(*) from 采购订单 where 下单日期 between '2024-01-01' and '2024-06-30'
  [[2]]
原料仓2024年第一季度入库了多少
  select sum(入库数量) from 入库单 where 仓库 = '原料仓' and 入库日期 between '2024-01-01' and '2024-03-31'
  [[13]]
2024年入库多少次
  select count(*) from 入库单 where 入库日期 between '2024-01-01' and '2024-12-31'
  [[3]]
最早开票的专票是哪张
  select 发票号码 from 采购发票 where 发票类型 = '专票' order by 开票日期 asc limit 1
  [["F1"]]
已完成但没有入库的订单
  select 订单号 from 采购订单 where 订单状态 = '已完成' and 订单号 not in (select 订单号 from 采购订单明细 where 订单号 is not null and 明细编号 in (select 明细编号 from 入库单 where 明细编号 is not null))
  [["P3"]]
采购金额超过100的订单
  select t1.订单号 from 采购订单 as t1 join 采购订单明细 as t2 on t2.订单号 = t1.订单号 group by t1.订单号 having sum(t2.数量 * t2.单价) > 100
  [["P1"],["P3"]]
采购金额最高的供应商
  select t1.供应商名称 from 供应商 as t1 join 采购订单 as t2 on t2.供应商编码 = t1.供应商编码 join 采购订单明细 as t3 on t3.订单号 = t2.订单号 group by t1.供应商编码, t1.供应商名称 order by sum(t3.数量 * t3.单价) desc limit 1
  [["华新电子"]]
`,
  );
  itLeavesUnread(purchases, [
    ['在用的供应商名单', 'no meaning of 用'],
    ['部分付款的发票', 'no meaning of 部'],
    ['苏州供应商的订单里金额最高的是哪张', 'rows of another kind'],
  ]);
});

const budgets = openedDatabase(`
create table kjkm ( -- 会计科目
  kmdm text primary key, -- 科目代码
  kmmc text -- 科目名称
);
create table bm ( -- 部门
  bmbh text primary key, -- 部门编号
  bmmc text, -- 部门名称
  bmrs integer -- 部门人数
);
create table xm ( -- 项目
  xmbh text primary key, -- 项目编号
  xmmc text, -- 项目名称
  bmbh text references bm (bmbh), -- 所属部门
  ksrq text, -- 开始日期
  xmzt text -- 项目状态
);
create table jzpz ( -- 记账凭证
  pzh text primary key, -- 凭证号
  pzrq text, -- 凭证日期
  pzz text -- 凭证字:收,付,转
);
create table ys ( -- 预算
  ysnd integer, -- 预算年度
  bmbh text references bm (bmbh), -- 部门
  kmdm text references kjkm (kmdm), -- 科目代码
  ysje real, -- 预算金额
  tzje real, -- 调整金额
  primary key (ysnd, bmbh, kmdm)
);
insert into kjkm values ('660201', '差旅费'), ('660101', '广告费');
insert into bm values ('D1', '行政部', 8), ('D2', '销售部', 25), ('D3', '研发部', 40);
insert into xm values ('X1', '智慧园区', 'D3', '2023-05-10', '进行中'), ('X2', '渠道拓展', 'D2', '2024-01-15', '暂停'), ('X3', '系统升级', 'D3', '2025-03-01', '进行中');
insert into jzpz values ('2024-001', '2024-01-05', '收'), ('2024-002', '2024-02-05', '付');
insert into ys values (2023, 'D1', '660201', 100, 0), (2023, 'D2', '660101', 300, -20), (2024, 'D1', '660201', 150, 0), (2024, 'D2', '660101', 450, 10);
`);
afterAll(budgets.close);

describe('budgets, told by comments', () => {
  itReads(
    budgets,
    `
2024年预算总额
  select sum(ysje) from ys where ysnd = 2024
  [[600]]
2024年预算比2023年增加了多少
  select sum(case when ysnd = 2024 then ysje else 0 end) - sum(case when ysnd = 2023 then ysje else 0 end) from ys
  [[200]]
2024年预算同比增长多少
  select 100.0 * (sum(case when ysnd = 2024 then ysje else 0 end) - sum(case when ysnd = 2023 then ysje else 0 end)) / sum(case when ysnd = 2023 then ysje else 0 end) from ys
  [[50]]
各部门2024年预算占比
  select t2.bmmc, 100.0 * sum(t1.ysje) / sum(sum(t1.ysje)) over () from ys as t1 join bm as t2 on t1.bmbh = t2.bmbh where t1.ysnd = 2024 group by t2.bmbh, t2.bmmc
  [["行政部",25],["销售部",75]]
销售部2024年广告费预算是多少
  select sum(t1.ysje) from ys as t1 join bm as t2 on t1.bmbh = t2.bmbh join kjkm as t3 on t1.kmdm = t3.kmdm where t2.bmmc = '销售部' and t3.kmmc = '广告费' and t1.ysnd = 2024
  [[450]]
预算最多的部门
  select t1.bmmc from bm as t1 join ys as t2 on t2.bmbh = t1.bmbh group by t1.bmbh, t1.bmmc order by sum(t2.ysje) desc limit 1
  [["销售部"]]
预算有多少条
  select count(*) from ys
  [[4]]
暂停的项目是哪个部门的
  select distinct t2.bmmc from xm as t1 join bm as t2 on t1.bmbh = t2.bmbh where t1.xmzt = '暂停'
  [["销售部"]]
2024年开始的项目
  select xmmc from xm where ksrq between '2024-01-01' and '2024-12-31'
  [["渠道拓展"]]
从2024年开始的项目
  select xmmc from xm where ksrq >= '2024-01-01'
  [["渠道拓展"],["系统升级"]]
行政部和销售部一共多少人
  select sum(bmrs) from bm where bmmc in ('行政部', '销售部')
  [[33]]
研发部有多少人
  select sum(bmrs) from bm where bmmc = '研发部'
  [[40]]
各部门有多少人
  select bmmc, sum(bmrs) from bm group by bmbh, bmmc
  [["行政部",8],["销售部",25],["研发部",40]]
行政部和销售部的预算金额各是多少
  select t2.bmmc, sum(t1.ysje) from ys as t1 join bm as t2 on t1.bmbh = t2.bmbh where t2.bmmc in ('行政部', '销售部') group by t2.bmmc
  [["行政部",250],["销售部",750]]
`,
  );
  itLeavesUnread(budgets, [
    ['每个月凭证最多的凭证字', 'how many of themselves'],
    ['收款凭证数', 'no meaning of 款'],
    ['调整金额为负的预算', 'ys has no label'],
    ['2024年有项目的部门有多少人', 'people of what'],
  ]);
});

const brokerage = openedDatabase(`
create table client ( -- 客户
  client_id integer primary key, -- 客户号
  client_name text, -- 客户姓名
  client_type text, -- 客户类型:P 个人,I 机构
  open_dt integer -- 开户日期 YYYYMMDD
);
create table fund_acct ( -- 资金账户
  acct_no text primary key, -- 资金账号
  client_id integer references client (client_id), -- 客户号
  acct_kind text -- 账户类别:NORM 普通,CRED 信用
);
create table entrust ( -- 委托
  ent_no integer primary key, -- 委托编号
  acct_no text references fund_acct (acct_no), -- 资金账号
  ent_stat text -- 委托状态:已成,部成,已撤
);
create table trade ( -- 成交
  trd_id integer primary key, -- 成交编号
  ent_no integer references entrust (ent_no), -- 委托编号
  trd_dt integer, -- 成交日期
  trd_amt real -- 成交金额
);
insert into client values (1, '王海', 'P', 20190312), (2, '鼎盛资管', 'I', 20180525), (3, '远航投资', 'I', 20231107), (4, '周婷', 'P', 20240214);
insert into fund_acct values ('A1', 1, 'NORM'), ('A2', 1, 'CRED'), ('A3', 2, 'NORM'), ('A4', 3, 'CRED');
insert into entrust values (1, 'A1', '已成'), (2, 'A2', '已撤'), (3, 'A3', '部成'), (4, 'A4', '已撤');
insert into trade values (1, 1, 20240105, 500), (2, 3, 20240405, 300), (3, 3, 20231105, 100);
`);
afterAll(brokerage.close);

describe('trades of accounts of clients', () => {
  itReads(
    brokerage,
    `
最早开户的机构客户是谁
  select client_name from client where client_type = 'I' order by open_dt asc limit 1
  [["鼎盛资管"]]
最早的开户日期
  select min(open_dt) from client
  [[20180525]]
有委托但没有成交的客户
  select distinct t1.client_name from client as t1 join fund_acct as t2 on t2.client_id = t1.client_id join entrust as t3 on t3.acct_no = t2.acct_no where t1.client_id not in (select client_id from fund_acct where client_id is not null and acct_no in (select acct_no from entrust where acct_no is not null and ent_no in (select ent_no from trade where ent_no is not null)))
  [["远航投资"]]
没有成交的客户
  select client_name from client where client_id not in (select client_id from fund_acct where client_id is not null and acct_no in (select acct_no from entrust where acct_no is not null and ent_no in (select ent_no from trade where ent_no is not null)))
  [["远航投资"],["周婷"]]
从没交易过的客户有几位
  select count(*) from client where client_id not in (select client_id from fund_acct where client_id is not null and acct_no in (select acct_no from entrust where acct_no is not null and ent_no in (select ent_no from trade where ent_no is not null)))
  [[2]]
哪些客户有两个以上的资金账户
  select t1.client_name from client as t1 join fund_acct as t2 on t2.client_id = t1.client_id group by t1.client_id, t1.client_name having count(*) >= 2
  [["王海"]]
2024年没有成交的客户
  select client_name from client where client_id not in (select client_id from fund_acct where client_id is not null and acct_no in (select acct_no from entrust where acct_no is not null and ent_no in (select ent_no from trade where ent_no is not null and trd_dt between 20240101 and 20241231)))
  [["远航投资"],["周婷"]]
`,
  );
  itLeavesUnread(brokerage, [['有多少人开了信用账户', 'how many people of rows']]);
});

const leases = openedDatabase(`
create table buildings (building_id integer primary key, building_name text, district text, floors integer, built_year integer);
create table units (unit_id integer primary key, building_id integer references buildings (building_id), room_no text, area_sqm real);
create table tenants (tenant_id integer primary key, tenant_name text);
create table leases (lease_id integer primary key, unit_id integer references units (unit_id), tenant_id integer references tenants (tenant_id), start_date text, end_date text, monthly_rent real);
create table bills (bill_id integer primary key, lease_id integer references leases (lease_id), bill_month text, amount real, due_date text, status text);
create table receipts (receipt_id integer primary key, bill_id integer references bills (bill_id), received_at text, amount real, pay_method text);
insert into buildings values (1, '海棠大厦', '浦东', 28, 2012), (2, '银杏中心', '徐汇', 18, 2005), (3, '梧桐公寓', '徐汇', 24, 2018);
insert into units values (1, 1, '2801', 120), (2, 2, '1503', 60), (3, 3, '0302', 45);
insert into tenants values (1, '蓝鲸网络'), (2, '吴晓梅'), (3, '冯雅');
insert into leases values (1, 1, 1, '2023-01-01', '2024-12-31', 9000), (2, 2, 2, '2024-03-01', '2026-02-28', 4000);
insert into bills values (1, 1, '2024-03', 9000, '2024-03-10', 'paid'), (2, 2, '2024-03', 4000, '2024-03-10', 'partial'), (3, 2, '2024-04', 4000, '2024-04-10', 'unpaid');
insert into receipts values (1, 1, '2024-03-05 10:00:00', 9000, 'wechat'), (2, 2, '2024-04-09 11:30:00', 1500, 'cash');
`);
afterAll(leases.close);

describe('leases, in English names', () => {
  itReads(
    leases,
    `
徐汇有几栋楼宇
  select count(*) from buildings where district = '徐汇'
  [[2]]
2010年以后建成的楼宇
  select building_name from buildings where built_year > 2010
  [["海棠大厦"],["梧桐公寓"]]
平均月租金
  select avg(monthly_rent) from leases
  [[6500]]
2024年底前到期的租约数
  select count(*) from leases where end_date <= '2024-12-31'
  [[1]]
吴晓梅的租约到期日
  select t1.end_date from leases as t1 join tenants as t2 on t1.tenant_id = t2.tenant_id where t2.tenant_name = '吴晓梅'
  [["2026-02-28"]]
2024年第一季度收款金额
  select sum(amount) from receipts where received_at >= '2024-01-01' and received_at < '2024-04-01'
  [[9000]]
没有账单的租户
  select tenant_name from tenants where tenant_id not in (select tenant_id from leases where tenant_id is not null and lease_id in (select lease_id from bills where lease_id is not null))
  [["冯雅"]]
`,
  );
  itLeavesUnread(leases, [
    ['徐汇区有几栋楼', 'no meaning of 楼'],
    ['已付账单的金额合计', 'no meaning of 付'],
    ['金额最大的账单', 'bills has no label'],
    ['月租金账单的平均金额', 'groups of an amount'],
  ]);
});
