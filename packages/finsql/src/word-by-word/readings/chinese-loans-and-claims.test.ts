/** Chinese questions about rows that only comments name, amounts added up without a word for it, and rows told by codes. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const loans = openedDatabase(`
create table jg (
  jgbh text primary key, -- 机构编号
  jgmc text, -- 网点名称
  jglx text, -- 机构类型
  sjjg text -- 上级机构
);
create table khjl (
  ygh text primary key, -- 员工号
  xm text, -- 客户经理姓名
  jgbh text, -- 所属网点
  zt text -- 状态：在职/离职
);
create table kh (khh text primary key, -- 客户号
  khmc text, -- 客户名称
  hy text -- 所属行业
);
create table dkjj (
  jjh text primary key, -- 借据号
  khh text references kh (khh),
  ygh text references khjl (ygh), -- 客户经理
  dkpz text, -- 贷款品种
  dkje real, -- 贷款金额（万元）
  dkye real, -- 贷款余额（万元）
  nll real, -- 年利率(%)
  zqbz text, -- 是否展期 Y/N
  fkrq integer, -- 放款日期
  dqrq integer -- 到期日期
);
create table hkjh (
  jjh text references dkjj (jjh),
  qs integer, -- 期数
  yhrq integer, -- 应还日期
  shrq integer, -- 实还日期
  yhbj real, -- 应还本金
  shbj real, -- 实还本金
  primary key (jjh, qs)
);
create table yjye (
  khh text references kh (khh),
  tjrq text, -- 统计日期
  ckye real, -- 存款余额
  primary key (khh, tjrq)
);
insert into jg values ('1', '城东分行', '分行', null), ('11', '东门支行', '支行', '1'), ('12', '河畔支行', '支行', '1');
insert into khjl values ('Y1', '高翔', '11', '在职'), ('Y2', '林静', '12', '离职'), ('Y3', '马超', '12', '在职');
insert into kh values ('K1', '宏达机械', '制造业'), ('K2', '顺发商贸', '零售业'), ('K3', '绿源农业', '农业');
insert into dkjj values
  ('J1', 'K1', 'Y1', '流动资金贷款', 100, 60, 4.5, 'N', 20240105, 20250105),
  ('J2', 'K1', 'Y2', '项目贷款', 500, 500, 6.5, 'Y', 20240610, 20270610),
  ('J3', 'K2', 'Y1', '流动资金贷款', 200, 0, 5, 'N', 20250301, 20260301);
insert into hkjh values
  ('J1', 1, 20240205, 20240205, 20, 20), ('J1', 2, 20240305, 20250101, 20, 5), ('J2', 1, 20250710, 20250710, 100, 100);
insert into yjye values ('K1', '2024-01-31', 5), ('K1', '2024-02-29', 6), ('K2', '2024-01-31', 7);
`);
afterAll(loans.close);

describe('rows that the fronts of comments name', () => {
  itReads(
    loans,
    `
一共有多少笔贷款
  select count(*) from dkjj
  [[3]]
年利率超过6%的贷款
  select jjh from dkjj where nll > 6
  [["J2"]]
利率最低的贷款是哪笔
  select jjh from dkjj order by nll asc limit 1
  [["J1"]]
没有贷款的客户
  select khmc from kh where khh not in (select khh from dkjj where khh is not null)
  [["绿源农业"]]
贷款笔数最多的贷款品种
  select dkpz from dkjj group by dkpz order by count(*) desc limit 1
  [["流动资金贷款"]]
`,
  );
});

describe('amounts that are meant added up', () => {
  itReads(
    loans,
    `
2024年放款金额
  select sum(dkje) from dkjj where fkrq between 20240101 and 20241231
  [[600]]
制造业贷款余额
  select sum(t1.dkye) from dkjj as t1 join kh as t2 on t1.khh = t2.khh where t2.hy = '制造业'
  [[560]]
列出流动资金贷款的贷款余额
  select dkye from dkjj where dkpz = '流动资金贷款'
  [[60],[0]]
J1的贷款余额
  select dkye from dkjj where jjh = 'J1'
  [[60]]
统计2024年放款金额
  select sum(dkje) from dkjj where fkrq between 20240101 and 20241231
  [[600]]
贷款余额是多少
  select sum(dkye) from dkjj
  [[560]]
离职的客户经理名下还有多少贷款余额
  select sum(t2.dkye) from khjl as t1 join dkjj as t2 on t2.ygh = t1.ygh where t1.zt = '离职'
  [[500]]
应还本金和实还本金的差额
  select sum(yhbj - shbj) from hkjh
  [[15]]
每笔借据已还本金合计
  select t2.jjh, sum(t1.shbj) from hkjh as t1 join dkjj as t2 on t1.jjh = t2.jjh group by t2.jjh
  [["J1",25],["J2",100]]
宏达机械的存款余额
  select t1.ckye from yjye as t1 join kh as t2 on t1.khh = t2.khh where t2.khmc = '宏达机械'
  [[5],[6]]
`,
  );
});

describe('days, states and kinds that are told', () => {
  itReads(
    loans,
    `
2024年应还本金合计
  select sum(yhbj) from hkjh where yhrq between 20240101 and 20241231
  [[40]]
2025年实还本金合计
  select sum(shbj) from hkjh where shrq between 20250101 and 20251231
  [[105]]
上级机构是城东分行的网点
  select jgmc from jg where sjjg in (select jgbh from jg where jgmc = '城东分行')
  [["东门支行"],["河畔支行"]]
放款日期在2024年以后的贷款
  select jjh from dkjj where fkrq > 20241231
  [["J3"]]
贷款品种有几种
  select count(distinct dkpz) from dkjj
  [[2]]
每个客户的行业
  select khmc, hy from kh
  [["宏达机械","制造业"],["顺发商贸","零售业"],["绿源农业","农业"]]
流动资金贷款和项目贷款的余额合计
  select sum(dkye) from dkjj where dkpz in ('流动资金贷款', '项目贷款')
  [[560]]
展期的贷款有几笔
  select count(*) from dkjj where zqbz = 'Y'
  [[1]]
除了制造业以外的客户
  select khmc from kh where hy <> '制造业'
  [["顺发商贸"],["绿源农业"]]
制造业以外的客户有几个
  select count(*) from kh where hy <> '制造业'
  [[2]]
各支行的客户经理人数
  select t2.jgmc, count(*) from khjl as t1 join jg as t2 on t1.jgbh = t2.jgbh where t2.jglx = '支行' group by t2.jgbh, t2.jgmc
  [["东门支行",1],["河畔支行",2]]
各网点的贷款余额排名
  select t3.jgmc, sum(t1.dkye) from dkjj as t1 join khjl as t2 on t1.ygh = t2.ygh join jg as t3 on t2.jgbh = t3.jgbh group by t3.jgbh, t3.jgmc order by sum(t1.dkye) desc
  [["河畔支行",500],["东门支行",60]]
`,
  );
  itLeavesUnread(loans, [
    ['已到期的贷款有几笔', 'over by when'],
    ['贷款最多的客户', 'how many, or how much'],
    ['各支行有多少个', 'a value behind a word for another thing'],
    ['2024年的贷款余额', 'each amount, or all of them'],
  ]);
});

describe('rows under others of their table', () => {
  itReads(
    loans,
    `
城东分行下辖几个支行
  select count(*) from jg where sjjg in (select jgbh from jg where jgmc = '城东分行') and jglx = '支行'
  [[2]]
城东分行的下级机构有哪些
  select jgmc from jg where sjjg in (select jgbh from jg where jgmc = '城东分行')
  [["东门支行"],["河畔支行"]]
东门支行的上级机构
  select jgmc from jg where jgbh in (select sjjg from jg where jgmc = '东门支行')
  [["城东分行"]]
`,
  );
  itLeavesUnread(loans, [
    ['城东分行下属的客户经理', 'of all that is under it'],
    ['没有下级机构的机构', 'under what'],
    ['城东分行有多少客户经理', 'of all that is under it'],
  ]);
});

const claims = openedDatabase(`
create table 部门 (部门编号 text primary key, 部门名称 text, 上级部门 text references 部门 (部门编号));
create table 员工 (工号 text primary key, 姓名 text, 所属部门 text references 部门 (部门编号), 离职日期 text);
create table 项目 (项目编号 text primary key, 项目名称 text, 项目经理 text references 员工 (工号), 立项日期 text, 结项日期 text);
create table 报销单 (单号 text primary key, 申请人 text references 员工 (工号), 项目编号 text references 项目 (项目编号), 提交日期 text, 审批状态 text, 审批日期 text, 报销总额 real);
create table 科目 (科目代码 text primary key, 科目名称 text);
create table 报销明细 (明细编号 integer primary key, 单号 text references 报销单 (单号), 科目代码 text references 科目 (科目代码), 发生日期 text, 金额 real);
insert into 科目 values ('K1', '差旅费'), ('K2', '办公费');
insert into 部门 values ('D1', '总部', null), ('D2', '市场部', 'D1'), ('D3', '研发部', 'D1');
insert into 员工 values ('E1', '赵建国', 'D2', null), ('E2', '钱敏', 'D3', '2024-09-30');
insert into 项目 values ('P1', '智慧园区', 'E1', '2024-01-10', '2024-12-20'), ('P2', '数据中台', 'E2', '2024-06-01', null);
insert into 报销单 values
  ('B1', 'E1', 'P1', '2024-02-01', '已通过', '2024-02-05', 300),
  ('B2', 'E2', 'P2', '2024-03-01', '已驳回', '2024-03-02', 50),
  ('B3', 'E1', null, null, '草稿', null, 80);
insert into 报销明细 values (1, 'B1', 'K1', '2023-12-28', 100), (2, 'B1', 'K2', '2024-01-20', 200), (3, 'B2', 'K1', '2024-02-11', 50), (4, 'B3', 'K2', '2024-04-01', 80);
`);
afterAll(claims.close);

describe('rows that a column refers to', () => {
  itReads(
    claims,
    `
智慧园区的项目经理是谁
  select distinct t1.姓名 from 员工 as t1 join 项目 as t2 on t2.项目经理 = t1.工号 where t2.项目名称 = '智慧园区'
  [["赵建国"]]
市场部和研发部的报销总额对比
  select t3.部门名称, sum(t1.报销总额) from 报销单 as t1 join 员工 as t2 on t1.申请人 = t2.工号 join 部门 as t3 on t2.所属部门 = t3.部门编号 where t3.部门名称 in ('市场部', '研发部') group by t3.部门名称
  [["市场部",380],["研发部",50]]
已通过报销单和已驳回报销单的报销总额合计
  select sum(报销总额) from 报销单 where 审批状态 in ('已通过', '已驳回')
  [[350]]
按部门统计报销
  select t3.部门名称, sum(t1.报销总额) from 报销单 as t1 join 员工 as t2 on t1.申请人 = t2.工号 join 部门 as t3 on t2.所属部门 = t3.部门编号 group by t3.部门编号, t3.部门名称
  [["市场部",380],["研发部",50]]
各部门的报销
  select t3.部门名称, sum(t1.报销总额) from 报销单 as t1 join 员工 as t2 on t1.申请人 = t2.工号 join 部门 as t3 on t2.所属部门 = t3.部门编号 group by t3.部门编号, t3.部门名称
  [["市场部",380],["研发部",50]]
各部门的报销单
  select t3.部门名称, count(*) from 报销单 as t1 join 员工 as t2 on t1.申请人 = t2.工号 join 部门 as t3 on t2.所属部门 = t3.部门编号 group by t3.部门编号, t3.部门名称
  [["市场部",2],["研发部",1]]
按申请人统计报销总额
  select t2.姓名, sum(t1.报销总额) from 报销单 as t1 join 员工 as t2 on t1.申请人 = t2.工号 group by t2.工号, t2.姓名
  [["赵建国",380],["钱敏",50]]
项目经理有几个
  select count(distinct 项目经理) from 项目
  [[2]]
每个项目的项目经理
  select t2.项目名称, t1.姓名 from 员工 as t1 join 项目 as t2 on t2.项目经理 = t1.工号
  [["智慧园区","赵建国"],["数据中台","钱敏"]]
每个员工的部门
  select t2.姓名, t1.部门名称 from 部门 as t1 join 员工 as t2 on t2.所属部门 = t1.部门编号
  [["赵建国","市场部"],["钱敏","研发部"]]
各部门的员工
  select t2.部门名称, count(*) from 员工 as t1 join 部门 as t2 on t1.所属部门 = t2.部门编号 group by t2.部门编号, t2.部门名称
  [["市场部",1],["研发部",1]]
没有项目经理的项目
  select 项目名称 from 项目 where 项目经理 is null
  []
市场部的上级部门是哪个
  select 部门名称 from 部门 where 部门编号 in (select 上级部门 from 部门 where 部门名称 = '市场部')
  [["总部"]]
`,
  );
  itLeavesUnread(claims, [
    ['项目经理都有谁', 'a code of other rows'],
    ['差旅费的报销金额', 'a sum of repeated rows'],
  ]);
});

describe('totals and days of requests', () => {
  itReads(
    claims,
    `
2024年报销总额
  select sum(报销总额) from 报销单 where 提交日期 between '2024-01-01' and '2024-12-31'
  [[350]]
赵建国2024年报销了几次
  select count(*) from 报销单 as t1 join 员工 as t2 on t1.申请人 = t2.工号 where t2.姓名 = '赵建国' and t1.提交日期 between '2024-01-01' and '2024-12-31'
  [[1]]
差旅费一共报销了多少钱
  select sum(t1.金额) from 报销明细 as t1 join 科目 as t2 on t1.科目代码 = t2.科目代码 where t2.科目名称 = '差旅费'
  [[150]]
结项最早的项目
  select 项目名称 from 项目 where 结项日期 is not null order by 结项日期 asc limit 1
  [["智慧园区"]]
立项最早的项目
  select 项目名称 from 项目 order by 立项日期 asc limit 1
  [["智慧园区"]]
离职员工有几个
  select count(*) from 员工 where 离职日期 is not null
  [[1]]
还没结项的项目有哪些
  select 项目名称 from 项目 where 结项日期 is null
  [["数据中台"]]
尚未提交的报销单
  select 单号 from 报销单 where 提交日期 is null
  [["B3"]]
`,
  );
});

const invoices = openedDatabase(`
create table 客户 (客户编号 text primary key, 客户名称 text);
create table 发票 (发票号码 text primary key, 客户编号 text references 客户 (客户编号), 开票日期 text, 不含税金额 real, 税额 real, 价税合计 real, 发票状态 text);
create table 回款 (回款单号 text primary key, 发票号码 text references 发票 (发票号码), 回款日期 text, 回款金额 real);
insert into 客户 values ('C1', '明远贸易'), ('C2', '启航科技');
insert into 发票 values
  ('F1', 'C1', '2024-01-05', 100, 13, 113, '已回款'),
  ('F2', 'C1', '2024-02-05', 200, 26, 226, '部分回款'),
  ('F3', 'C2', '2024-03-05', 300, 39, 339, '未回款'),
  ('F4', 'C2', '2024-04-05', 400, 52, 452, '已作废');
insert into 回款 values ('H1', 'F1', '2024-02-01', 113), ('H2', 'F2', '2024-03-01', 100);
`);
afterAll(invoices.close);

describe('amounts in parts, and what is done in part', () => {
  itReads(
    invoices,
    `
每个客户的开票金额
  select t2.客户名称, sum(t1.价税合计) from 发票 as t1 join 客户 as t2 on t1.客户编号 = t2.客户编号 group by t2.客户编号, t2.客户名称
  [["明远贸易",339],["启航科技",791]]
不含税金额合计
  select sum(不含税金额) from 发票
  [[1000]]
没有回款的发票
  select 发票号码 from 发票 where 发票状态 = '未回款'
  [["F3"]]
不是已回款的发票有几张
  select count(*) from 发票 where 发票状态 <> '已回款'
  [[3]]
`,
  );
});
