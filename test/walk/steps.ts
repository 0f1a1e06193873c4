/** What a new user does, step by step; each step fails where the product lets the user down. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOrdered, sameResult } from '@quaestor/finsql';
import {
  DESCRIBED,
  handlingOf,
  makeInsurance,
  QUESTIONS,
  TRIAGE_ROWS,
  triageTable,
} from './insurance.ts';
import { type Body, Refusal, type WalkedServer } from './walked-server.ts';

/** What each step that is done came to, by name. */
export type Outcomes = Record<string, Body>;

export interface Step {
  readonly name: string;
  /** @throws Refusal, or Error, where it does not end as a user may expect */
  work(server: WalkedServer, before: Outcomes, home: string): Promise<Body>;
}

const DATABASE = 'claims';
const SHIPPED = 'finance-sql';
const OWN = 'claims-sql';
const SET = 'approved examples';
const LABELLED = 32;
const LEAST_ACCURACY = 0.8;

export const STEPS: readonly Step[] = [
  { name: 'upload a database', work: uploadDatabase },
  { name: 'ask five questions', work: (server) => askAll(server) },
  { name: 'describe a column', work: describeColumn },
  { name: 'correct and approve', work: correct },
  { name: 'evaluate the shipped adapter', work: (server) => evaluate(server, SHIPPED) },
  { name: 'train an own one', work: train },
  { name: 'evaluate the own one', work: evaluateOwn },
  { name: 'activate it', work: activate },
  { name: 'ask again', work: askAgain },
  { name: 'label a table', work: label },
  { name: 'classify and download', work: classify },
];

async function uploadDatabase(server: WalkedServer, _: Outcomes, home: string): Promise<Body> {
  const file = join(home, 'insurance.sqlite');
  makeInsurance(file);
  const path = `/api/databases?name=${DATABASE}&replace=true&wait=60`;
  await server.send('POST', path, Uint8Array.from(readFileSync(file)), {
    'Content-Type': 'application/octet-stream',
  });
  const { tables, examples } = await server.get(`/api/databases/${DATABASE}`);
  expect(tables.length === 3, `three tables, not ${tables.length}`);
  expect(examples.length > 0, 'questions to start with');
  return { tables: tables.length, offered: examples.length };
}

/** Asks all and compares rows with those of the SQL that the user knows to be right. */
async function askAll(server: WalkedServer): Promise<Body> {
  const answers: Body[] = [];
  for (const { question, sql } of QUESTIONS) {
    const answer = await server.post('/api/ask', { question, database: DATABASE });
    const gold = await server.post(`/api/databases/${DATABASE}/query`, { sql });
    const right = answer.kind === 'answered' && sameResult(gold.rows, answer.rows, isOrdered(sql));
    const seconds =
      answer.trace.reduce((sum: number, one: Body) => sum + one.milliseconds, 0) / 1000;
    answers.push({
      ...{ question, right, kind: answer.kind, sql: answer.sql, id: answer.id },
      ...{ abstained: answer.abstained?.code ?? null, seconds: Number(seconds.toFixed(1)) },
    });
  }
  return { right: answers.filter(({ right }) => right).length, of: answers.length, answers };
}

/** The meaning of a column with a cryptic name counts for the very next question. */
async function describeColumn(server: WalkedServer): Promise<Body> {
  const { table, column, text, question } = DESCRIBED;
  const ask = () => server.post('/api/ask', { question, database: DATABASE });
  const before = await ask();
  await server.send(
    'PATCH',
    `/api/databases/${DATABASE}/descriptions`,
    JSON.stringify({ descriptions: [{ table, column, text }] }),
    { 'Content-Type': 'application/json' },
  );
  const after = await ask();
  expect(after.sql.includes(column), `${column} in the SQL, which is: ${after.sql}`);
  return { before: before.sql, after: after.sql };
}

/** A thumb for what is right, the right SQL for what is not; then approves all. */
async function correct(server: WalkedServer, before: Outcomes): Promise<Body> {
  const answers: Body[] = before['ask five questions']?.answers ?? [];
  let corrected = 0;
  for (const [i, { question, sql: known }] of QUESTIONS.entries()) {
    const { right, sql, id } = answers[i] ?? {};
    const said = { database: DATABASE, question, answer_id: id, ...(sql !== '' && { sql }) };
    const body = right
      ? { ...said, verdict: 'up' }
      : { ...said, verdict: 'down', corrected_sql: known };
    if (!right) corrected++;
    const { example } = await server.post('/api/feedback', body, {
      'Idempotency-Key': `walk-${i}`,
    });
    const { state } = await server.get(`/api/examples/${example.id}`);
    if (state === 'pending') await server.post(`/api/examples/${example.id}/approve`, {});
  }
  const { data } = await server.get(`/api/examples?state=approved&database=${DATABASE}`);
  expect(data.length === QUESTIONS.length, `${QUESTIONS.length} approved, not ${data.length}`);
  return { corrected, approved: data.length };
}

async function evaluate(server: WalkedServer, adapter: string): Promise<Body> {
  const path = `/api/adapters/${adapter}/evaluate`;
  const { result } = await server.job(path, { set: SET }, `walk-evaluate-${adapter}`);
  const { accuracy, correct: right, scored } = result;
  return { adapter, accuracy, correct: right, scored };
}

async function train(server: WalkedServer): Promise<Body> {
  const body = {
    ...{ name: OWN, from: SHIPPED, databases: [DATABASE], replace: true },
    ...{ num_train_epochs: 100, max_steps: 24, batch_size: 2, save_steps: 6, learning_rate: 2e-4 },
  };
  const { result } = await server.job('/api/adapters', body, 'walk-train');
  return { data: result.data, steps: result.steps, job_seconds: result.seconds };
}

async function evaluateOwn(server: WalkedServer, before: Outcomes): Promise<Body> {
  const scored = await evaluate(server, OWN);
  const earlier = before['evaluate the shipped adapter']?.accuracy;
  expect(scored.accuracy > earlier, `more than ${earlier} %, not ${scored.accuracy} %`);
  return { ...scored, before: earlier };
}

async function activate(server: WalkedServer): Promise<Body> {
  const changed = await server.post(`/api/adapters/${OWN}/activate`, {});
  const { model } = await server.get('/api/health');
  expect(model.name.includes(OWN), `${OWN} answers, not ${model.name}`);
  return { model: model.name, compared: changed.compared };
}

async function askAgain(server: WalkedServer, before: Outcomes): Promise<Body> {
  const again = await askAll(server);
  const earlier = before['ask five questions']?.right;
  expect(again.right > earlier, `more than ${earlier} right, not ${again.right}`);
  return { ...again, before: earlier };
}

/** Uploads claims, and labels those that the model is least sure of. */
async function label(server: WalkedServer): Promise<Body> {
  const upload = await server.send('POST', '/api/uploads?name=triage.csv', triageTable(), {
    'Content-Type': 'text/csv',
  });
  const { id } = await server.post('/api/labellings', { upload: upload.id });
  await server.post(`/api/labellings/${id}/settings`, {
    ...{ target: 'handling', classes: ['expert', 'fast'] },
    features: ['cause', 'amount_asked', 'days_until_reported', 'police_report'],
  });
  const give = (rows: readonly number[]) =>
    server.post(`/api/labellings/${id}/labels`, {
      labels: rows.map((row) => ({ row, label: handlingOf(row) })),
    });
  await give(Array.from({ length: LABELLED / 2 }, (_, i) => i + 1));
  let fit = await server.get(`/api/labellings/${id}/fit`);
  while (fit.labelled < LABELLED) {
    const rows = fit.suggestions.slice(0, 4).map(({ row }: Body) => row);
    expect(rows.length > 0, 'rows to label next');
    await give(rows);
    fit = await server.get(`/api/labellings/${id}/fit`);
  }
  return { labelling: id, labelled: fit.labelled, auc: fit.report?.figures.auc.value ?? null };
}

/** Labels the rest, downloads the table and counts how many a handler would have sorted the same way. */
async function classify(server: WalkedServer, before: Outcomes): Promise<Body> {
  const { labelling } = before['label a table'] ?? {};
  const { id } = await server.job(
    '/api/classifications',
    { labelling },
    `walk-classify-${labelling}`,
  );
  const file = await server.text('GET', `/api/classifications/${id}/result?with=table`);
  const [head = '', ...lines] = file.trim().split('\n');
  const at = head.split(',').indexOf('handling');
  expect(lines.length === TRIAGE_ROWS, `${TRIAGE_ROWS} rows, not ${lines.length}`);
  const right = lines.filter((line, i) => line.split(',')[at] === handlingOf(i + 1)).length;
  const accuracy = right / TRIAGE_ROWS;
  expect(accuracy >= LEAST_ACCURACY, `${LEAST_ACCURACY} of the rows right, not ${accuracy}`);
  return { rows: lines.length, accuracy: Number(accuracy.toFixed(3)), bytes: file.length };
}

function expect(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Refusal(`Expected ${what}.`);
}
