/** Chinese questions with a second clause, of what is done, explained, earned and left empty. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const repairs = openedDatabase(`
create table Client (clientId integer primary key, fullName text, district text, signupDate text);
create table Worker (workerId integer primary key, fullName text, hometown text, hireDate text, leaveDate text,
  healthCert integer -- 1 = 有健康证
);
create table RepairOrder (orderId integer primary key, clientId integer references Client(clientId),
  workerId integer references Worker(workerId), orderDate text, amount real,
  status integer, -- 1 已预约, 2 已完成, 3 已取消
  rating integer -- 未评价为空
);
create table Complaint (complaintId integer primary key, orderId integer references RepairOrder(orderId),
  complaintDate text, reason text, settled text -- 是/否
);
insert into Client values (1, '江川', '东城', '2023-01-05'), (2, '陶然', '西城', '2023-02-05'), (3, '方雨', '东城', '2024-03-05');
insert into Worker values (1, '马原', '安徽', '2020-01-01', null, 1), (2, '林立', '河南', '2021-01-01', '2023-05-01', 0),
  (3, '石玉', '安徽', '2022-01-01', null, 0);
insert into RepairOrder values (1, 1, 1, '2023-03-01', 100, 2, 5), (2, 1, 1, '2023-04-01', 50, 2, 2),
  (3, 2, 2, '2023-04-02', 120, 3, null), (4, 2, 3, '2024-04-02', 30, 1, null);
insert into Complaint values (1, 2, '2023-04-03', '迟到', '是'), (2, 1, '2023-03-03', '迟到', '否'), (3, 3, '2023-05-03', '损坏', '否');
`);
afterAll(repairs.close);

/** A question, the statement read off it, and the rows of that. */
const READ = `
老家在安徽、现在还在职的员工有谁
  select fullname from worker where hometown = '安徽' and leavedate is null
  [["马原"],["石玉"]]
已离职的员工有几位
  select count(*) from worker where leavedate is not null
  [[1]]
在职员工中没有健康证的,麻烦把姓名列出来
  select fullname from worker where leavedate is null and healthcert = 0
  [["石玉"]]
未评价的订单有几单
  select count(*) from repairorder where rating is null
  [[2]]
还没完成的订单有多少
  select count(*) from repairorder where status <> '2'
  [[2]]
被取消的订单有几单
  select count(*) from repairorder where status = '3'
  [[1]]
完成了的订单总额
  select sum(amount) from repairorder where status = '2'
  [[150]]
各区已完成的订单数和收入
  select t2.district, count(*), sum(t1.amount) from repairorder as t1 join client as t2 on t1.clientid = t2.clientid where t1.status = '2' group by t2.district
  [["东城",2,150]]
各区的订单数和订单总额
  select t2.district, count(*), sum(t1.amount) from repairorder as t1 join client as t2 on t1.clientid = t2.clientid group by t2.district
  [["东城",2,150],["西城",2,150]]
投诉原因分布,各有多少起
  select reason, count(*) from complaint group by reason
  [["损坏",1],["迟到",2]]
被投诉过至少两次的员工,以及投诉次数
  select t1.fullname, count(*) from worker as t1 join repairorder as t2 on t2.workerid = t1.workerid join complaint as t3 on t3.orderid = t2.orderid group by t1.workerid, t1.fullname having count(*) >= 2
  [["马原",2]]
订单金额最高的前两名员工,金额各是多少?
  select t1.fullname, sum(t2.amount) from worker as t1 join repairorder as t2 on t2.workerid = t1.workerid group by t1.workerid, t1.fullname order by sum(t2.amount) desc limit 2
  [["马原",150],["林立",120]]
订单金额最高的客户是谁
  select t1.fullname from client as t1 join repairorder as t2 on t2.clientid = t1.clientid group by t1.clientid, t1.fullname order by sum(t2.amount) desc limit 1
  [["江川"]]
订单最多的客户,各有多少单
  select t1.fullname, count(*) from client as t1 join repairorder as t2 on t2.clientid = t1.clientid group by t1.clientid, t1.fullname order by count(*) desc limit 1
  [["江川",2]]
注册了但从没下过单的客户
  select fullname from client where clientid not in (select clientid from repairorder where clientid is not null)
  [["方雨"]]
从来没投诉过的客户名单
  select fullname from client where clientid not in (select clientid from repairorder where clientid is not null and orderid in (select orderid from complaint where orderid is not null))
  [["方雨"]]
订单有几单,合计金额是多少
  select count(*), sum(amount) from repairorder
  [[4,300]]
东城的客户一共花了多少钱
  select sum(t2.amount) from client as t1 join repairorder as t2 on t2.clientid = t1.clientid where t1.district = '东城'
  [[150]]
哪些客户一个订单都没有
  select fullname from client where clientid not in (select clientid from repairorder where clientid is not null)
  [["方雨"]]
2023年投诉最多的员工
  select t1.fullname from worker as t1 join repairorder as t2 on t2.workerid = t1.workerid join complaint as t3 on t3.orderid = t2.orderid where t3.complaintdate between '2023-01-01' and '2023-12-31' group by t1.workerid, t1.fullname order by count(*) desc limit 1
  [["马原"]]
2023年订单最多的客户
  select t1.fullname from client as t1 join repairorder as t2 on t2.clientid = t1.clientid where t2.orderdate between '2023-01-01' and '2023-12-31' group by t1.clientid, t1.fullname order by count(*) desc limit 1
  [["江川"]]
消费最多的两位客户,各花了多少
  select t1.fullname, sum(t2.amount) from client as t1 join repairorder as t2 on t2.clientid = t1.clientid group by t1.clientid, t1.fullname order by sum(t2.amount) desc limit 2
  [["江川",150],["陶然",150]]
各区下了多少订单,收入是多少
  select t2.district, count(*), sum(t1.amount) from repairorder as t1 join client as t2 on t1.clientid = t2.clientid group by t2.district
  [["东城",2,150],["西城",2,150]]
`;

describe('second clauses', () => itReads(repairs, READ));

describe('of more than one sense', () =>
  itLeavesUnread(repairs, [
    ['投诉有几起,订单总额是多少', 'how many of what'],
    ['金额最高的订单的员工是谁', 'RepairOrder has no label'],
    ['各区的单价和收入', 'no meaning of 单'],
  ]));
