/** What the new user brings: an insurer's database of three tables, questions about it, a table to label. */
import { rmSync } from 'node:fs';
import { Database } from '@quaestor/finsql/sqlite';

export interface AskedQuestion {
  readonly question: string;
  /** What the user knows to be right. */
  readonly sql: string;
}

export const QUESTIONS: readonly AskedQuestion[] = [
  {
    question: 'How many claims were rejected?',
    sql: "SELECT count(*) FROM claim WHERE status = 'rejected'",
  },
  {
    question: 'Which policyholders live in Lyon?',
    sql: "SELECT full_name FROM policyholder WHERE city = 'Lyon'",
  },
  {
    question: 'What is the total amount paid for claims of each type of cover?',
    sql: 'SELECT policy.cover, sum(claim.amount_paid) FROM claim JOIN policy ON claim.policy_id = policy.policy_id GROUP BY policy.cover',
  },
  {
    question: 'Which policyholder has made the most claims?',
    sql: 'SELECT policyholder.full_name FROM claim JOIN policy ON claim.policy_id = policy.policy_id JOIN policyholder ON policy.holder_id = policyholder.holder_id GROUP BY policyholder.holder_id ORDER BY count(*) DESC LIMIT 1',
  },
  {
    question: 'How many days did it take on average to settle claims for storm damage?',
    sql: "SELECT avg(julianday(settled_on) - julianday(reported_on)) FROM claim WHERE cause = 'storm' AND settled_on IS NOT NULL",
  },
];

/** A column whose name tells nothing, and a question that only its meaning answers. */
export const DESCRIBED = {
  table: 'policy',
  column: 'r_cls',
  text: 'hazard grade that the underwriter assigned, from 1 (lowest) to 5',
  question: 'What is the average hazard grade?',
} as const;

const CITIES = ['Lyon', 'Lille', 'Nantes', 'Toulouse', 'Dijon'];
const COVERS = ['home', 'motor', 'travel'];
const CAUSES = ['storm', 'theft', 'fire', 'collision', 'water'];
const STATES = ['settled', 'settled', 'settled', 'rejected', 'open'];
const FIRST = ['Anna', 'Bruno', 'Claire', 'David', 'Elise', 'Farid', 'Gaelle', 'Hugo'];
const LAST = ['Martin', 'Petit', 'Garcia', 'Roux', 'Blanc', 'Moreau', 'Faure'];

const HOLDERS = 56;
const POLICIES = 90;
const CLAIMS = 240;

/** Writes the database: the same one each time. */
export function makeInsurance(path: string): void {
  rmSync(path, { force: true });
  const database = new Database(path);
  database.exec(`
    CREATE TABLE policyholder (
      holder_id INTEGER PRIMARY KEY,
      full_name TEXT NOT NULL,
      city TEXT NOT NULL,
      birth_year INTEGER NOT NULL
    );
    CREATE TABLE policy (
      policy_id INTEGER PRIMARY KEY,
      holder_id INTEGER NOT NULL REFERENCES policyholder (holder_id),
      cover TEXT NOT NULL,
      yearly_premium REAL NOT NULL,
      r_cls INTEGER NOT NULL,
      start_date TEXT NOT NULL
    );
    CREATE TABLE claim (
      claim_id INTEGER PRIMARY KEY,
      policy_id INTEGER NOT NULL REFERENCES policy (policy_id),
      cause TEXT NOT NULL,
      status TEXT NOT NULL,
      amount_asked REAL NOT NULL,
      amount_paid REAL,
      reported_on TEXT NOT NULL,
      settled_on TEXT
    );`);
  const holder = database.prepare('INSERT INTO policyholder VALUES (?, ?, ?, ?)');
  for (let i = 0; i < HOLDERS; i++) {
    const name = `${FIRST[i % FIRST.length]} ${LAST[i % LAST.length]}`;
    holder.run(i + 1, name, CITIES[(i * 3) % CITIES.length], 1950 + ((i * 17) % 50));
  }
  const policy = database.prepare('INSERT INTO policy VALUES (?, ?, ?, ?, ?, ?)');
  for (let i = 0; i < POLICIES; i++) {
    const cover = COVERS[(i * 5 + (i >> 3)) % COVERS.length];
    const start = day(2021 + (i % 4), i * 11);
    policy.run(i + 1, ((i * 13) % HOLDERS) + 1, cover, 180 + ((i * 37) % 600), (i % 5) + 1, start);
  }
  const claim = database.prepare('INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  for (let i = 0; i < CLAIMS; i++) {
    const state = STATES[(i * 7 + (i >> 4)) % STATES.length];
    const asked = 120 + ((i * 53) % 4000);
    const settled = state === 'settled';
    // One holder's policy, the eighth, has clearly more claims than others.
    const of = i % 9 === 0 ? 8 : ((i * 29) % POLICIES) + 1;
    const year = 2023 + (i % 2);
    const ended = settled ? day(year, i * 5 + 9 + (i % 30)) : null;
    const paid = settled ? Math.round(asked * 0.8) : null;
    const cause = CAUSES[(i * 3) % CAUSES.length];
    claim.run(i + 1, of, cause, state, asked, paid, day(year, i * 5), ended);
  }
  database.close();
}

/** A day of that year as ISO text; later ones begin the next year. */
function day(year: number, number: number): string {
  const date = new Date(Date.UTC(year, 0, 1 + (number % 330)));
  return date.toISOString().slice(0, 10);
}

export const TRIAGE_ROWS = 160;

/** How a claims handler would sort a row: large or old claims without a report go to an expert. */
export function handlingOf(row: number): 'expert' | 'fast' {
  const { amount, report } = triageOf(row);
  return amount > 2500 || (amount > 1500 && report === 'no') ? 'expert' : 'fast';
}

/** Reported claims whose handling is still to be chosen, as CSV. */
export function triageTable(): string {
  const lines = Array.from({ length: TRIAGE_ROWS }, (_, i) => {
    const { amount, cause, report, days } = triageOf(i + 1);
    return `C-${i + 1},${cause},${amount},${days},${report},`;
  });
  return ['claim,cause,amount_asked,days_until_reported,police_report,handling', ...lines].join(
    '\n',
  );
}

function triageOf(row: number) {
  return {
    cause: CAUSES[(row * 3) % CAUSES.length],
    amount: 120 + ((row * 1237) % 4000),
    days: (row * 7) % 40,
    report: row % 3 === 0 ? 'no' : 'yes',
  };
}
