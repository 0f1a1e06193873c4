/** Who reads Chinese meets no English sentence: what the page's flows say, with a real server and its jobs. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { writeAdapter } from '@quaestor/peft';
import { learnTable, saveModel } from '@quaestor/tabllm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoServer, startDemoServer } from '../demo-server.ts';
import { type Body, bodyOf, send } from './requests.ts';

let server: DemoServer;

beforeAll(async () => {
  server = await startDemoServer({ prepare: prepareAdapters });
  await prepareClassifier(server.home);
});

afterAll(async () => {
  await server.close();
  expect(server.unexpected).toEqual([]);
});

/** Fields that hold words of ours for people, on every level of a body. */
const WORDS = new Set([
  ...['title', 'detail', 'errors', 'message', 'text', 'warnings', 'problem', 'problems'],
]);
/** Four English words in a row are a sentence: names and values have fewer. */
const ENGLISH = /[a-z]{2,}(?:[ ,;:.]+[a-z]{2,}){3}/i;

function wordsIn(value: unknown, said = false): string[] {
  if (typeof value === 'string') return said ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  const inside = Array.isArray(value)
    ? value.map((one) => [said, one] as const)
    : Object.entries(value).map(([key, inner]) => [WORDS.has(key), inner] as const);
  return inside.flatMap(([isSaid, inner]) => wordsIn(inner, isSaid));
}

/** @returns the words, all of them Chinese */
function expectChinese(value: unknown): readonly string[] {
  const words = wordsIn(value);
  expect(words).not.toEqual([]);
  for (const one of words) {
    expect(one).toMatch(/\p{Script=Han}/u);
    expect(one).not.toMatch(ENGLISH);
  }
  return words;
}

const headers = { 'Accept-Language': 'zh-CN,zh;q=0.9' };

function call(path: string, body?: unknown): Promise<Response> {
  return send(server.url, path, { headers, ...(body === undefined ? {} : { body }) });
}

async function upload(text: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  return fetch(`${server.url}/api/uploads?name=t.csv`, { method: 'POST', headers, body: text });
}

const uploaded = async (text: string): Promise<string> => (await bodyOf(upload(text))).id;

async function labelling(text: string): Promise<Response> {
  return call('/api/labellings', { upload: await uploaded(text) });
}

async function expectProblem(sent: Promise<Response> | Response, detail: RegExp): Promise<void> {
  const response = await sent;
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.headers.get('Content-Language')).toBe('zh');
  const problem = await bodyOf(response);
  expectChinese(problem);
  expect(problem.detail).toMatch(detail);
}

/** The job when it is over, and its events. */
async function ended(sent: Promise<Response>): Promise<Body & { readonly events: string }> {
  const { id } = await bodyOf(sent);
  // The stream ends with the job.
  const events = await (await call(`/api/jobs/${id}/events`)).text();
  return { ...(await bodyOf(call(`/api/jobs/${id}`))), events };
}

/** The words of events: those of a training step are figures. */
function expectChineseEvents(events: string): void {
  const told = events
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice('data: '.length)));
  expectChinese(told);
}

const SIZES = Array.from({ length: 20 }, (_, i) => `${i},${i % 3},${i < 10 ? 'small' : 'large'}`);
/** A header twice, one that is missing, a row that is too short. */
const RAGGED = ['size,size,,kind', ...SIZES.map((line) => `1,${line}`), '1,2,3'].join('\n');

describe('a table that is uploaded', () => {
  it.each([
    ['empty', '', /文件是空的/],
    ['a ZIP file', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), /只能上传/],
  ])('is refused where it is %s', async (_what, text, detail) => {
    await expectProblem(upload(text), detail);
  });

  it.each([
    ['has a quote that is never closed', 'a,b\n1,"2\n3,4\n', /第 1 行有没有闭合的引号/],
    ['has only a header', 'a,b\n', /没有数据行/],
    ['has nothing but blank lines', '\n\n\n', /连表头都没有/],
  ])('cannot be labelled where it %s', async (_what, text, detail) => {
    await expectProblem(labelling(text), detail);
  });

  it('is told of with its faults', async () => {
    const shown = await bodyOf(call(`/api/uploads/${await uploaded(RAGGED)}`));
    expect(expectChinese({ warnings: shown.warnings })).toEqual([
      '第 2 列与另一列的表头相同（size），已改称 size_2',
      '第 3 列没有表头，已称为 column_3',
    ]);
    const { id, ...described } = await bodyOf(labelling(RAGGED));
    expectChinese({ warnings: described.warnings, problems: described.problems });
    const { data } = await bodyOf(call(`/api/labellings/${id}/rows?show=problems`));
    expect(expectChinese({ problems: data })).toContain('有 3 个单元格，而表头有 4 个');
  });

  it('teaches nothing with one label only', async () => {
    const { id } = await bodyOf(labelling('size,kind\n1,small\n2,small\n3,\n'));
    await expectProblem(
      call(`/api/labellings/${id}/settings`, { target: 'kind' }),
      /至少要有两个类别/,
    );
    await call(`/api/labellings/${id}/settings`, { target: 'kind', classes: ['small', 'large'] });
    await expectProblem(call(`/api/labellings/${id}/fit`), /列“kind”只有标签“small”/);
  });
});

describe('a classification', () => {
  it.each([
    ['a template with a brace that is no column', { template: 'It is {colour}.' }, /colour/],
    ['a template without a column', { template: 'It is {{large}}.' }, /模板中没有列名/],
    ['a target that is no column', { target: 'colour' }, /没有名为“colour”的列/],
  ])('is refused for %s', async (_what, given, detail) => {
    const table = await uploaded(['size,shade,kind', ...SIZES].join('\n'));
    await expectProblem(
      call('/api/classifications', { upload: table, target: 'kind', tabular: true, ...given }),
      detail,
    );
  });

  it('tells what it does, and what is odd about its table', async () => {
    const table = await uploaded(RAGGED);
    const params = { upload: table, target: 'kind', tabular: true, trees: 10 };
    const { events, ...job } = await ended(call('/api/classifications', params));
    expect(job).toMatchObject({ state: 'succeeded' });
    expectChinese(job);
    expectChineseEvents(events);
  });
});

describe('a saved classifier', () => {
  it('tells what it warned of when it learned', async () => {
    const { warnings } = await bodyOf(call('/api/classifiers/things'));
    expect(expectChinese({ warnings })).toEqual([
      expect.stringMatching(/仅凭列“size”就能得出“kind”/),
    ]);
  });

  it('tells what a table lacks, and what is odd about it', async () => {
    const check = async (text: string) =>
      bodyOf(call('/api/classifiers/things/check', { upload: await uploaded(text) }));
    expect(expectChinese(await check('Size,SIZE,shade\n1,1,2\n'))).toContain(
      '缺少列“size”（类别），是不是“Size”？',
    );
    expect(expectChinese(await check('size,shade,more\n2020-01-01,1,x\n2020-01-02,2\n'))).toEqual([
      '列“more”没有学习过，不会用到',
      'size：2 个单元格中有 2 个是没有见过的值，例如第 1 行的“2020-01-01”',
      '前 2 行中有 1 行有问题',
    ]);
  });
});

describe('an example', () => {
  it('has notes for who reviews it', async () => {
    const sql = 'SELECT count(*) FROM fund';
    const question = 'How many funds are there?';
    const propose = (statement: string) =>
      call('/api/examples', { question, database: 'fund', sql: statement });
    await propose(sql);
    const { example } = (await bodyOf(propose(`${sql} WHERE fund_id > 1`))) as Body & {
      readonly example: Body & { readonly notes: readonly string[] };
    };
    expect(expectChinese({ warnings: example.notes }).join()).toMatch(/待审核.*SQL 不同/);
  });
});

describe('a form', () => {
  /** What JSON schemas say of their fields, on every level; who wrote a paper is no sentence. */
  function helpsIn(value: unknown): string[] {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) =>
      key === 'description' ? [inner.replaceAll(/\w+ et al\./g, '')] : helpsIn(inner),
    );
  }
  const listOf = async (path: string): Promise<readonly Body[]> => (await bodyOf(call(path))).data;

  it('tells what the settings of each method are for, and how much it trains', async () => {
    const methods = await listOf('/api/methods');
    const helps = helpsIn(methods);
    expect(helps).toContain('每个修正的秩');
    expect(helps.length).toBeGreaterThan(200);
    const parameters = methods.map((method) => String(method.parameters));
    // Some formulas have no words.
    const worded = parameters.filter((formula) => /\p{Script=Han}|[a-z]{4,}/u.test(formula));
    expect(worded.length).toBeGreaterThan(20);
    expectChinese({ problems: [...helps, ...worded] });
  });

  it('tells what the parameters of each job are for, and what it does', async () => {
    const kinds = await listOf('/api/job-kinds');
    const helps = helpsIn(kinds);
    expect(helps.length).toBeGreaterThan(40);
    expectChinese({ problems: [...helps, ...kinds.map((kind) => String(kind.summary))] });
  });
});

describe('an adapter', () => {
  it.each([
    ['that does not exist', '/api/adapters/absent', undefined, /没有名为 absent 的适配器/],
    [
      'that is not there to be scored',
      '/api/adapters/absent/evaluate',
      { set: 'x' },
      /没有名为 absent/,
    ],
    ['that is scored on no known questions', '/api/adapters/one/evaluate', { set: 'x' }, /问题集/],
    [
      'whose name is taken',
      '/api/compositions',
      { name: 'one', adapters: ['one'], weights: [1] },
      /已有名为 one 的适配器/,
    ],
    [
      'of one that does not exist',
      '/api/compositions',
      { name: 'new', adapters: ['absent'], weights: [1] },
      /没有名为 absent 的适配器，已有的适配器：.*one/,
    ],
    [
      'of one that is broken',
      '/api/compositions',
      { name: 'new', adapters: ['broken'], weights: [1] },
      /不是 JSON/,
    ],
    [
      'with settings that its method does not have',
      '/api/adapters',
      { name: 'new', method: 'lora', settings: { r: -1, init_lora_weights: 'x' } },
      /params\.settings\.r .*params\.settings\.init_lora_weights 应为/,
    ],
  ])('%s', async (_what, path, body, detail) => {
    await expectProblem(call(path, body), detail);
  });

  it('tells why it cannot be used', async () => {
    const { data } = await bodyOf(call('/api/adapters'));
    expect(expectChinese(data.filter(({ name }) => name === 'broken'))).toHaveLength(1);
  });

  it('is not composed of those that do not fit', async () => {
    const params = { name: 'new', adapters: ['one', 'other'], weights: [1, 1] };
    const { events, ...job } = await ended(call('/api/compositions', params));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'mismatch' } });
    expect(expectChinese(job).join()).toMatch(/other 的基础模型是 b，第一个适配器的是 a/);
    expectChineseEvents(events);
  });
});

describe('a database', () => {
  it('is made of a table with words about what was changed', async () => {
    const table = 'id,Id,n\n1,2,3\n2,3,x\n3\n';
    const params = { upload: await uploaded(table), database: 'made' };
    const { events, ...job } = await ended(call('/api/jobs', { kind: 'import', params }));
    expect(job).toMatchObject({ state: 'succeeded' });
    expectChinese(job);
    expectChineseEvents(events);
    const profile = await bodyOf(call('/api/databases/made/profile'));
    expect(expectChinese({ warnings: profile.warnings })).toHaveLength(3);
    await expectProblem(call('/api/jobs', { kind: 'import', params }), /已有数据库 made/);
  });

  it('that cannot be read is listed with the reason', async () => {
    const { data } = await bodyOf(call('/api/databases'));
    const broken = expectChinese(data.filter(({ name }) => name === 'broken'));
    expect(broken.join()).toMatch(/不是 SQLite 数据库/);
  });

  it('is not made of a file that is cut off', async () => {
    const file = join(server.home, 'whole.sqlite');
    const database = new Database(file);
    database.exec('CREATE TABLE a (b); CREATE TABLE c (d)');
    database.close();
    const whole = readFileSync(file);
    const { id } = await bodyOf(upload(whole.subarray(0, (2 * whole.length) / 3)));
    const params = { upload: id, database: 'cut' };
    const { events, ...job } = await ended(call('/api/jobs', { kind: 'import', params }));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'bad-upload' } });
    expect(expectChinese(job).join()).toMatch(/数据库文件的内容已损坏/);
    expectChineseEvents(events);
  });
});

describe('a statement', () => {
  it.each([
    ['SELECT fund FROM fund', '没有名为 fund 的列'],
    ['SELECT * FROM funds', '没有名为 funds 的表'],
    ['SELECT middle(total_assets) FROM fund', '没有名为 middle 的函数'],
    ['SELECT fund_name, FROM fund', '“FROM”附近有语法错误'],
    ['SELECT * FROM fund WHERE count(*) > 1', '聚合函数 count.. 用在了不允许的位置'],
    ['SELECT * FROM fund ORDER BY 99', 'ORDER BY 第 1 项的序号超出范围'],
    ['SELECT json_extract(fund_name, 1) FROM fund', 'JSON 格式有误'],
  ])('%s', async (sql, detail) => {
    await expectProblem(call('/api/databases/fund/query', { sql }), new RegExp(detail, 'i'));
  });
});

describe('a request', () => {
  it.each([
    ['{"sql": SELECT 1}', '不应出现“S”'],
    ['{"sql": "SELECT 1"', '内容不完整|属性值之后应为'],
    ['not JSON', '不应出现“n”'],
  ])('whose body is not JSON: %s', async (body, detail) => {
    const response = await fetch(`${server.url}/api/databases/fund/query`, {
      ...{ method: 'POST', body, headers: { ...headers, 'Content-Type': 'application/json' } },
    });
    await expectProblem(response, new RegExp(`请求有误：(${detail})`));
  });
});

/** Two LoRA adapters of different bases, and a folder that is none. */
function prepareAdapters(home: string): void {
  const add = (name: string, base: string) => {
    const key = 'base_model.model.model.layers.0.self_attn.q_proj';
    const tensors = new Map([
      [`${key}.lora_A.weight`, { shape: [1, 2], data: Float32Array.of(1, 2) }],
      [`${key}.lora_B.weight`, { shape: [2, 1], data: Float32Array.of(1, 2) }],
    ]);
    const config = { peft_type: 'LORA', r: 1, lora_alpha: 1, base_model_name_or_path: base };
    writeAdapter(join(home, 'adapters', name), config, tensors);
  };
  mkdirSync(join(home, 'adapters', 'broken'), { recursive: true });
  writeFileSync(join(home, 'adapters', 'broken', 'adapter_config.json'), 'none');
  add('one', 'a');
  add('other', 'b');
}

async function prepareClassifier(home: string): Promise<void> {
  const file = join(home, 'things.csv');
  const rows = SIZES.map((_, i) => `${i < 10 ? 'few' : 'many'},${i % 3},${i < 10 ? 'a' : 'b'}`);
  writeFileSync(file, ['size,shade,kind', ...rows].join('\n'));
  const learned = await learnTable({ file, target: 'kind' });
  saveModel(learned, join(home, 'classifiers', 'things'));
}
