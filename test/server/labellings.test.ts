/** What is chosen and said of tables that are labelled in place: targets, quantities, groups, classes. */
import { seededRandom } from '@quaestor/peft';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CalledServer, startCalledServer } from './called-server.ts';

let server: CalledServer;

beforeAll(async () => {
  server = await startCalledServer();
});

afterAll(() => server.close());

interface Body {
  // biome-ignore lint/suspicious/noExplicitAny: bodies are looked at by what is expected of them
  readonly [field: string]: any;
}

async function call(method: string, path: string, body?: unknown): Promise<Body> {
  const reply = await server.call(method, path, body);
  return { ...reply.body, status: reply.status };
}

/** A table that is being labelled. @returns the address of its parts */
async function begin(lines: readonly string[]): Promise<(path: string) => string> {
  const upload = await server.sendFile('/api/uploads?name=rows.csv', lines.join('\n'));
  const { id } = await call('POST', '/api/labellings', { upload: upload.body.id });
  return (path) => `/api/labellings/${id}${path}`;
}

const SIZES = Array.from({ length: 118 }, (_, i) => (i * 37) % 118);

describe('a table that two people label', () => {
  it('takes labels and orders for the target that they are meant for alone', async () => {
    const at = await begin(['size,churned,fraud', ...SIZES.map((size) => `${size},,`)]);
    const { id } = await call('GET', at(''));
    const choose = (target: string) =>
      call('POST', at('/settings'), { target, classes: ['no', 'yes'] });
    const one = { target: 'churned', labels: [{ row: 1, label: 'yes' }] };
    await choose('churned');
    expect(await call('POST', at('/labels'), one)).toMatchObject({ status: 200, given: 1 });
    const { revision } = await choose('fraud');
    expect(await call('POST', at('/labels'), one)).toMatchObject({
      status: 409,
      code: 'conflict',
      detail: expect.stringContaining('predicts fraud by now, not churned'),
    });
    const order = { labelling: id, target: 'churned' };
    expect(await call('POST', '/api/classifications', order)).toMatchObject({ status: 409 });
    expect(await call('GET', at(''))).toMatchObject({ target: 'fraud', given: 0, revision });
  });
});

describe('a quantity in a writing of its own', () => {
  const euros = (value: number) =>
    `"${value.toLocaleString('de-DE', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} €"`;
  const table = SIZES.map((size, i) => `${size},${i < 80 ? euros(100_000 + 1000.5 * size) : ''}`);
  let at: (path: string) => string;

  beforeAll(async () => {
    at = await begin(['size,price', ...table]);
    expect(await call('POST', at('/settings'), { target: 'price' })).toMatchObject({
      settings: { kind: 'quantity' },
    });
  });

  it('takes labels however they are typed, keeps them as the column has them, and learns', async () => {
    const typed = ['250.000,50 €', '€250.000', '250000', '250.000,50', '250000.5'];
    const labels = typed.map((label, i) => ({ row: 81 + i, label }));
    expect(await call('POST', at('/labels'), { labels })).toMatchObject({ labelled: 85, given: 5 });
    const { data } = await call('GET', at('/rows?show=given'));
    expect(data.map(({ given }: Body) => given)).toEqual([
      '250.000,50 €',
      '250.000,00 €',
      '250.000,00 €',
      '250.000,50 €',
      '250.000,50 €',
    ]);
    expect(await call('GET', at('/fit'))).toMatchObject({ status: 200, labelled: 85 });
  });

  it('says how a number is written where one cannot be read', async () => {
    const labels = [{ row: 90, label: '12 %' }];
    expect(await call('POST', at('/labels'), { labels })).toMatchObject({
      status: 400,
      detail: expect.stringMatching(
        /^row 90: 12 % is no number .* write it like 1\d\d\.\d{3},\d\d €\.$/,
      ),
    });
  });
});

it('tells reasons and warnings in the language of who asked for them', async () => {
  const lines = SIZES.map((size, i) => `${size},${i < 60 ? (size > 58 ? 'large' : 'small') : ''}`);
  const at = await begin(['size,kind', ...lines]);
  await call('POST', at('/settings'), { target: 'kind' });
  const { id: labelling } = await call('GET', at(''));
  const order = { labelling, explain: true };
  const headers = { 'Accept-Language': 'zh-CN' };
  const { body } = await server.call('POST', '/api/classifications', order, headers);
  await server.untilOver(body.id);
  const { data, columns } = await call('GET', `/api/classifications/${body.id}/rows?limit=1`);
  expect(columns.slice(-2)).toEqual(['reasons', 'warnings']);
  expect(data[0].slice(-2)).toEqual([
    expect.stringMatching(/^size 为 0：支持 small（/),
    '学习过相同的一行，其标签为“small”',
  ]);
}, 120_000);

describe('what is chosen for a table', () => {
  const random = seededRandom(4);
  const tosses = Array.from({ length: 60 }, () => random.integer(2) === 1);
  const customers = Array.from({ length: 240 }, (_, i) => {
    const customer = Math.floor(i / 4);
    // What is said of a customer is nearly the same each month.
    const level = ((customer * 37) % 60) * 10 + (i % 4);
    return `K${1000 + customer},${level},${tosses[customer] ? 'stays' : '"Leaves, at last"'}`;
  });
  let at: (path: string) => string;
  let id: string;

  beforeAll(async () => {
    at = await begin(['customer,level,kind', ...customers]);
    ({ id } = await call('GET', at('')));
  });

  it('holds rows together by a column that is not learned from', async () => {
    const settings = { target: 'kind', features: ['level'] };
    expect(await call('POST', at('/settings'), settings)).toMatchObject({
      settings: { features: ['level'], group: null },
    });
    const fit = await call('GET', at('/fit'));
    expect(fit.warnings.join()).toContain('rows with the same customer have the same label');
    expect(fit.report.figures.auc.value).toBeLessThan(0.75);
    const named = await call('POST', at('/settings'), { ...settings, group: 'customer' });
    expect(named).toMatchObject({ settings: { group: 'customer' } });
    const again = await call('GET', at('/fit'));
    expect(again.warnings.join()).not.toContain('customer');
    expect(again.report.figures.auc.value).toBe(fit.report.figures.auc.value);
    const wrong = { ...settings, group: 'client' };
    expect(await call('POST', at('/settings'), wrong)).toMatchObject({
      status: 400,
      detail: 'group: client is no column.',
    });
    const own = { ...settings, group: 'kind' };
    expect(await call('POST', at('/settings'), own)).toMatchObject({ status: 400 });
  });

  it('takes a threshold where a label of the column has a comma, and no other such class', async () => {
    const settings = { target: 'kind', classes: ['Leaves, at last', 'stays'] };
    const threshold = { by: 'cost', false_alarm: 1, miss: 5 };
    expect(await call('POST', at('/settings'), { ...settings, threshold })).toMatchObject({
      status: 200,
      settings: { classes: settings.classes, threshold },
    });
    const named = { target: 'kind', classes: ['perhaps, one day'] };
    expect(await call('POST', at('/settings'), named)).toMatchObject({
      status: 400,
      detail: expect.stringContaining('perhaps, one day has a comma'),
    });
    // One more class is named beside those that the column has.
    expect(await call('POST', at('/settings'), { ...named, classes: ['perhaps'] })).toMatchObject({
      settings: { classes: ['Leaves, at last', 'perhaps', 'stays'] },
    });
  });

  it('goes with a job: the group, and which labels were learned from', async () => {
    const settings = { target: 'kind', features: ['level'], group: 'customer' };
    const { revision } = await call('POST', at('/settings'), settings);
    const job = await call('POST', '/api/classifications', { labelling: id, target: 'kind' });
    await call('POST', at('/labels'), { labels: [{ row: 1, label: 'stays' }] });
    await server.untilOver(job.id);
    const over = await call('GET', `/api/jobs/${job.id}`);
    expect(over).toMatchObject({ state: 'succeeded', result: { revision, labelled: 240 } });
    expect(over.result.held.figures.auc.value).toBeLessThan(0.75);
    const { columns } = await call('GET', `/api/classifications/${job.id}/rows?limit=1`);
    expect(columns).toContain('p_Leaves, at last');
    const save = `/api/classifications/${job.id}/save`;
    expect(await call('POST', save, { name: 'customers' })).toMatchObject({
      features: [{ name: 'level' }],
    });
  }, 120_000);
});
