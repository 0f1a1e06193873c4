/** Rows that have one of something, that are so and not whether they are, and rows under a person of two names. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const billing = openedDatabase(`
create table agents (agent_id integer primary key, first_name text, last_name text, manager_id integer, nick text);
create table contracts (
  contract_id integer primary key, contract_no text, agent_id integer references agents (agent_id),
  on_hold integer, discount_pct real, note text, fee real
);
create table transfers (
  transfer_id integer primary key, contract_id integer references contracts (contract_id),
  sent_at text, failed boolean, failure_code text, amount real
);
create table contract_lines (
  contract_id integer references contracts (contract_id), line_no integer, memo text, price real,
  primary key (contract_id, line_no)
);
insert into agents values (1, 'Ida', 'Fen', null, 'If'), (2, 'Ida', 'Marsh', 1, null), (3, 'Jo', 'Berg', 2, null);
insert into contracts values (1, 'C-1', 2, 0, null, 'old', 5), (2, 'C-2', 3, 1, 10, null, 6), (3, 'C-3', 3, 0, 0, null, 7);
insert into transfers values
  (1, 1, '2024-01-05 08:00:00', 0, null, 5), (2, 2, '2024-03-01 09:00:00', 1, 'limit', 6), (3, 2, '2023-03-01 09:00:00', 1, null, 6);
insert into contract_lines values (1, 1, 'late', 3), (1, 2, null, 2), (2, 1, null, 6);
`);
afterAll(billing.close);

describe('rows with one of something', () => {
  itReads(
    billing,
    `
contracts with a note
  select contract_no from contracts where note is not null
  [["C-1"]]
How many contracts have a discount?
  select count(*) from contracts where discount_pct <> 0
  [[1]]
which contract lines have a memo
  select contract_id, line_no from contract_lines where memo is not null
  [[1,1]]
how many transfers with a failure code in 2024
  select count(*) from transfers where failure_code is not null and sent_at >= '2024-01-01' and sent_at < '2025-01-01'
  [[1]]
contracts with note
  select contract_no, note from contracts
  [["C-1","old"],["C-2",null],["C-3",null]]
contracts with a fee
  select contract_no, fee from contracts
  [["C-1",5],["C-2",6],["C-3",7]]
contracts on hold
  select contract_no from contracts where on_hold = 1
  [["C-2"]]
who reports to Ida Fen
  select first_name, last_name from agents where manager_id in (select agent_id from agents where first_name = 'Ida' and last_name = 'Fen')
  [["Ida","Marsh"]]
`,
  );
  itLeavesUnread(billing, [
    ['failed transfers in 2024', 'rows that are so, or whether they are'],
    ['list contracts and whether they are on hold', 'no meaning of whether'],
  ]);
});
