/** Labelling a table in place as a client meets it: a listening server, real processes. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoServer, startDemoServer } from './demo-server.ts';
import { checkedFetch } from './server/checked-fetch.ts';

let server: DemoServer;

beforeAll(async () => {
  server = await startDemoServer();
});

afterAll(async () => {
  await server.close();
  expect(server.unexpected).toEqual([]);
});

interface Body {
  // biome-ignore lint/suspicious/noExplicitAny: bodies are looked at by what is expected of them
  readonly [field: string]: any;
}

async function call(method: string, path: string, body?: unknown): Promise<Body> {
  const isJson = body !== undefined && typeof body !== 'string';
  const response = await checkedFetch(server.url + path, {
    method,
    headers: { 'Content-Type': isJson ? 'application/json' : 'text/csv' },
    ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : (body as string) }),
  });
  const text = await response.text();
  const isObject = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, text, ...(isObject ? JSON.parse(text) : {}) };
}

/** 120 things; what is big is large. Row 119 is a formula, row 120 lacks a cell. */
const SIZES = Array.from({ length: 118 }, (_, i) => (i * 37) % 118);
const sizeOf = (row: number) => SIZES[row - 1] ?? 0;
const TABLE = [
  'id,size,colour,kind',
  ...SIZES.map((size, i) => `u-${i},${size},${i % 3 === 0 ? 'red' : 'blue'},`),
  '=1+1,90,red,',
  'u-120,5,blue',
].join('\n');
const kindOf = (row: number) => (sizeOf(row) >= 59 ? 'large' : 'small');

async function begin(): Promise<string> {
  const upload = await call('POST', '/api/uploads?name=things.csv', TABLE);
  const made = await call('POST', '/api/labellings', { upload: upload.id });
  expect(made.status).toBe(201);
  // The labelling has a table of its own.
  expect((await call('DELETE', `/api/uploads/${upload.id}`)).status).toBe(204);
  return made.id;
}

async function untilOver(job: string): Promise<Body> {
  await expect
    .poll(async () => (await call('GET', `/api/jobs/${job}`)).state, { timeout: 110_000 })
    .toMatch(/succeeded|failed|cancelled|interrupted/);
  return call('GET', `/api/jobs/${job}`);
}

describe('a labelling', () => {
  let id: string;

  beforeAll(async () => {
    id = await begin();
  });

  const at = (path: string) => `/api/labellings/${id}${path}`;

  it('describes its table, with what is wrong in which row', async () => {
    const { columns, ...rest } = await call('GET', at(''));
    expect(rest).toMatchObject({
      name: 'things.csv',
      rows: 120,
      truncated: false,
      delimiter: ',',
      settings: null,
      labelled: 0,
      problems: {
        rows: 1,
        first: [{ row: 120, problems: ['has 3 cells where the header has 4'] }],
      },
    });
    expect(columns.map(({ name, kind, role }: Body) => [name, kind, role])).toEqual([
      ['id', 'text', 'identifier'],
      ['size', 'numeric', 'feature'],
      ['colour', 'category', 'feature'],
      ['kind', 'category', 'constant'],
    ]);
    expect(columns[1].range).toEqual(['0', '117']);
    expect(columns[2].values).toEqual([
      { value: 'blue', count: 79 },
      { value: 'red', count: 41 },
    ]);
  });

  it('takes a target with its classes, and tells all that does not fit', async () => {
    const early = await call('POST', at('/labels'), { labels: [{ row: 1, label: 'large' }] });
    expect(early).toMatchObject({ status: 409, code: 'conflict' });
    expect(await call('GET', at('/fit'))).toMatchObject({ status: 409 });
    expect(await call('POST', at('/settings'), { target: 'kind' })).toMatchObject({ status: 400 });
    const wrong = { target: 'kind', classes: ['a', 'b'], features: ['kind', 'nothing'] };
    expect(await call('POST', at('/settings'), wrong)).toMatchObject({
      status: 400,
      errors: ['features: nothing is no column', 'features: the target cannot tell of itself'],
    });
    const settings = { target: 'kind', classes: ['small', 'large'] };
    expect(await call('POST', at('/settings'), settings)).toMatchObject({
      target: 'kind',
      settings: {
        is_new: false,
        kind: 'classes',
        classes: ['large', 'small'],
        features: ['size', 'colour'],
      },
    });
  });

  it('takes labels, all or none, and shows rows by what they have', async () => {
    const bad = [
      { row: 1, label: 'small' },
      { row: 2, label: 'huge' },
      { row: 500, label: 'small' },
    ];
    expect(await call('POST', at('/labels'), { labels: bad })).toMatchObject({
      status: 400,
      errors: ['row 2: huge is no class; there are: large, small', 'row 500: there are 120'],
    });
    expect(await call('GET', at(''))).toMatchObject({ labelled: 0 });
    const rows = Array.from({ length: 40 }, (_, i) => i + 1);
    const labels = rows.map((row) => ({ row, label: kindOf(row) }));
    const before = await call('GET', at(''));
    const after = await call('POST', at('/labels'), { labels });
    expect(after.revision).toBe(before.revision + 1);
    expect(after).toMatchObject({ labelled: 40, given: 40 });
    const piece = await call('GET', at('/rows?show=labelled&limit=2&after=38'));
    expect(piece).toMatchObject({
      total: 40,
      has_more: false,
      next: null,
      data: [
        { row: 39, cells: ['u-38', '108', 'blue', ''], own: null, given: 'large' },
        { row: 40, given: 'small' },
      ],
    });
    expect(await call('GET', at('/rows?show=problems'))).toMatchObject({
      total: 1,
      data: [{ row: 120, cells: ['u-120', '5', 'blue', ''] }],
    });
    const back = await call('POST', at('/labels'), { labels: [{ row: 40, label: null }] });
    expect(back).toMatchObject({ given: 39 });
    await call('POST', at('/labels'), { labels: [{ row: 40, label: kindOf(40) }] });
  });

  it('learns at once: figures with intervals, what to label next, reasons, importance', async () => {
    const fit = await call('GET', at('/fit'));
    const { revision } = await call('GET', at(''));
    expect(fit).toMatchObject({ revision, classes: ['large', 'small'], labelled: 40, used: 40 });
    expect(fit.report.rows).toBe(40);
    const { value, low, high } = fit.report.figures.auc;
    expect(value).toBeGreaterThan(0.9);
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
    expect(fit.report.alone.auc).toBe(0.5);
    expect(fit.held).toHaveLength(40);
    expect(fit.shares.reduce((sum: number, one: Body) => sum + one.count, 0)).toBe(80);
    // The least sure ones are unlabelled and near the border.
    const [first] = fit.suggestions;
    expect(first.row).toBeGreaterThan(40);
    expect(Math.abs(sizeOf(first.row) - 59)).toBeLessThan(20);
    const { data } = await call('GET', at('/opinions?rows=119,1&reasons=true'));
    expect(data).toMatchObject([
      { row: 119, predicted: 'large', learned_from: false },
      { row: 1, predicted: 'small', learned_from: true },
    ]);
    expect(data[0].probabilities[0] + data[0].probabilities[1]).toBeCloseTo(1, 9);
    expect(data[0].reasons[0]).toMatchObject({ column: 'size', cell: '90' });
    const { data: columns } = await call('GET', at('/importance'));
    expect(columns[0].column).toBe('size');
    expect(columns[0].fall).toBeGreaterThan(columns[1].fall);
  });

  it('cuts where mistakes cost least', async () => {
    const settings = { target: 'kind', classes: ['small', 'large'] };
    const costly = { by: 'cost', false_alarm: 1, miss: 50 };
    await call('POST', at('/settings'), { ...settings, threshold: costly });
    expect((await call('GET', at('/fit'))).threshold).toBeLessThan(0.5);
    await call('POST', at('/settings'), settings);
    expect((await call('GET', at('/fit'))).threshold).toBeNull();
  });

  it('labels all rows as a job, keeps the model, and asks it of another table', async () => {
    const job = await call('POST', '/api/classifications', { labelling: id, explain: true });
    expect(job.status).toBe(202);
    const over = await untilOver(job.id);
    expect(over).toMatchObject({
      state: 'succeeded',
      result: { target: 'kind', rows: 120, labelled: 40, report: null, saved: true },
    });
    expect(over.result.held.figures.auc.value).toBeGreaterThan(0.9);
    expect(over.result.importance[0].column).toBe('size');
    const { columns, data } = await call('GET', `/api/classifications/${job.id}/rows?limit=1`);
    expect(columns).toEqual([
      'row',
      'prediction',
      'p_large',
      'p_small',
      'margin',
      'reasons',
      'warnings',
    ]);
    expect(data[0][6]).toContain('the same row was learned from');
    const whole = await call('GET', `/api/classifications/${job.id}/result?with=table`);
    const lines = whole.text.trim().split('\n');
    expect(lines).toHaveLength(121);
    expect(lines[0]).toBe('id,size,colour,kind,prediction,p_large,p_small,margin,reasons,warnings');
    expect(lines.slice(1, 41).map((line: string) => line.split(',')[3])).toEqual(
      Array.from({ length: 40 }, (_, i) => kindOf(i + 1)),
    );
    expect(lines[119]).toMatch(/^"?'=1\+1"?,90,red,large,large,/);

    const save = `/api/classifications/${job.id}/save`;
    expect(await call('POST', save, { name: '../x' })).toMatchObject({ status: 400 });
    expect(await call('POST', save, { name: 'things' })).toMatchObject({
      status: 201,
      target: 'kind',
      labelled: 40,
      asks_language_model: false,
    });
    expect(await call('POST', save, { name: 'things' })).toMatchObject({ status: 409 });
    expect(existsSync(join(server.home, 'classifiers', 'things', 'model.json'))).toBe(true);
    expect(await call('GET', '/api/classifiers')).toMatchObject({ data: [{ name: 'things' }] });
    const shown = await call('GET', '/api/classifiers/things');
    expect(shown.card).toContain('## How good it is');
    expect(shown.card).toContain('## What it leans on');
    const model = await call('GET', '/api/classifiers/things/files/model.json');
    expect(JSON.parse(model.text)).toMatchObject({ target: 'kind' });
    expect(await call('GET', '/api/classifiers/things/files/other')).toMatchObject({ status: 404 });

    const lacking = await call('POST', '/api/uploads', 'Size,SIZE,shape\n1,1,round');
    expect(
      await call('POST', '/api/classifiers/things/check', { upload: lacking.id }),
    ).toMatchObject({
      fits: false,
      problems: ['size (numeric) is missing; is it "Size"?', 'colour (category) is missing'],
    });
    const alike = await call('POST', '/api/uploads', 'Colour, SIZE\nred,1');
    expect(await call('POST', '/api/classifiers/things/check', { upload: alike.id })).toMatchObject(
      {
        fits: true,
        warnings: expect.arrayContaining([expect.stringContaining('is taken for size')]),
      },
    );
    const other = await call(
      'POST',
      '/api/uploads?name=other.csv',
      'size,colour,kind,more\n100,red,large,1\n3,blue,small,2\n110,blue,,3\nlittle,blue,,4',
    );
    expect(await call('POST', '/api/classifiers/things/check', { upload: other.id })).toMatchObject(
      {
        fits: true,
        problems: [],
        warnings: [
          'column more was not learned from and is not used',
          "size: 1 of 4 cells are no numbers as learned, e.g. row 4 'little', and are taken as missing",
        ],
      },
    );
    const again = await call('POST', '/api/classifications', {
      upload: other.id,
      classifier: 'things',
    });
    expect(await untilOver(again.id)).toMatchObject({
      state: 'succeeded',
      // Of two rows the label was known all along.
      result: {
        rows: 4,
        report: { rows: 2, figures: { accuracy: { value: 1 } } },
        warnings: expect.arrayContaining([expect.stringMatching(/^size: 1 of 4 cells/)]),
      },
    });
    const text = (await call('GET', `/api/classifications/${again.id}/result?with=table`)).text;
    expect(text.split('\n')[3]).toMatch(/^110,blue,large,3,large,/);
    expect((await call('DELETE', '/api/classifiers/things')).status).toBe(204);
    expect(await call('GET', '/api/classifiers/things')).toMatchObject({ status: 404 });
  }, 240_000);

  it('is listed, and goes with its labels', async () => {
    const [listed] = (await call('GET', '/api/labellings')).data;
    expect(listed).toMatchObject({ id, target: 'kind', given: 40, rows: 120 });
    expect((await call('DELETE', at(''))).status).toBe(204);
    expect(await call('GET', at(''))).toMatchObject({ status: 404 });
    expect(existsSync(join(server.home, 'labellings', id))).toBe(false);
  });
});

describe('a sample table', () => {
  it('has labels of its own, of which the rarest counts, too', async () => {
    const { data } = await call('GET', '/api/sample-tables');
    expect(data.map(({ name }: Body) => name)).toContain('car');
    const { id, columns } = await call('POST', '/api/labellings', { sample: 'blood' });
    expect(columns.at(-1)).toMatchObject({ name: 'label', distinct: 2 });
    const chosen = await call('POST', `/api/labellings/${id}/settings`, { target: 'label' });
    expect(chosen).toMatchObject({ labelled: 748, given: 0 });
    const fit = await call('GET', `/api/labellings/${id}/fit`);
    expect(fit).toMatchObject({ labelled: 748, used: 200, suggestions: [] });
    expect(fit.report.figures.auc.value).toBeGreaterThan(0.6);
    const quantity = await call('POST', `/api/labellings/${id}/settings`, { target: 'time' });
    expect(quantity).toMatchObject({ settings: { kind: 'quantity', classes: [] } });
  });
});

it('refuses tables and requests that make no sense', async () => {
  const none = `upload_${'0'.repeat(18)}`;
  expect(await call('POST', '/api/labellings', {})).toMatchObject({ status: 400 });
  expect(await call('POST', '/api/labellings', { upload: none })).toMatchObject({ status: 404 });
  expect(await call('POST', '/api/labellings', { sample: '..' })).toMatchObject({ status: 404 });
  const header = await call('POST', '/api/uploads', 'a,b');
  expect(await call('POST', '/api/labellings', { upload: header.id })).toMatchObject({
    status: 422,
    code: 'bad-upload',
  });
  const labelling = `labelling_${'0'.repeat(18)}`;
  for (const [body, status] of [
    [{}, 400],
    [{ upload: header.id }, 400],
    [{ upload: header.id, labelling, target: 'a' }, 400],
    [{ labelling, train_upload: header.id }, 400],
    [{ labelling }, 404],
    [{ upload: header.id, classifier: 'none' }, 404],
    [{ upload: header.id, classifier: 'none', threshold: { by: 'f1' } }, 400],
  ] as const) {
    expect(await call('POST', '/api/classifications', body), JSON.stringify(body)).toMatchObject({
      status,
    });
  }
});
