/** What people say of funds, notes and leases: words of comments, prefixes of tables, days that are noted. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const leases = openedDatabase(`
create table ls_lessee (
  lessee_id integer primary key,
  name text,
  domicile text, -- LU, IE
  kind text, -- AIR airline, SHP shipping line
  deposit_limit real -- USD thousands
);
create table ls_contract (
  contract_id integer primary key,
  contract_no text,
  lessee_id integer references ls_lessee (lessee_id),
  ccy text,
  signed_on text,
  due_date text, -- first rent
  closed_on text, -- NULL = still running
  rent_cents integer,
  margin real, -- as a fraction: 0.02 = 2 %
  is_lead text -- yes / no
);
create table ls_mark (
  contract_id integer references ls_contract (contract_id),
  mark_date text,
  gain real, -- book gain before tax, USD
  primary key (contract_id, mark_date)
);
insert into ls_lessee values (1, 'Aurel Air', 'LU', 'AIR', 500), (2, 'Bight Lines', 'IE', 'SHP', 900);
insert into ls_contract values
  (1, 'C-1', 1, 'USD', '2023-02-01', '2023-03-01', null, 100000, 0.02, 'yes'),
  (2, 'C-2', 2, 'EUR', '2023-06-01', '2024-01-15', '2024-05-01', 250000, 0.04, 'no'),
  (3, 'C-3', 2, 'USD', '2024-04-01', '2024-06-01', null, 50000, 0.03, 'no');
insert into ls_mark values
  (1, '2023-12-31', 5), (1, '2024-12-31', -3), (2, '2023-12-31', -8), (3, '2024-12-31', 4);
`);
const notes = openedDatabase(`
create table BND (BND_ID integer primary key, BND_NM text, ISSR_ID integer, NOM_AMT real /* face amount held today */);
create table ISSR (ISSR_ID integer primary key, ISSR_NM text);
insert into BND values (1, 'Fen 27', 1, 100), (2, 'Ley 29', 1, 50);
insert into ISSR values (1, 'Fen'), (2, 'Ley');
`);
afterAll(() => {
  leases.close();
  notes.close();
});

describe('leases', () => {
  itReads(
    leases,
    `
how many lessees are there
  select count(*) from ls_lessee
  [[2]]
lessees domiciled in Luxembourg
  select name from ls_lessee where domicile = 'LU'
  [["Aurel Air"]]
airlines, and where they are from
  select name, domicile from ls_lessee where kind = 'AIR'
  [["Aurel Air","LU"]]
dollar contracts with their rent
  select contract_no, rent_cents from ls_contract where ccy = 'USD'
  [["C-1",100000],["C-3",50000]]
contracts that are still running
  select contract_no from ls_contract where closed_on is null
  [["C-1"],["C-3"]]
contracts falling due in 2024
  select contract_no from ls_contract where due_date between '2024-01-01' and '2024-12-31'
  [["C-2"],["C-3"]]
total rent in 2023, by due date
  select sum(rent_cents) from ls_contract where due_date between '2023-01-01' and '2023-12-31'
  [[100000]]
highest deposit limit, and whose is it
  select name, deposit_limit from ls_lessee order by deposit_limit desc limit 1
  [["Bight Lines",900]]
average margin in percent
  select avg(100.0 * margin) from ls_contract
  [[3]]
contract numbers with a negative gain at the end of 2023
  select distinct t1.contract_no from ls_contract as t1 join ls_mark as t2 on t2.contract_id = t1.contract_id where t2.gain < 0 and t2.mark_date = '2023-12-31'
  [["C-2"]]
rent cost per lessee in dollars, largest first
  select t2.name, sum(t1.rent_cents / 100.0) from ls_contract as t1 join ls_lessee as t2 on t1.lessee_id = t2.lessee_id where t1.ccy = 'USD' group by t2.lessee_id, t2.name order by sum(t1.rent_cents / 100.0) desc
  [["Aurel Air",1000],["Bight Lines",500]]
companywide rent in 2023 in euros
  select sum(rent_cents / 100.0) from ls_contract where signed_on between '2023-01-01' and '2023-12-31' and ccy = 'EUR'
  [[2500]]
contracts signed in 2023, with due date
  select contract_no, due_date from ls_contract where signed_on between '2023-01-01' and '2023-12-31'
  [["C-1","2023-03-01"],["C-2","2024-01-15"]]
book gain per contract at the end of 2024
  select t2.contract_no, sum(t1.gain) from ls_mark as t1 join ls_contract as t2 on t1.contract_id = t2.contract_id where t1.mark_date = '2024-12-31' group by t2.contract_id, t2.contract_no
  [["C-1",-3],["C-3",4]]
which lessees led contracts in 2023
  select distinct t1.name from ls_lessee as t1 join ls_contract as t2 on t2.lessee_id = t1.lessee_id where t2.is_lead = 'yes' and t2.signed_on between '2023-01-01' and '2023-12-31'
  [["Aurel Air"]]
contracts where rent is more than one and a half times the average rent
  select contract_no from ls_contract where rent_cents > 1.5 * (select avg(rent_cents) from ls_contract)
  [["C-2"]]
list the contracts with lessee and margin, largest first
  select t1.contract_no, t2.name, t1.margin from ls_contract as t1 join ls_lessee as t2 on t1.lessee_id = t2.lessee_id order by t1.margin desc
  [["C-2","Bight Lines",0.04],["C-3","Bight Lines",0.03],["C-1","Aurel Air",0.02]]
`,
  );
  itLeavesUnread(leases, [
    ['total rent in 2023 by due date', 'by which day, or of each'],
    ['contracts at the end of 2023', 'what ends then'],
    ['list the contracts with lessee, margin and rent, largest first', 'the largest of what first'],
    ['positive gain', 'ls_mark has no label'],
    ['deposit limit and whose is it', 'whose of what'],
  ]);
});

describe('names without their vowels', () => {
  itReads(
    notes,
    `
names of all bonds
  select bnd_nm from bnd
  [["Fen 27"],["Ley 29"]]
total face amount per issuer
  select t2.issr_nm, sum(t1.nom_amt) from bnd as t1 join issr as t2 on t1.issr_id = t2.issr_id group by t2.issr_id, t2.issr_nm
  [["Fen",150]]
face amount of each bond, biggest on top
  select bnd_nm, sum(nom_amt) from bnd group by bnd_id, bnd_nm order by sum(nom_amt) desc
  [["Fen 27",100],["Ley 29",50]]
`,
  );
});
