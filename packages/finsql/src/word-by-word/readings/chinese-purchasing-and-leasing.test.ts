/** Purchases and leases as Chinese analysts ask of them: parts of this year, rents that are paid, two questions in one. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const purchases = openedDatabase(`
create table 供应商 (供应商编号 text primary key, 供应商名称 text, 所在城市 text, 信用等级 text);
create table 采购合同 (合同编号 text primary key, 供应商编号 text references 供应商(供应商编号), 签订日期 text, 合同金额 real, 采购员 text);
create table 采购订单 (
  订单编号 text primary key,
  合同编号 text references 采购合同(合同编号),
  物料名称 text,
  下单日期 text,
  订单金额 real,
  需求部门 text
);
create table 采购发票 (发票号码 text primary key, 订单编号 text references 采购订单(订单编号), 开票日期 text, 发票金额 real, 认证状态 text);
insert into 供应商 values ('G1', '恒远机械', '上海', 'A'), ('G2', '华锐钢材', '无锡', 'B');
insert into 采购合同 values ('H1', 'G1', '2024-02-03', 100000, '李娜'), ('H2', 'G2', '2024-05-06', 200000, '张磊'), ('H3', 'G2', '2023-05-06', 150000, '李娜');
insert into 采购订单 values
  ('P1', 'H1', '轴承', '2024-02-08', 10, '研发部'),
  ('P2', 'H1', '轴承', '2024-03-08', 20, '设备部'),
  ('P3', 'H2', '圆钢', '2023-06-08', 40, '设备部');
insert into 采购发票 values ('F1', 'P1', '2024-02-10', 10, '未认证'), ('F2', 'P2', '2024-03-10', 20, '已认证');
`);

const leases = openedDatabase(`
create table lessees (lessee_id integer primary key, lessee_name text, city text);
create table equipment (equipment_id integer primary key, equipment_name text, purchase_price real, purchase_date text);
create table leases (
  lease_id integer primary key,
  lessee_id integer references lessees(lessee_id),
  equipment_id integer references equipment(equipment_id),
  start_date text,
  monthly_rent real
);
create table rent_payments (
  payment_id integer primary key,
  lease_id integer references leases(lease_id),
  due_date text,
  paid_date text,
  amount_due real,
  amount_paid real
);
create table overdue_penalties (
  penalty_id integer primary key,
  payment_id integer references rent_payments(payment_id),
  overdue_days integer,
  penalty_amount real,
  waived text
);
insert into lessees values (1, '海峡港务', '厦门'), (2, '蜀锦食品', '成都');
insert into equipment values (1, '叉车', 1000, '2023-03-01'), (2, '冷藏车', 3000, '2022-03-01');
insert into leases values (1, 1, 1, '2023-01-01', 100), (2, 2, 2, '2024-01-01', 300);
insert into rent_payments values
  (1, 1, '2023-04-01', '2023-04-03', 100, 100),
  (2, 1, '2024-05-30', '2024-06-02', 100, 80),
  (3, 2, '2024-05-01', '2024-05-01', 300, 300);
insert into overdue_penalties values (1, 1, 2, 5, '是'), (2, 2, 3, 15, '否');
`);

const policies = openedDatabase(`
create table 渠道 (qd_id integer primary key, 渠道名称 text, 渠道类型 text);
create table 产品 (cp_id integer primary key, 产品名称 text, 险种 text);
create table 保单 (
  bdh text primary key, -- 保单号
  cp_id integer references 产品(cp_id),
  qd_id integer references 渠道(qd_id),
  tbrq text, -- 投保日期
  bf real, -- 年缴保费, 元
  zt text -- 保单状态
);
create table 赔案 (lp_id integer primary key, bdh text references 保单(bdh), 处理结果 text);
create table 客户 (kh_id integer primary key, 姓名 text, 城市 text, 出生日期 text);
create table 申购 (sg_id integer primary key, kh_id integer references 客户(kh_id), 申购金额 real);
insert into 渠道 values (1, '海淀营业部', '个险'), (2, '工行网点', '银保');
insert into 产品 values (1, '康宁', '重疾险'), (2, '岁岁盈', '年金险');
insert into 保单 values
  ('B1', 1, 1, '2024-05-06', 10, '有效'), ('B2', 1, 2, '2024-05-08', 30, '退保'), ('B3', 2, 1, '2023-05-08', 50, '有效');
insert into 赔案 values (1, 'B1', '赔付'), (2, 'B2', '拒赔');
insert into 客户 values (1, '何蔓', '宁波', '1990-02-03'), (2, '许峥', '杭州', '1980-02-03');
insert into 申购 values (1, 1, 20), (2, 2, 30);
`);

afterAll(() => {
  for (const { close } of [purchases, leases, policies]) close();
});

describe('purchases', () => {
  itReads(
    purchases,
    `
一季度签了多少份合同
  select count(*) from 采购合同 where 签订日期 between '2024-01-01' and '2024-03-31'
  [[1]]
5月份签的合同总金额是多少
  select sum(合同金额) from 采购合同 where 签订日期 between '2024-05-01' and '2024-05-31'
  [[200000]]
上半年各月的合同金额
  select strftime('%Y-%m', 签订日期), sum(合同金额) from 采购合同 where 签订日期 between '2024-01-01' and '2024-06-30' group by strftime('%Y-%m', 签订日期)
  [["2024-02",100000],["2024-05",200000]]
去年二季度签了几份合同
  select count(*) from 采购合同 where 签订日期 between '2023-04-01' and '2023-06-30'
  [[1]]
各部门下单次数
  select 需求部门, count(*) from 采购订单 group by 需求部门
  [["研发部",1],["设备部",2]]
还没认证的发票有多少张，一共多少钱
  select count(*), sum(发票金额) from 采购发票 where 认证状态 = '未认证'
  [[1,10]]
恒远机械签的合同有几份，总金额多少
  select count(*), sum(t1.合同金额) from 采购合同 as t1 join 供应商 as t2 on t1.供应商编号 = t2.供应商编号 where t2.供应商名称 = '恒远机械'
  [[1,100000]]
未认证的发票有几张，发票金额合计是多少
  select count(*), sum(发票金额) from 采购发票 where 认证状态 = '未认证'
  [[1,10]]
合同份数和总金额
  select count(*), sum(合同金额) from 采购合同
  [[3,450000]]
合同金额前两位的采购员及金额
  select 采购员, sum(合同金额) from 采购合同 group by 采购员 order by sum(合同金额) desc limit 2
  [["李娜",250000],["张磊",200000]]
合同金额一共多少万
  select sum(合同金额 / 10000.0) from 采购合同
  [[45]]
`,
  );
  itLeavesUnread(purchases, [
    ['还没认证的发票有多少张?金额合计多少', 'two questions'],
    ['上海的供应商有几家?信用等级A的有几家?', 'two questions'],
    ['下单次数超过1次的物料有哪些', 'how many of its one'],
    ['12月签了多少份合同', 'no meaning of 12'],
  ]);
});

describe('leases', () => {
  itReads(
    leases,
    `
去年每个月实收的租金
  select strftime('%Y-%m', paid_date), sum(amount_paid) from rent_payments where paid_date between '2023-01-01' and '2023-12-31' group by strftime('%Y-%m', paid_date)
  [["2023-04",100]]
应收和实收的租金差多少
  select sum(amount_due - amount_paid) from rent_payments
  [[20]]
没有减免的罚金总额是多少
  select sum(penalty_amount) from overdue_penalties where waived = '否'
  [[15]]
减免的罚金占全部罚金的比例
  select 100.0 * sum(case when waived = '是' then penalty_amount else 0 end) / sum(penalty_amount) from overdue_penalties
  [[25]]
罚金最多的承租人是谁
  select t1.lessee_name from lessees as t1 join leases as t2 on t2.lessee_id = t1.lessee_id join rent_payments as t3 on t3.lease_id = t2.lease_id join overdue_penalties as t4 on t4.payment_id = t3.payment_id group by t1.lessee_id, t1.lessee_name order by sum(t4.penalty_amount) desc limit 1
  [["海峡港务"]]
月租金高于平均的合同有几份
  select count(*) from leases where monthly_rent > (select avg(monthly_rent) from leases)
  [[1]]
原值最高的设备是哪一台
  select equipment_name from equipment order by purchase_price desc limit 1
  [["冷藏车"]]
承租人的城市分布
  select city, count(*) from lessees group by city
  [["厦门",1],["成都",1]]
平均逾期天数
  select avg(overdue_days) from overdue_penalties
  [[2.5]]
2023年购入的设备有哪些
  select equipment_name from equipment where purchase_date between '2023-01-01' and '2023-12-31'
  [["叉车"]]
`,
  );
  itLeavesUnread(leases, [
    ['海峡港务今年付了多少租金', 'how much of what is done'],
    ['设备原值总共多少万', 'the total of what'],
  ]);
});

describe('policies', () => {
  itReads(
    policies,
    `
每个险种保费最高的那张保单的保单号
  select 险种, bdh from (select t2.险种, t1.bdh, rank() over (partition by t2.险种 order by t1.bf desc) as place from 保单 as t1 join 产品 as t2 on t1.cp_id = t2.cp_id) where place = 1
  [["年金险","B3"],["重疾险","B2"]]
上个月的保费收入是多少
  select sum(bf) from 保单 where tbrq between '2024-05-01' and '2024-05-31'
  [[40]]
各渠道的保费收入
  select t2.渠道名称, sum(t1.bf) from 保单 as t1 join 渠道 as t2 on t1.qd_id = t2.qd_id group by t2.qd_id, t2.渠道名称
  [["海淀营业部",60],["工行网点",30]]
个险渠道今年卖了多少保费
  select sum(t2.bf) from 渠道 as t1 join 保单 as t2 on t2.qd_id = t1.qd_id where t1.渠道类型 = '个险' and t2.tbrq between '2024-01-01' and '2024-12-31'
  [[10]]
`,
  );
  itLeavesUnread(policies, [
    ['今年退保了多少保单', 'since when it is so'],
    ['今年新增客户多少', 'born then'],
    ['每个产品的赔付率', 'a rate by what'],
    ['哪个城市的客户申购金额最高', 'the most of a kind, or of one of it'],
  ]);
});
