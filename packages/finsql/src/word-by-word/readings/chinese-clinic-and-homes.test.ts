/** Chinese questions as they are asked every day, of keys that nobody declared and of English names with a prefix. */
import { afterAll, describe } from 'vitest';
import { CLINIC_SQL, HOMES_SQL } from '../../testing/clinic-database.ts';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const clinic = openedDatabase(CLINIC_SQL);
const homes = openedDatabase(HOMES_SQL);
afterAll(() => {
  clinic.close();
  homes.close();
});

/** Questions, the statements read off them, and the rows of those. */
const OF_CLINIC = `
消化科有哪些医生？
  select t1.姓名 from 医生 as t1 join 科室 as t2 on t1.科室编号 = t2.科室编号 where t2.科室名称 = '消化科'
  [["方雨"],["雷一鸣"]]
消化科有哪些医生，分别是什么职称？
  select t1.姓名, t1.职称 from 医生 as t1 join 科室 as t2 on t1.科室编号 = t2.科室编号 where t2.科室名称 = '消化科'
  [["方雨","主治医师"],["雷一鸣","主任医师"]]
二楼有哪些科室
  select 科室名称 from 科室 where 楼层 = 2
  [["消化科"]]
三楼的科室有几个
  select count(*) from 科室 where 楼层 = 3
  [[1]]
每个科室的医生数量
  select t2.科室名称, count(*) from 医生 as t1 join 科室 as t2 on t1.科室编号 = t2.科室编号 group by t2.科室编号, t2.科室名称
  [["消化科",2],["骨科",1]]
库存不到100的药有哪些？
  select 药品名称 from 药品 where 库存 < 100
  [["胃舒宁"],["清热片"]]
最贵的药是哪个？
  select 药品名称 from 药品 order by 单价 desc limit 1
  [["骨康丸"]]
各类药品的平均单价
  select 类别, avg(单价) from 药品 group by 类别
  [["丸剂",30],["片剂",10]]
各类药品有多少种
  select 类别, count(*) from 药品 group by 类别
  [["丸剂",1],["片剂",2]]
2024年急诊看了多少次
  select count(*) from 就诊 where 就诊类型 = '急诊' and 就诊日期 between '2024-01-01' and '2024-12-31'
  [[1]]
2024年各科室的就诊人次
  select t3.科室名称, count(*) from 就诊 as t1 join 医生 as t2 on t1.工号 = t2.工号 join 科室 as t3 on t2.科室编号 = t3.科室编号 where t1.就诊日期 between '2024-01-01' and '2024-12-31' group by t3.科室编号, t3.科室名称
  [["消化科",1],["骨科",1]]
哪些患者从来没有来看过病？
  select 姓名 from 患者 where 患者编号 not in (select 患者编号 from 就诊 where 患者编号 is not null)
  [["江川"]]
哪些医生2024年看了超过1次
  select t1.姓名 from 医生 as t1 join 就诊 as t2 on t2.工号 = t1.工号 where t2.就诊日期 between '2024-01-01' and '2024-12-31' group by t1.工号, t1.姓名 having count(*) > 1
  []
雷一鸣医生2024年看过哪些患者？
  select distinct t1.姓名 from 患者 as t1 join 就诊 as t2 on t2.患者编号 = t1.患者编号 join 医生 as t3 on t2.工号 = t3.工号 where t3.姓名 = '雷一鸣' and t2.就诊日期 between '2024-01-01' and '2024-12-31'
  [["陶然"]]
2024年自付金额合计多少
  select sum(自付金额) from 收费 where 收费日期 between '2024-01-01' and '2024-12-31'
  [[150]]
各种支付方式平均每笔自付多少钱
  select 支付方式, avg(自付金额) from 收费 group by 支付方式
  [["医保卡",90],["现金",50]]
平均每笔收费的自付金额
  select avg(自付金额) from 收费
  [[63.333333333333336]]
2024年自付金额占应收金额的百分之几？
  select 100.0 * sum(自付金额) / sum(应收金额) from 收费 where 收费日期 between '2024-01-01' and '2024-12-31'
  [[37.5]]
自付金额最多的2位患者
  select t1.姓名 from 患者 as t1 join 就诊 as t2 on t2.患者编号 = t1.患者编号 join 收费 as t3 on t3.就诊号 = t2.就诊号 group by t1.患者编号, t1.姓名 order by sum(t3.自付金额) desc limit 2
  [["陶然"],["白露"]]
胃舒宁的库存多少
  select 库存 from 药品 where 药品名称 = '胃舒宁'
  [[80]]
`;

const OF_HOMES = `
还有几单报修没完工？
  select count(*) from t_work_order where finished_at is null
  [[1]]
没缴的物业费有几笔
  select count(*) from t_charge where paid_at is null and fee_type = '物业费'
  [[1]]
欠费金额最多的业主
  select t1.owner_name from t_owner as t1 join t_unit as t2 on t2.owner_id = t1.id join t_charge as t3 on t3.unit_id = t2.id where t3.paid_at is null group by t1.id, t1.owner_name order by sum(t3.amount) desc limit 1
  [["苏禾"]]
2024年4月各收费项目已经收了多少钱？
  select fee_type, sum(amount) from t_charge where paid_at is not null and period = 202404 group by fee_type
  [["停车费",90]]
哪些业主从来没报过修？
  select owner_name from t_owner where id not in (select owner_id from t_unit where owner_id is not null and id in (select unit_id from t_work_order where unit_id is not null))
  [["林笛"]]
各类报修的平均费用
  select category, avg(cost) from t_work_order group by category
  [["漏水",40],["电路",40]]
各类报修有多少单
  select category, count(*) from t_work_order group by category
  [["漏水",2],["电路",1]]
2024年报修了多少次
  select count(*) from t_work_order where reported_at between '2024-01-01' and '2024-12-31'
  [[3]]
报修平均要几天完工
  select avg(julianday(finished_at) - julianday(reported_at)) from t_work_order where finished_at is not null
  [[2]]
哪些小区没有电梯？
  select name from t_community where has_elevator = 0
  [["翠湖苑"]]
业主有几位
  select count(*) from t_owner
  [[3]]
`;

describe('of a clinic', () => {
  itReads(clinic, OF_CLINIC);

  itLeavesUnread(clinic, [
    ['平均每次就诊的应收金额', 'a measure of each'],
    ['自付金额占比', 'a share of no part'],
    ['看了多少患者', 'how much of what is done'],
    ['3楼以上的科室', 'or more of nothing'],
    ['平均每份药品', 'a measure of each'],
    ['自付金额占患者的百分之几', 'a share of no part'],
  ]);
});

describe('of homes', () => {
  itReads(homes, OF_HOMES);

  itLeavesUnread(homes, [
    ['还有多少费用没收', 'done with what'],
    ['欠费', 't_charge has no label'],
    ['业主没缴的停车费占多少', 'a share of which part'],
  ]);
});
