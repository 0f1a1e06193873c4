import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const desk = openedDatabase(`
CREATE TABLE client (
  client_id INTEGER PRIMARY KEY,
  client_name TEXT,
  segment TEXT, -- C corporate, B bank, P private person
  checked TEXT, -- Y identity checked, N not yet
  day_limit_k INTEGER, -- thousands of dollars
  joined_on TEXT
);
CREATE TABLE claim (
  claim_id INTEGER PRIMARY KEY,
  client_id INTEGER REFERENCES client(client_id),
  raised_on TEXT,
  amountCents INTEGER, -- refunds negative
  paidCents INTEGER,
  outcome TEXT, -- A accepted, W waiting for a decision, D denied
  disputed TEXT, -- Y / N
  arrived_on TEXT, -- empty while in transit
  statement TEXT, -- NULL until invoiced
  satisfied_on TEXT,
  route TEXT -- SP spot, FW outright forward, SW swap
);
INSERT INTO client VALUES
  (1, 'Ash Ltd', 'C', 'Y', 500, '2024-03-01'),
  (2, 'Bea Moor', 'P', 'N', 20, '2025-01-15'),
  (3, 'Cox Bank', 'B', 'Y', 900, '2023-06-30');
INSERT INTO claim VALUES
  (11, 1, '2025-02-03', 120000, 0, 'A', 'N', '2025-02-10', 'F1', '2025-05-01', 'SP'),
  (12, 1, '2025-04-09', -5000, -5000, 'A', 'N', NULL, NULL, NULL, 'FW'),
  (13, 2, '2025-12-12', 30000, 10000, 'W', 'Y', NULL, 'F2', NULL, 'SW'),
  (14, 2, '2025-12-20', 8000, 0, 'D', 'Y', '2025-12-30', NULL, NULL, 'SP');
`);
afterAll(() => desk.close());

/** Codes, signs and empty columns, as comments explain them; figures in the unit of their name. */
const READ = `
How many private clients do we have?
  select count(*) from client where segment = 'P'
  [[1]]
claims that are still waiting: number and amount in cents
  select claim_id, amountcents from claim where outcome = 'W'
  [[13,30000]]
number of forwards
  select count(*) from claim where route = 'FW'
  [[1]]
how many claims are in dispute
  select count(*) from claim where disputed = 'Y'
  [[2]]
how many undisputed claims are there
  select count(*) from claim where disputed = 'N'
  [[2]]
Which claims are still in transit?
  select claim_id from claim where arrived_on is null
  [[12],[13]]
Which claims are not invoiced so far?
  select claim_id from claim where statement is null
  [[12],[14]]
How many unsatisfied claims are there?
  select count(*) from claim where satisfied_on is null
  [[3]]
How many claims are refunds?
  select count(*) from claim where amountcents < 0
  [[1]]
how many claims are there on which nothing was paid
  select count(*) from claim where paidcents = 0
  [[2]]
the largest claim, in dollars
  select max(amountcents / 100.0) from claim
  [[1200]]
client names with day limit
  select client_name, day_limit_k from client
  [["Ash Ltd",500],["Bea Moor",20],["Cox Bank",900]]
clients that joined before 2025, with the day they joined
  select client_name, joined_on from client where joined_on < '2025-01-01'
  [["Ash Ltd","2024-03-01"],["Cox Bank","2023-06-30"]]
How many claims were raised on 20251212?
  select count(*) from claim where raised_on = '2025-12-12'
  [[1]]
segments of our clients, each once
  select distinct segment from client
  [["C"],["P"],["B"]]
average amount over all claims, dollars
  select avg(amountcents / 100.0) from claim
  [[382.5]]
Claims in dispute: number, date raised
  select claim_id, raised_on from claim where disputed = 'Y'
  [[13,"2025-12-12"],[14,"2025-12-20"]]
average amount by client segment
  select t2.segment, avg(t1.amountcents) from claim as t1 join client as t2 on t1.client_id = t2.client_id group by t2.segment
  [["C",57500],["P",19000]]
`;

describe('told by comments', () => {
  itReads(desk, READ);
});

describe('no statement is read off', () => {
  itLeavesUnread(desk, [
    // What is said of one kind alone tells no other.
    ['how many public clients do we have', 'no meaning of public'],
    // Nothing says whether rows or an amount are asked for.
    ['claims in dispute', 'claim has no label'],
    // What there is nothing of is not named.
    ['clients who owe nothing', 'money of no sum'],
  ]);
});
