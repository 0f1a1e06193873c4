/**
 * From corrections to a better adapter, with a tiny model and real processes: examples are approved, an
 * adapter is trained on them (and its process killed in between), scored, made to answer, and changed back.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stateFolder } from '@quaestor/peft';
import { writeTinyModel } from '@quaestor/peft/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AdapterRecords } from '../apps/server/src/adapters/adapter-records.ts';
import { adapterFingerprint } from '../apps/server/src/adapters/fingerprint.ts';
import { JobStore } from '../apps/server/src/jobs/job-store.ts';
import { makeFundDatabase } from './demo-server.ts';
import { checkedFetch } from './server/checked-fetch.ts';

let home: string;
let server: { readonly url: string; readonly pid: number; close(): Promise<void> };
/** What the server said of faults that it did not expect. */
let faults = '';

const QUESTIONS = [
  ['How many funds are there?', 'SELECT count(*) FROM fund'],
  ['Which managers are there?', 'SELECT name FROM fund_manager'],
  ['How large is each fund?', 'SELECT fund_name, total_assets FROM fund'],
  ['What was the net value?', 'SELECT net_value FROM fund_value'],
] as const;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'quaestor-adapters-'));
  mkdirSync(join(home, 'databases'));
  makeFundDatabase(join(home, 'databases', 'fund.sqlite'));
  symlinkSync(stateFolder('engine'), join(home, 'engine'));
  writeTinyModel(join(home, 'models', 'tiny'));
  const dev = [{ question: QUESTIONS[3][0], db_id: 'fund', query: QUESTIONS[3][1] }];
  writeFileSync(join(home, 'dev.json'), JSON.stringify(dev));
  server = await start();
});

afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

const program = fileURLToPath(new URL('jobs/server-process.ts', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** A server in a process of its own, with its model loaded. */
async function start(): Promise<typeof server> {
  const options = {
    home,
    port: 0,
    model: join(home, 'models', 'tiny'),
    evaluationSets: { dev: join(home, 'dev.json') },
  };
  const child: ChildProcess = spawn(
    process.execPath,
    ['--conditions=@quaestor/source', '--import', tsx, program, JSON.stringify(options)],
    // Wherever it is started: the model has a process of its own, which is to find what it needs.
    { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  child.stderr?.on('data', (text) => {
    faults += text;
  });
  const [url] = await once(child.stdout as NodeJS.ReadableStream, 'data');
  return {
    url: String(url).trim(),
    pid: child.pid ?? Number.NaN,
    close: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

interface Body {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly model: { readonly name: string };
}

async function call(method: string, path: string, body?: unknown): Promise<[number, Body]> {
  const response = await checkedFetch(server.url + path, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return [response.status, (await response.json()) as Body];
}

/** The job when it is over. */
async function watched([status, { id }]: [number, Body]): Promise<Body> {
  expect(status).toBe(202);
  const get = async () => (await call('GET', `/api/jobs/${id}`))[1];
  await expect
    .poll(async () => (await get()).state, { timeout: 60_000 })
    .toMatch(/succeeded|failed|interrupted/);
  return get();
}

async function finish(queued: [number, Body]): Promise<Body> {
  const job = await watched(queued);
  expect(job.error).toBeNull();
  return job;
}

/** What wrote the SQL of an answer. */
async function generator(): Promise<unknown> {
  const response = await fetch(`${server.url}/api/ask`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify({ question: 'Which managers are there of funds?', database: 'fund' }),
  });
  return /"generator":"([^"]*)"/.exec(await response.text())?.[1];
}

function killModel(): void {
  const pids = execFileSync('pgrep', ['-P', String(server.pid), '-f', 'model-child'], {
    encoding: 'utf8',
  });
  process.kill(Number(pids.trim()), 'SIGKILL');
}

const modelName = async () => (await call('GET', '/api/health'))[1].model.name;

it('trains on approved examples, goes on after a kill, and puts the adapter into the hub', async () => {
  expect(await modelName()).toBe('tiny without adapter');
  for (const [question, sql] of QUESTIONS) {
    const [, { example }] = await call('POST', '/api/feedback', {
      ...{ verdict: 'down', database: 'fund', question, corrected_sql: sql },
    });
    await call('POST', `/api/examples/${(example as Body).id}/approve`);
  }
  const queued = await call('POST', '/api/adapters', {
    ...{ name: 'own', max_steps: 150, num_train_epochs: 100, batch_size: 2, save_steps: 3 },
    settings: { r: 2 },
  });
  const { id } = queued[1];
  const store = new JobStore(join(home, 'jobs.sqlite'));
  const events = () => store.events(id, 0, 10_000);
  await expect
    .poll(() => events().some(({ type }) => type === 'checkpoint'), {
      timeout: 60_000,
      interval: 5,
    })
    .toBe(true);
  process.kill(store.running()[0]?.worker?.pid ?? Number.NaN, 'SIGKILL');
  const job = await finish(queued);
  expect(job).toMatchObject({
    attempts: 2,
    result: {
      adapter: 'own',
      data: { questions: 3, approved: 3, held_out: 1, without_database: 0 },
      examples: 3,
      steps: 150,
    },
  });
  const steps = events().flatMap(({ type, data }) => (type === 'step' ? [Number(data.step)] : []));
  // It went on after a step that was kept: the first attempt's are not all done again.
  const again = steps.findIndex((step, i) => i > 0 && step <= (steps[i - 1] as number));
  expect(again === -1 ? steps[0] : steps[again]).toBeGreaterThan(again === -1 ? 0 : 1);
  expect(new Set(steps)).toEqual(new Set(Array.from({ length: 150 }, (_, i) => i + 1)));
  expect(events().some(({ data }) => /going on after step/.test(JSON.stringify(data.text)))).toBe(
    true,
  );
  store.close();
  const [, card] = await call('GET', '/api/adapters/own');
  expect(card).toMatchObject({
    type: 'LORA',
    rank: 2,
    base_model: 'tiny',
    active: false,
    scores: [],
  });
  expect(JSON.stringify(card)).not.toContain(home);
  expect((await call('POST', '/api/adapters', { name: 'own' }))[1].code).toBe('conflict');
}, 120_000);

it('scores adapters, and answers with a better one without a restart', async () => {
  const job = await finish(await call('POST', '/api/adapters/own/evaluate', { set: 'dev' }));
  expect(job.result).toMatchObject({ adapter: 'own', set: 'dev', scored: 1 });
  const [, { scores }] = await call('GET', '/api/adapters/own');
  expect(scores).toMatchObject([{ set: 'dev', scored: 1, job: job.id }]);
  // Of the four that were approved one measures accuracy and was not trained on; all are asked here.
  const set = 'approved examples';
  const taught = await finish(await call('POST', '/api/adapters/own/evaluate', { set }));
  expect(taught.result).toMatchObject({ adapter: 'own', set, scored: 4 });
  expect((await call('GET', '/api/evaluation-sets'))[1].data).toMatchObject([
    { name: 'dev', questions: 1 },
    { name: set, questions: 4, databases: ['fund'] },
  ]);
  const [status, changed] = await call('POST', '/api/adapters/own/activate', {});
  expect([status, changed]).toEqual([
    200,
    { active: 'own', by_hand: true, before: null, compared: [] },
  ]);
  expect(await modelName()).toBe('tiny + own');
  expect(await generator()).toBe('tiny + own');
}, 120_000);

it('refuses a worse one unless it is forced, and goes back', async () => {
  const composed = await call('POST', '/api/compositions', {
    ...{ name: 'half', adapters: ['own'], weights: [0.5] },
  });
  expect((await finish(composed)).result).toEqual({ adapter: 'half' });
  expect((await call('POST', '/api/adapters/half/activate', {}))[1].code).toBe('not-compared');
  const records = new AdapterRecords(join(home, 'adapters.sqlite'));
  const print = (name: string) => adapterFingerprint(join(home, 'adapters', name));
  const figures = { set: 'all', set_fingerprint: 'a', scored: 10, executable: 100, median_ms: 1 };
  const at = '2026-01-01T00:00:00Z';
  records.addScore('own', print('own'), { ...figures, accuracy: 50, correct: 5, job: 'a', at });
  records.addScore('half', print('half'), { ...figures, accuracy: 40, correct: 4, job: 'b', at });
  records.close();
  const [status, problem] = await call('POST', '/api/adapters/half/activate', {});
  expect([status, problem.code]).toEqual([409, 'scores-lower']);
  expect(problem.detail).toContain('40.0 against 50.0 on all');
  expect(await modelName()).toBe('tiny + own');
  await call('POST', '/api/adapters/half/activate', { force: true });
  expect(await modelName()).toBe('tiny + half');
  killModel();
  await expect.poll(generator, { timeout: 60_000 }).toBe('tiny + half');
  const [, back] = await call('POST', '/api/activations/roll-back');
  expect(back).toMatchObject({ active: 'own', before: 'half' });
  const [, { data }] = await call('GET', '/api/activations');
  expect(data).toMatchObject([
    { adapter: 'own', forced: false },
    { adapter: 'half', forced: true },
    { adapter: 'own', forced: false },
    { adapter: null, author: 'start' },
  ]);
  expect((await fetch(`${server.url}/api/adapters/own`, { method: 'DELETE' })).status).toBe(409);
}, 120_000);

it('answers each database with its own adapter again, which a restart remembers', async () => {
  const made = join(home, 'adapters', 'fund-sql');
  cpSync(join(home, 'adapters', 'half'), made, { recursive: true });
  writeFileSync(join(made, 'quaestor.json'), JSON.stringify({ databases: ['fund'] }));
  const answersAbout = async () => (await call('GET', '/api/adapters/fund-sql'))[1].answers_about;
  expect([await answersAbout(), await generator()]).toEqual([[], 'tiny + own']);
  const [status, released] = await call('POST', '/api/activations/release');
  expect([status, released]).toMatchObject([200, { by_hand: false, before: 'own' }]);
  const now = { active: released.active, by_hand: false };
  const itsOwn = async () => {
    expect([await answersAbout(), await generator()]).toEqual([['fund'], 'tiny + fund-sql']);
    expect((await call('GET', '/api/activations'))[1].now).toEqual(now);
  };
  await itsOwn();
  killModel();
  await expect.poll(generator, { timeout: 60_000 }).toBe('tiny + fund-sql');
  await itsOwn();
  await server.close();
  server = await start();
  await itsOwn();
  // Once more changes nothing, and is no line of the history.
  expect((await call('POST', '/api/activations/release'))[1]).toMatchObject(now);
  const [, back] = await call('POST', '/api/activations/roll-back');
  expect(back).toMatchObject({ active: 'own', by_hand: true, before: released.active });
  expect([await answersAbout(), await generator()]).toEqual([[], 'tiny + own']);
  const [, { data }] = await call('GET', '/api/activations');
  expect(data).toMatchObject([
    { adapter: 'own', by_hand: true },
    { adapter: released.active, by_hand: false },
    { adapter: 'own', by_hand: true },
    { adapter: 'half', by_hand: true },
    { adapter: 'own', by_hand: true },
    { adapter: null, by_hand: false, author: 'start' },
  ]);
  rmSync(made, { recursive: true });
}, 120_000);

it('searches the weights of adapters by examples, and tells each trial', async () => {
  const { id, state, result, error } = await watched(
    await call('POST', '/api/compositions/search', {
      ...{ name: 'found', adapters: ['own'], shots: 2, budget: 8, databases: ['fund'] },
    }),
  );
  const store = new JobStore(join(home, 'jobs.sqlite'));
  const steps = store
    .events(id, 0, 1000)
    .flatMap(({ type, data }) => (type === 'step' ? [data] : []));
  store.close();
  // `own` was trained on these questions, so some weight of it does better than none.
  expect([state, error]).toEqual(['succeeded', null]);
  expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(steps[0]).toMatchObject({ totalSteps: 8, weights: [0] });
  const best = Math.min(...steps.map(({ objective }) => Number(objective)));
  expect(result).toMatchObject({ adapter: 'found', adapters: ['own'], objective: best });
  const [, card] = await call('GET', '/api/adapters/found');
  expect(card).toMatchObject({ type: 'LORA', recipe: { adapters: ['own'] } });
  expect(JSON.stringify(card)).not.toContain(home);
}, 120_000);

it('ends streams when it stops; the next one has the same adapter and goes on with the job', async () => {
  const [, { id }] = await call('POST', '/api/adapters', {
    ...{ name: 'more', max_steps: 5000, num_train_epochs: 5000, batch_size: 2, save_steps: 3 },
    settings: { r: 2 },
  });
  const job = async () => (await call('GET', `/api/jobs/${id}`))[1];
  const running = { timeout: 60_000 };
  await expect.poll(async () => (await job()).progress, running).not.toBeNull();
  const followed = await fetch(`${server.url}/api/jobs/${id}/events`);
  const events = followed.text();
  await server.close();
  expect(await events).toContain('event: progress');
  server = await start();
  await expect.poll(async () => (await job()).attempts, running).toBe(2);
  await call('POST', `/api/jobs/${id}/cancel`);
  await expect.poll(async () => (await job()).state, running).toBe('cancelled');
  expect(await modelName()).toBe('tiny + own');
  expect(faults).toBe('');
}, 180_000);
