/** What those who keep invoices and fixed assets ask in Chinese: rows called by their number, and amounts of many rows. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const invoices = openedDatabase(`
create table taxpayer ( -- 纳税人
  nsrsbh text primary key, -- 纳税人识别号
  nsrmc text, -- 纳税人名称
  industry text -- 行业
);
create table xx_invoice ( -- 销项发票
  inv_no text primary key, -- 发票号码
  seller text references taxpayer (nsrsbh), -- 销方税号
  buyer_name text, -- 购方名称
  issue_date text, -- 开票日期
  tax_rate real, -- 税率
  tax real, -- 税额
  inv_st text -- 发票状态:0 正常,1 作废,2 已红冲
);
create table jx_invoice ( -- 进项发票
  inv_no text primary key, -- 发票号码
  buyer text references taxpayer (nsrsbh), -- 购方税号
  seller_name text, -- 销方名称
  issue_date text, -- 开票日期
  tax real, -- 税额
  dk_st text -- 抵扣状态:0 未抵扣,1 已抵扣,2 进项转出
);
create table tax_return ( -- 纳税申报
  sb_id integer primary key, -- 申报编号
  nsrsbh text references taxpayer (nsrsbh), -- 纳税人识别号
  tax_type text, -- 税种
  period integer, -- 所属期 YYYYMM
  sb_date text, -- 申报日期
  payable real, -- 应纳税额
  paid real, -- 已缴税额
  due_date text -- 申报期限
);
insert into taxpayer values ('91A', '恒通贸易', '批发'), ('91B', '蓝海科技', '软件');
insert into taxpayer values ('91C', '长江实业', '建筑');
insert into xx_invoice values ('26001', '91A', '大华集团', '2026-02-03', 0.13, 130, '0'), ('26002', '91A', '长江实业', '2026-03-04', 0.03, 30, '2'), ('26003', '91B', '大华集团', '2026-03-09', 0.06, 60, '0'), ('26004', '91B', '大华集团', '2026-03-20', 0.03, 15, '1');
insert into jx_invoice values ('33001', '91A', '国网浙江', '2026-02-05', 13, '1'), ('33002', '91A', '国网浙江', '2026-03-06', 26, '0'), ('33003', '91B', '顺丰速运', '2026-03-08', 7, '2');
insert into tax_return values (1, '91A', '增值税', 202602, '2026-03-10', 100, 100, '2026-03-15'), (2, '91A', '增值税', 202603, '2026-04-20', 40, 0, '2026-04-15'), (3, '91B', '城建税', 202603, '2026-04-08', 6, 6, '2026-04-15');
`);
const assets = openedDatabase(`
create table 资产台账 (资产编号 text primary key, 资产名称 text, 使用部门 text, 存放地点编号 integer, 购置日期 text, 原值 real, 残值率 real);
create table 存放地点 (地点编号 integer primary key, 地点名称 text, 城市 text);
create table 折旧明细 (资产编号 text, 会计期间 integer, 本期折旧额 real, 累计折旧 real, 净值 real);
create table 维修记录 (维修单号 integer primary key, 资产编号 text, 报修日期 text, 维修费用 real);
insert into 存放地点 values (1, '总部大楼', '深圳'), (2, '东莞工厂', '东莞'), (3, '档案室', '深圳');
insert into 资产台账 values ('ZC01', '数控机床', '生产部', 2, '2024-05-06', 900, 0.05), ('ZC02', '服务器', '研发部', 1, '2025-02-03', 60, 0.03), ('ZC03', '会议桌', '生产部', 1, '2025-06-07', 8, 0.05);
insert into 折旧明细 values ('ZC01', 202512, 7, 14, 886), ('ZC01', 202601, 7, 21, 879), ('ZC02', 202512, 1, 5, 55), ('ZC02', 202601, 1, 6, 54);
insert into 维修记录 values (1, 'ZC01', '2025-03-04', 50), (2, 'ZC01', '2025-09-01', 20), (3, 'ZC03', '2026-01-05', 3);
`);
const acquirers = openedDatabase(`
create table agent ( -- 代理商
  agent_id integer primary key, -- 代理商编号
  agent_nm text -- 代理商名称
);
create table merchant ( -- 商户
  mcht_no text primary key, -- 商户号
  mcht_nm text, -- 商户名称
  city text, -- 所在城市
  fee_rate real, -- 签约费率(%)
  agent_id integer references agent (agent_id) -- 拓展代理商
);
create table trans ( -- 交易流水
  trans_id integer primary key, -- 流水号
  mcht_no text references merchant (mcht_no), -- 商户号
  trans_time text, -- 交易时间
  card_type text, -- 卡种:D 借记卡,C 贷记卡
  trans_type text, -- 交易类型:01 消费,02 预授权,04 退货
  amt_fen integer, -- 交易金额(分)
  fee_fen integer, -- 手续费(分)
  resp_cd text -- 应答码:00 成功,51 余额不足
);
insert into agent values (1, '通联');
insert into merchant values ('M1', '老凤祥', '上海', 0.6, 1), ('M2', '海底捞', '杭州', 0.38, null);
insert into trans values (1, 'M1', '2026-03-01 10:00:00', 'C', '01', 3000, 15, '00'), (2, 'M1', '2026-03-02 11:00:00', 'D', '01', 1000, 5, '00'), (3, 'M2', '2026-03-05 12:00:00', 'C', '02', 500, 2, '51'), (4, 'M2', '2026-04-05 12:00:00', 'C', '04', -700, -3, '00');
`);
afterAll(() => {
  acquirers.close();
  invoices.close();
  assets.close();
});

describe('rows with a number of their own, beside the name of another', () => {
  itReads(
    invoices,
    `
    已红冲的销项发票
    select inv_no from xx_invoice where inv_st = '2'
    [["26002"]]
    税率低于6%的销项发票税额
    select sum(tax) from xx_invoice where tax_rate < 0.06
    [[45]]
    国网浙江的税额
    select sum(tax) from jx_invoice where seller_name = '国网浙江'
    [[39]]
    `,
  );
});

describe('amounts of many rows, without a word for it', () => {
  itReads(
    assets,
    `
    2025年四季度折旧额
    select sum(本期折旧额) from 折旧明细 where 会计期间 between 202510 and 202512
    [[8]]
    2025年的维修费用
    select sum(维修费用) from 维修记录 where 报修日期 between '2025-01-01' and '2025-12-31'
    [[70]]
    `,
  );
});

describe('amounts beside amounts and counts, of all rows and of each kind', () => {
  itReads(
    invoices,
    `
    各税种应纳税额和已缴税额
    select tax_type, sum(payable), sum(paid) from tax_return group by tax_type
    [["城建税",6,6],["增值税",140,100]]
    增值税的应纳税额和已缴税额
    select sum(payable), sum(paid) from tax_return where tax_type = '增值税'
    [[140,100]]
    增值税的申报笔数和应纳税额
    select count(*), sum(payable) from tax_return where tax_type = '增值税'
    [[2,140]]
    `,
  );
  itReads(
    acquirers,
    `
    2026年3月的交易笔数和交易金额
    select count(*), sum(amt_fen) from trans where trans_time >= '2026-03-01' and trans_time < '2026-04-01'
    [[3,4500]]
    2026年3月的交易金额和手续费
    select sum(amt_fen), sum(fee_fen) from trans where trans_time >= '2026-03-01' and trans_time < '2026-04-01'
    [[4500,22]]
    `,
  );
});

describe('months that rows are of, beside days on which they were written', () => {
  itReads(
    invoices,
    `
    2026年3月增值税应纳税额
    select sum(payable) from tax_return where tax_type = '增值税' and period = 202603
    [[40]]
    2026年4月20日申报的应纳税额
    select sum(payable) from tax_return where sb_date = '2026-04-20'
    [[40]]
    `,
  );
});

describe('keys that have what their table is called said once', () => {
  itReads(
    assets,
    `
    各城市的资产原值
    select t2.城市, sum(t1.原值) from 资产台账 as t1 join 存放地点 as t2 on t1.存放地点编号 = t2.地点编号 group by t2.城市
    [["东莞",900],["深圳",68]]
    没有资产的存放地点
    select 地点名称 from 存放地点 where 地点编号 not in (select 存放地点编号 from 资产台账 where 存放地点编号 is not null)
    [["档案室"]]
    `,
  );
});

describe('names of whichever rows are spoken of', () => {
  itReads(
    acquirers,
    `
    商户的名称和城市
    select mcht_nm, city from merchant
    [["老凤祥","上海"],["海底捞","杭州"]]
    代理商的名称
    select agent_nm from agent
    [["通联"]]
    `,
  );
});

describe('columns of tables that are called alike', () => {
  itReads(
    invoices,
    `
    各纳税人的进项税额
    select t2.nsrmc, sum(t1.tax) from jx_invoice as t1 join taxpayer as t2 on t1.buyer = t2.nsrsbh group by t2.nsrsbh, t2.nsrmc
    [["恒通贸易",39],["蓝海科技",7]]
    未抵扣进项税额
    select sum(tax) from jx_invoice where dk_st = '0'
    [[26]]
    `,
  );
});

describe('names of two parties', () => {
  itReads(
    invoices,
    `
    蓝海科技的销项税额
    select sum(t1.tax) from xx_invoice as t1 join taxpayer as t2 on t1.seller = t2.nsrsbh where t2.nsrmc = '蓝海科技'
    [[75]]
    购方为长江实业的税额
    select sum(tax) from xx_invoice where buyer_name = '长江实业'
    [[30]]
    `,
  );
  itLeavesUnread(invoices, [['长江实业的销项税额', 'the name of which of the two']]);
});

describe('what stands at a time, told month by month', () => {
  itReads(
    assets,
    `
    2026年1月各部门的净值
    select t2.使用部门, sum(t1.净值) from 折旧明细 as t1 join 资产台账 as t2 on t1.资产编号 = t2.资产编号 where t1.会计期间 = 202601 group by t2.使用部门
    [["生产部",879],["研发部",54]]
    每月的累计折旧
    select 会计期间, sum(累计折旧) from 折旧明细 group by 会计期间
    [[202512,19],[202601,27]]
    `,
  );
  itLeavesUnread(assets, [
    ['各部门的累计折旧', 'the sum of several times'],
    ['净值合计', 'the sum of several times'],
    ['ZC01的累计折旧是多少', 'the sum of several times'],
    ['各城市的残值率', 'a level of each kind'],
  ]);
});
