/** Chinese questions of tables in English: units that figures are asked for in, states, numbers and names of rows, kinds of the most. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const vouchers = openedDatabase(`
create table voucher ( -- 电子凭证
  voucher_no text primary key,
  supplier_id integer references supplier (supplier_id), -- 收单方
  issued_on text,
  due_on text,
  face_fen integer, -- 票面金额，分
  voucher_state text -- P 待审，T 已通过，J 已拒绝
);
create table supplier (
  supplier_id integer primary key,
  supplier_name text,
  city text,
  tier integer, -- 1为一级，2为二级
  limit_wan real, -- 授信额度，万元
  fee_rate real, -- 费率，小数，0.01 即 1%
  night text -- Y 可夜间提现，N 不可
);
create table withdrawal (
  withdrawal_id integer primary key,
  supplier_id integer references supplier (supplier_id),
  requested_on text,
  currency text,
  amount real, -- 元
  channel text,
  result text -- S 成功，F 未到账
);
create table worker (
  pid text primary key, -- 员工编号
  person text, -- 姓名
  birth_year integer,
  phone text
);
insert into supplier values (1, '安达', '杭州', 1, 50, 0.01, 'Y'), (2, '博远', '宁波', 2, 20, 0.03, 'N'), (3, '晨光', '杭州', 2, 8, 0.02, 'N');
insert into voucher values ('V1', 1, '2025-01-05', '2025-06-30', 1200050, 'T'), ('V2', 1, '2025-02-05', '2025-07-31', 500000, 'P'), ('V3', 2, '2025-03-05', '2025-08-31', 3000000, 'J');
insert into withdrawal values (1, 1, '2025-01-10', 'USD', 300, '网银', 'S'), (2, 1, '2025-02-10', 'CNY', 1500, '柜台', 'F'), (3, 2, '2025-02-20', 'CNY', 20000, '网银', 'S'), (4, 2, '2025-03-20', 'USD', 800, '网银', 'S');
insert into worker values ('P1', '何蔓', 1990, '111'), ('P2', '苏远', 1985, null);
`);
afterAll(vouchers.close);

describe('figures in the unit that is asked for', () => {
  itReads(
    vouchers,
    `
凭证票面金额合计多少元
  select sum(face_fen / 100.0) from voucher
  [[47000.5]]
各供应商的票面金额，单位元
  select t2.supplier_name, sum(t1.face_fen / 100.0) from voucher as t1 join supplier as t2 on t1.supplier_id = t2.supplier_id group by t2.supplier_id, t2.supplier_name
  [["安达",17000.5],["博远",30000]]
2025年票面金额合计，用万元表示
  select sum(face_fen / 1000000.0) from voucher where issued_on between '2025-01-01' and '2025-12-31'
  [[4.70005]]
授信额度一共多少元
  select sum(limit_wan * 10000) from supplier
  [[780000]]
授信额度最高是多少万元
  select max(limit_wan) from supplier
  [[50]]
费率最高是多少
  select max(fee_rate) from supplier
  [[0.03]]
费率最低是百分之几
  select min(100.0 * fee_rate) from supplier
  [[1]]
成功的提现有几笔、多少钱
  select count(*), sum(amount) from withdrawal where result = 'S'
  [[3,21100]]
授信额度最高的供应商是谁，多少万元
  select supplier_name, limit_wan from supplier order by limit_wan desc limit 1
  [["安达",50]]
凭证号和票面金额（元）
  select voucher_no, face_fen / 100.0 from voucher
  [["V1",12000.5],["V2",5000],["V3",30000]]
一共提现多少元
  select sum(amount) from withdrawal
  [[22600]]
`,
  );
  itLeavesUnread(vouchers, [
    ['费率是多少万元', 'money of a ratio'],
    ['票面金额合计多少元，用万元表示', 'figures in two units'],
  ]);
});

describe('rows, their states and their kinds', () => {
  itReads(
    vouchers,
    `
有几张待审的凭证
  select count(*) from voucher where voucher_state = 'P'
  [[1]]
二级供应商有哪些
  select supplier_name from supplier where tier = '2'
  [["博远"],["晨光"]]
不能夜间提现的供应商
  select supplier_name from supplier where night = 'N'
  [["博远"],["晨光"]]
还没到账的提现有几笔
  select count(*) from withdrawal where result = 'F'
  [[1]]
美元提现有几笔
  select count(*) from withdrawal where currency = 'USD'
  [[2]]
提现金额超过1000元的：编号、日期、金额
  select withdrawal_id, requested_on, amount from withdrawal where amount > 1000
  [[2,"2025-02-10",1500],[3,"2025-02-20",20000]]
金额最大的两个渠道和金额
  select channel, sum(amount) from withdrawal group by channel order by sum(amount) desc limit 2
  [["网银",21100],["柜台",1500]]
哪个渠道的提现金额最高
  select channel from withdrawal group by channel order by sum(amount) desc limit 1
  [["网银"]]
杭州的供应商有哪些，授信额度多少
  select supplier_name, limit_wan from supplier where city = '杭州'
  [["安达",50],["晨光",8]]
杭州的供应商名单，带授信额度
  select supplier_name, limit_wan from supplier where city = '杭州'
  [["安达",50],["晨光",8]]
凭证编号和到期日
  select voucher_no, due_on from voucher
  [["V1","2025-06-30"],["V2","2025-07-31"],["V3","2025-08-31"]]
没留电话的员工
  select person from worker where phone is null
  [["苏远"]]
1985年以后（含）出生的员工姓名
  select person from worker where birth_year >= 1985
  [["何蔓"],["苏远"]]
员工编号和姓名
  select pid, person from worker
  [["P1","何蔓"],["P2","苏远"]]
2025年每个渠道的提现笔数和金额
  select channel, count(*), sum(amount) from withdrawal where requested_on between '2025-01-01' and '2025-12-31' group by channel
  [["柜台",1,1500],["网银",3,21100]]
按渠道统计笔数
  select channel, count(*) from withdrawal group by channel
  [["柜台",1],["网银",3]]
提现超过1次的供应商和次数
  select t1.supplier_name, count(*) from supplier as t1 join withdrawal as t2 on t2.supplier_id = t1.supplier_id group by t1.supplier_id, t1.supplier_name having count(*) > 1
  [["安达",2],["博远",2]]
提现成功率是百分之几
  select 100.0 * sum(case when result = 'S' then 1 else 0 end) / count(*) from withdrawal
  [[75]]
供应商所在城市，不要重复
  select distinct city from supplier
  [["杭州"],["宁波"]]
提现两次以上（含两次）的供应商
  select t1.supplier_name from supplier as t1 join withdrawal as t2 on t2.supplier_id = t1.supplier_id group by t1.supplier_id, t1.supplier_name having count(*) >= 2
  [["安达"],["博远"]]
分渠道列出成功、未到账的笔数
  select channel, sum(case when result = 'S' then 1 else 0 end), sum(case when result = 'F' then 1 else 0 end) from withdrawal group by channel
  [["柜台",0,1],["网银",3,0]]
各渠道成功、未到账的金额分开列
  select channel, sum(case when result = 'S' then amount else 0 end), sum(case when result = 'F' then amount else 0 end) from withdrawal group by channel
  [["柜台",0,1500],["网银",21100,0]]
`,
  );
  itLeavesUnread(vouchers, [
    ['还在办理的提现', 'no meaning of 办'],
    ['提现金额的加权平均值', 'weighed by what'],
    ['提现额最多的供应商', 'two extremes'],
    ['费率成功率', 'a share of what'],
  ]);
});
