/** Columns whose names are spelled in Pinyin, told by comments in Chinese: amounts, figures that are no amounts, kinds of things. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const funds = openedDatabase(`
create table zgcp ( -- 资管产品
  cp_id integer primary key,
  cpmc text, -- 产品名称
  cplx text, -- 产品类型
  glf real -- 年管理费率,单位 %
);
create table cpjz ( -- 产品净值
  cp_id integer references zgcp (cp_id),
  jzrq text, -- 净值日期
  dwjz real -- 单位净值
);
create table khxx ( -- 客户信息
  kh_id integer primary key,
  khmc text, -- 客户名称
  fxdj text -- 风险承受等级,C1 最低,C5 最高
);
create table jyls ( -- 申购赎回流水
  ls_id integer primary key,
  cp_id integer references zgcp (cp_id),
  jyrq text, -- 交易日期
  ywlx text, -- 业务类型:S 申购,R 赎回
  je real, -- 金额,元
  sxf real -- 手续费,元
);
insert into zgcp values (1, '甲', '混合', 1.2), (2, '乙', '固收', 0.4), (3, '丙', '混合', 1);
insert into khxx values (1, '丁一鸣', 'C5'), (2, '何蔓', 'C2'), (3, '苏远', 'C5');
insert into cpjz values (1, '2024-06-30', 1.1), (2, '2024-06-30', 1.02), (1, '2024-12-31', 1.3);
insert into jyls values (1, 1, '2024-01-05', 'S', 500, 5), (2, 2, '2024-02-05', 'S', 300, 3), (3, 1, '2024-03-05', 'R', 100, 1);
`);
afterAll(funds.close);

describe('columns told by comments', () => {
  itReads(
    funds,
    `
2024年申购总额
  select sum(je) from jyls where ywlx = 'S' and jyrq between '2024-01-01' and '2024-12-31'
  [[800]]
2024年赎回了多少钱
  select sum(je) from jyls where ywlx = 'R' and jyrq between '2024-01-01' and '2024-12-31'
  [[100]]
各类型产品的平均管理费率
  select cplx, avg(glf) from zgcp group by cplx
  [["固收",0.4],["混合",1.1]]
混合类产品有几只
  select count(*) from zgcp where cplx = '混合'
  [[2]]
风险等级C5的客户有几位
  select count(*) from khxx where fxdj = 'C5'
  [[2]]
客户有哪些
  select khmc from khxx
  [["丁一鸣"],["何蔓"],["苏远"]]
各产品的单位净值
  select t2.cpmc, t1.dwjz from cpjz as t1 join zgcp as t2 on t1.cp_id = t2.cp_id
  [["甲",1.1],["乙",1.02],["甲",1.3]]
`,
  );
  itLeavesUnread(funds, [
    ['2024年花了多少', 'counts nothing'],
    ['单位净值超过1的申购有几笔', 'a kind of other rows'],
    ['产品总额', 'not one such column in zgcp'],
  ]);
});

const contracts = openedDatabase(`
create table 合同 (合同编号 text primary key, 合同类型 text, 合同金额 real);
create table 付款 (付款编号 integer primary key, 合同编号 text references 合同 (合同编号), 付款金额 real);
insert into 合同 values ('H1', '采购', 300), ('H2', '采购', 100), ('H3', '租赁', 600);
insert into 付款 values (1, 'H1', 50), (2, 'H1', 60), (3, 'H3', 70);
`);
afterAll(contracts.close);

describe('kinds of things', () => {
  itReads(
    contracts,
    `
各类合同的金额
  select 合同类型, sum(合同金额) from 合同 group by 合同类型
  [["租赁",600],["采购",400]]
各类型合同的金额占合同总金额的百分比
  select 合同类型, 100.0 * sum(合同金额) / sum(sum(合同金额)) over () from 合同 group by 合同类型
  [["租赁",60],["采购",40]]
`,
  );
});
