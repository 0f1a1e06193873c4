/** A clinic in Chinese whose keys nobody declared, and a manager of homes with English names of tables and their prefix. */

export const CLINIC_SQL = `
create table 科室 (科室编号 text, 科室名称 text, 楼层 integer);
create table 医生 (工号 text, 姓名 text, 科室编号 text, 职称 text);
create table 患者 (患者编号 integer, 姓名 text);
create table 就诊 (就诊号 integer, 患者编号 integer, 工号 text, 就诊日期 text, 就诊类型 text);
create table 收费 (收费单号 integer, 就诊号 integer, 应收金额 real, 自付金额 real, 支付方式 text, 收费日期 text);
create table 药品 (药品编号 text, 药品名称 text, 类别 text, 单价 real, 库存 integer);

insert into 科室 values ('K1', '消化科', 2), ('K2', '骨科', 3);
insert into 医生 values
  ('D1', '雷一鸣', 'K1', '主任医师'), ('D2', '方雨', 'K1', '主治医师'), ('D3', '贺岩', 'K2', '主任医师');
insert into 患者 values (1, '陶然'), (2, '白露'), (3, '江川');
insert into 就诊 values
  (1, 1, 'D1', '2023-05-06', '门诊'), (2, 1, 'D1', '2024-01-08', '急诊'), (3, 2, 'D3', '2024-02-09', '门诊');
insert into 收费 values
  (1, 1, 100, 40, '现金', '2023-05-06'), (2, 2, 300, 90, '医保卡', '2024-01-08'), (3, 3, 100, 60, '现金', '2024-02-09');
insert into 药品 values
  ('M1', '胃舒宁', '片剂', 12, 80), ('M2', '骨康丸', '丸剂', 30, 300), ('M3', '清热片', '片剂', 8, 60);
`;

export const HOMES_SQL = `
create table t_owner (id integer primary key, owner_name text);
create table t_unit (id integer primary key, owner_id integer references t_owner (id), room_no text, usage text); -- 住宅、商铺
create table t_charge (
  id integer primary key,
  unit_id integer references t_unit (id),
  fee_type text,
  period integer, -- YYYYMM
  amount real,
  paid_at date
);
create table t_work_order (
  id integer primary key,
  unit_id integer references t_unit (id),
  category text,
  reported_at date,
  finished_at date,
  cost real
);
create table t_community (id integer primary key, name text, has_elevator integer); -- 1 有 0 无

insert into t_owner values (1, '孟舟'), (2, '苏禾'), (3, '林笛');
insert into t_unit values (1, 1, '101', '住宅'), (2, 2, '102', '商铺'), (3, 3, '103', '住宅');
insert into t_charge values
  (1, 1, '物业费', 202403, 200, '2024-03-20'), (2, 2, '物业费', 202403, 260, null),
  (3, 2, '停车费', 202404, 90, null), (4, 3, '停车费', 202404, 90, '2024-05-02');
insert into t_work_order values
  (1, 1, '漏水', '2024-03-01', '2024-03-04', 80), (2, 1, '电路', '2024-04-01', '2024-04-02', 40),
  (3, 2, '漏水', '2024-06-01', null, 0);
insert into t_community values (1, '云锦花园', 1), (2, '翠湖苑', 0);
`;
