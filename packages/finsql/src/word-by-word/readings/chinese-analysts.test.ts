/** How Chinese analysts and bookkeepers ask: of each apart, of a part, weighed, grown, owed, in what is counted in. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const ledger = openedDatabase(`
create table jinrong_jigou ( -- 借款企业基础信息
  jg_id integer primary key,
  jg_mc text, -- 企业名称
  chengshi text, -- 城市
  dengji text -- 信用等级: A 优, B 良, C 差
);
create table daikuan ( -- 贷款
  dk_id integer primary key, -- 贷款编号
  jg_id integer references jinrong_jigou (jg_id), -- 企业
  fk_riqi text, -- 放款日期
  jq_riqi text, -- 结清日期, 空为未还清
  dk_jine real, -- 贷款金额, 万元
  lilv real, -- 年利率, 百分数
  qudao text, -- 渠道: W 网银, G 柜台
  jieguo text -- 审批结果: T 通过, J 拒绝, D 待审
);
create table zhangdan ( -- 还款账单
  zd_id integer primary key,
  dk_id integer references daikuan (dk_id), -- 贷款
  yuefen text, -- 账单月份
  yinghuan real, -- 应还金额, 元
  shihuan real, -- 实还金额, 元
  sunyi real -- 估值损益, 元, 亏损为负
);
create table shebao ( -- 社保缴费
  sb_id integer primary key,
  jg_id integer references jinrong_jigou (jg_id), -- 企业
  yuefen text, -- 缴费月份
  danwei real, -- 单位缴存额, 元
  geren real, -- 个人缴存额, 元
  leixing text, -- 险种类型
  renci integer -- 参保人数
);
create table jiaoyi ( -- 外汇交易
  jy_id integer primary key,
  jg_id integer references jinrong_jigou (jg_id), -- 企业
  jy_riqi text, -- 交易日期
  fangxiang text, -- 结汇、售汇
  shoushu integer, -- 成交手数
  maijia real, -- 买入价
  maichu real, -- 卖出价
  jine real -- 金额, 元, 退款为负
);
create table huilv (
  bizhong text, -- 币种
  riqi text, -- 日期
  zhongjian real, -- 中间价
  primary key (bizhong, riqi)
);
insert into jinrong_jigou values (1, '海澜机械', '杭州', 'A'), (2, '北辰化工', '宁波', 'B'), (3, '青禾食品', '杭州', 'C');
insert into daikuan values
  (1, 1, '2024-03-05', '2025-03-05', 100, 4, 'W', 'T'),
  (2, 1, '2025-02-10', null, 300, 5, 'G', 'T'),
  (3, 2, '2025-08-20', null, 200, 6, 'W', 'J'),
  (4, 3, '2024-11-11', null, 50, 8, 'W', 'D'),
  (5, 2, '2024-06-01', null, 150, 4.5, 'G', 'T');
insert into zhangdan values
  (1, 1, '2025-01', 1000, 1000, 50), (2, 2, '2025-01', 3000, 2500, -80), (3, 2, '2025-02', 3000, 0, 20), (4, 5, '2025-02', 1500, 1500, -10);
insert into shebao values
  (1, 1, '2025-01', 800, 200, '养老', 12), (2, 1, '2025-02', 900, 220, '养老', 13), (3, 2, '2025-01', 400, 100, '工伤', 5);
insert into jiaoyi values
  (1, 1, '2025-02-01', '结汇', 10, 7.0, 7.2, 5000), (2, 1, '2025-07-01', '售汇', 20, 7.1, 7.2, 8000),
  (3, 2, '2025-08-15', '结汇', 5, 7.0, 7.3, -1000), (4, 3, '2024-09-01', '售汇', 8, 6.9, 7.0, 3000);
insert into huilv values ('USD', '2024-12-31', 7.0), ('USD', '2025-12-31', 7.35), ('EUR', '2024-12-31', 8.0), ('EUR', '2025-12-31', 7.6);
`);
afterAll(ledger.close);

describe('questions of analysts', () => {
  itReads(
    ledger,
    `
按贷款金额加权的平均年利率，各渠道分别算
  select qudao, sum(lilv * dk_jine) * 1.0 / sum(dk_jine) from daikuan group by qudao
  [["G",4.833333333333333],["W",5.714285714285714]]
贷款的加权平均年利率，以贷款金额为权重
  select sum(lilv * dk_jine) * 1.0 / sum(dk_jine) from daikuan
  [[5.21875]]
分渠道列出通过、拒绝、待审的笔数
  select qudao, sum(case when jieguo = 'T' then 1 else 0 end), sum(case when jieguo = 'J' then 1 else 0 end), sum(case when jieguo = 'D' then 1 else 0 end) from daikuan group by qudao
  [["G",2,0,0],["W",1,1,1]]
各城市通过和拒绝的贷款额分别是多少
  select t2.chengshi, sum(case when t1.jieguo = 'T' then t1.dk_jine else 0 end), sum(case when t1.jieguo = 'J' then t1.dk_jine else 0 end) from daikuan as t1 join jinrong_jigou as t2 on t1.jg_id = t2.jg_id group by t2.chengshi
  [["宁波",150,200],["杭州",400,0]]
各渠道有几笔贷款，其中待审的几笔
  select qudao, count(*), sum(case when jieguo = 'D' then 1 else 0 end) from daikuan group by qudao
  [["G",2,0],["W",3,1]]
2024年和2025年放款的贷款金额合计各是多少，各一列
  select sum(case when fk_riqi between '2024-01-01' and '2024-12-31' then dk_jine else 0 end), sum(case when fk_riqi between '2025-01-01' and '2025-12-31' then dk_jine else 0 end) from daikuan
  [[300,500]]
2025年上半年和下半年的交易金额合计分别是多少
  select sum(case when jy_riqi between '2025-01-01' and '2025-06-30' then jine else 0 end), sum(case when jy_riqi between '2025-07-01' and '2025-12-31' then jine else 0 end) from jiaoyi
  [[5000,7000]]
2025年下半年外汇交易金额比上半年增长百分之几
  select 100.0 * (sum(case when jy_riqi between '2025-07-01' and '2025-12-31' then jine else 0 end) - sum(case when jy_riqi between '2025-01-01' and '2025-06-30' then jine else 0 end)) / sum(case when jy_riqi between '2025-01-01' and '2025-06-30' then jine else 0 end) from jiaoyi
  [[40]]
放款2025年比2024年增长百分之几
  select 100.0 * (sum(case when fk_riqi between '2025-01-01' and '2025-12-31' then dk_jine else 0 end) - sum(case when fk_riqi between '2024-01-01' and '2024-12-31' then dk_jine else 0 end)) / sum(case when fk_riqi between '2024-01-01' and '2024-12-31' then dk_jine else 0 end) from daikuan
  [[66.66666666666667]]
通过率：通过的贷款笔数占全部贷款笔数的百分比
  select 100.0 * sum(case when jieguo = 'T' then 1 else 0 end) / count(*) from daikuan
  [[60]]
各渠道的实还率：实还金额占应还金额的百分比
  select t2.qudao, 100.0 * sum(t1.shihuan) / sum(t1.yinghuan) from zhangdan as t1 join daikuan as t2 on t1.dk_id = t2.dk_id group by t2.qudao
  [["G",53.333333333333336],["W",100]]
网银占贷款笔数的百分比
  select 100.0 * sum(case when qudao = 'W' then 1 else 0 end) / count(*) from daikuan
  [[60]]
审批通过的贷款额合计
  select sum(dk_jine) from daikuan where jieguo = 'T'
  [[550]]
二〇二五年审批通过率是多少
  select 100.0 * sum(case when jieguo = 'T' then 1 else 0 end) / count(*) from daikuan where fk_riqi between '2025-01-01' and '2025-12-31'
  [[50]]
还没还清的贷款有几笔
  select count(*) from daikuan where jq_riqi is null
  [[4]]
哪些账单欠还？列账单月份和欠还金额
  select yuefen, yinghuan - shihuan from zhangdan where yinghuan - shihuan > 0
  [["2025-01",500],["2025-02",3000]]
2025年1月账单还差多少没还
  select sum(yinghuan - shihuan) from zhangdan where yuefen = '2025-01'
  [[500]]
退款的外汇交易：编号、金额
  select jy_id, jine from jiaoyi where jine < 0
  [[3,-1000]]
各企业的外汇交易金额合计，退款不算
  select t2.jg_mc, sum(t1.jine) from jiaoyi as t1 join jinrong_jigou as t2 on t1.jg_id = t2.jg_id where t1.jine >= 0 group by t2.jg_id, t2.jg_mc
  [["海澜机械",13000],["青禾食品",3000]]
结售汇的成交手数合计
  select sum(shoushu) from jiaoyi where fangxiang in ('结汇', '售汇')
  [[43]]
2025年缴存总额
  select sum(danwei + geren) from shebao where yuefen between '2025-01' and '2025-12'
  [[2620]]
各企业的单位缴存额加个人缴存额
  select t2.jg_mc, sum(t1.danwei + t1.geren) from shebao as t1 join jinrong_jigou as t2 on t1.jg_id = t2.jg_id group by t2.jg_id, t2.jg_mc
  [["海澜机械",2120],["北辰化工",500]]
各币种2025年末中间价比2024年末变动百分之几
  select bizhong, 100.0 * (sum(case when riqi = '2025-12-31' then zhongjian else 0 end) - sum(case when riqi = '2024-12-31' then zhongjian else 0 end)) / sum(case when riqi = '2024-12-31' then zhongjian else 0 end) from huilv group by bizhong
  [["EUR",-5.000000000000004],["USD",4.999999999999995]]
信用等级为A或B的企业有哪些
  select jg_mc from jinrong_jigou where dengji in ('A', 'B')
  [["海澜机械"],["北辰化工"]]
贷款金额前两名的企业及其金额
  select t1.jg_mc, sum(t2.dk_jine) from jinrong_jigou as t1 join daikuan as t2 on t2.jg_id = t1.jg_id group by t1.jg_id, t1.jg_mc order by sum(t2.dk_jine) desc limit 2
  [["海澜机械",400],["北辰化工",350]]
各类险种的参保人数合计
  select leixing, sum(renci) from shebao group by leixing
  [["养老",25],["工伤",5]]
没有贷款的企业名称
  select jg_mc from jinrong_jigou where jg_id not in (select jg_id from daikuan where jg_id is not null)
  []
放款2025年比2024年增长百分之几
  select 100.0 * (sum(case when fk_riqi between '2025-01-01' and '2025-12-31' then dk_jine else 0 end) - sum(case when fk_riqi between '2024-01-01' and '2024-12-31' then dk_jine else 0 end)) / sum(case when fk_riqi between '2024-01-01' and '2024-12-31' then dk_jine else 0 end) from daikuan
  [[66.66666666666667]]
贷款金额最高多少
  select max(dk_jine) from daikuan
  [[300]]
2025年7月的外汇交易一共多少手
  select sum(shoushu) from jiaoyi where jy_riqi between '2025-07-01' and '2025-07-31'
  [[20]]
各渠道的应还金额和实还金额合计
  select t2.qudao, sum(t1.yinghuan), sum(t1.shihuan) from zhangdan as t1 join daikuan as t2 on t1.dk_id = t2.dk_id group by t2.qudao
  [["G",7500,4000],["W",1000,1000]]
应还金额比平均高的账单编号
  select zd_id from zhangdan where yinghuan > (select avg(yinghuan) from zhangdan)
  [[2],[3]]
结清的贷款，要贷款编号和放款日期
  select dk_id, fk_riqi from daikuan where jq_riqi is not null
  [[1,"2024-03-05"]]
`,
  );
  itLeavesUnread(ledger, [
    ['贷款的加权平均年利率', 'how much of what is done'],
    ['按贷款金额加权的贷款笔数', 'how much of what is done'],
    ['各渠道通过、拒绝的贷款笔数之差', 'how much of what is done'],
    ['男女企业', 'no meaning of 男'],
  ]);
});
