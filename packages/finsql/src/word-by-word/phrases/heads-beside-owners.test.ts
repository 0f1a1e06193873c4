import { afterAll, describe } from 'vitest';
import { itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const trusts = openedDatabase(`
create table firm (firm_id integer primary key, firm_name text);
create table trust_firm (trust_firm_id integer primary key, trust_firm_name text);
create table trust (
  trust_id integer primary key,
  trust_name text,
  trust_firm_id integer references trust_firm (trust_firm_id)
);
create table trustee (
  trustee_id integer primary key,
  trustee_name text,
  trust_firm_id integer references trust_firm (trust_firm_id)
);
create table trust_term (
  trust_id integer references trust (trust_id),
  trustee_id integer references trustee (trustee_id)
);
create table trust_holding (
  trust_id integer references trust (trust_id),
  firm_id integer references firm (firm_id),
  shares integer
);
insert into firm values (1, 'Steel'), (2, 'Glass');
insert into trust_firm values (1, 'Amber'), (2, 'Birch');
insert into trust values (1, 'North', 1), (2, 'South', 1), (3, 'East', 2);
insert into trustee values (1, 'Ida', 1), (2, 'Jo', 1), (3, 'Kai', 2);
insert into trust_term values (1, 1), (2, 1), (2, 2), (3, 3);
insert into trust_holding values (1, 1, 10), (2, 1, 20), (3, 2, 30), (1, 2, 5);
`);
afterAll(trusts.close);

describe('what belongs to what is said, by a part of its name', () => {
  itReads(
    trusts,
    `
How many trusts does each firm manage?
  select t2.trust_firm_name, count(*) from trust as t1 join trust_firm as t2 on t1.trust_firm_id = t2.trust_firm_id group by t2.trust_firm_id, t2.trust_firm_name
  [["Amber",2],["Birch",1]]
Which firm has the most trusts?
  select t1.trust_firm_name from trust_firm as t1 join trust as t2 on t2.trust_firm_id = t1.trust_firm_id group by t1.trust_firm_id, t1.trust_firm_name order by count(*) desc limit 1
  [["Amber"]]
Which firm is held by the most trusts?
  select t1.firm_name from firm as t1 join trust_holding as t2 on t2.firm_id = t1.firm_id join trust as t3 on t2.trust_id = t3.trust_id group by t1.firm_id, t1.firm_name order by count(distinct t3.trust_id) desc limit 1
  [["Steel"]]
list the firms
  select firm_name from firm
  [["Steel"],["Glass"]]
number of trust holdings per firm
  select t2.firm_name, count(*) from trust_holding as t1 join firm as t2 on t1.firm_id = t2.firm_id group by t2.firm_id, t2.firm_name
  [["Steel",2],["Glass",2]]
`,
  );
});

describe('two things between which several tables lie', () => {
  itReads(
    trusts,
    `
How many trusts does each trustee manage?
  select t3.trustee_name, count(distinct t1.trust_id) from trust as t1 join trust_term as t2 on t2.trust_id = t1.trust_id join trustee as t3 on t2.trustee_id = t3.trustee_id group by t3.trustee_id, t3.trustee_name
  [["Ida",2],["Jo",1],["Kai",1]]
`,
  );
});
