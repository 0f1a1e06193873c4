/** Chinese questions about names that comments tell: codes set apart by spaces, counts beside figures, rows left out. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const claims = openedDatabase(`
create table t_cust ( -- 客户
  cust_bh integer primary key, -- 客户编号
  xm text, -- 姓名
  dianhua text, -- 电话
  jl text, -- 客户经理
  lz_rq integer -- 离开日期 YYYYMMDD，未离开为空
);
create table t_lipei ( -- 理赔案件
  anjian_hao text primary key, -- 案件号
  cust_bh integer, -- 客户编号
  yuanyin text, -- 出险原因
  bao_rq integer, -- 报案日期 YYYYMMDD
  je real, -- 赔付金额，元
  zt text, -- 状态：P处理中 C已结案 R拒赔
  nd integer -- 年度
);
insert into t_cust values
  (1, '丁一', '138', '苏晴', null), (2, '何蔓', null, '苏晴', 20240301), (3, '齐远', '139', null, null);
insert into t_lipei values
  ('A1', 1, '碰撞', 20240105, 500, 'C', 2024), ('A2', 1, '火灾', 20240205, 300, 'R', 2024),
  ('A3', 2, '碰撞', 20250305, 900, 'C', 2025), ('A4', 1, '碰撞', 20250405, 100, 'P', 2025);
`);
afterAll(claims.close);

describe('what comments tell of Chinese names', () => {
  itReads(
    claims,
    `
已结案的案件有几件
  select count(*) from t_lipei where zt = 'C'
  [[2]]
各出险原因的件数和赔付金额
  select yuanyin, count(*), sum(je) from t_lipei group by yuanyin
  [["火灾",1,300],["碰撞",3,1500]]
各出险原因的件数和赔付金额，拒赔的不算
  select yuanyin, count(*), sum(je) from t_lipei where zt <> 'R' group by yuanyin
  [["碰撞",3,1500]]
没留电话的客户
  select xm from t_cust where dianhua is null
  [["何蔓"]]
没有客户经理的客户有谁
  select xm from t_cust where jl is null
  [["齐远"]]
已经离开的客户
  select xm from t_cust where lz_rq is not null
  [["何蔓"]]
赔付金额最高的案件是哪个，多少钱？
  select anjian_hao, je from t_lipei order by je desc limit 1
  [["A3",900]]
从来没有报过案的客户
  select xm from t_cust where cust_bh not in (select cust_bh from t_lipei where cust_bh is not null)
  [["齐远"]]
`,
  );
  itLeavesUnread(claims, [
    // What is left out is to stand right before the word.
    ['各出险原因的件数和赔付金额，不算', 'without which rows'],
    // Of the day on which it was reported, or of the year that it is of?
    ['2025年赔付金额合计', 'several days'],
    ['各赔付金额的件数', 'groups of a figure'],
  ]);
});
