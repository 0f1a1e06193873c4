/** Jobs as a client meets them: queued, followed, removed. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from '../../apps/server/src/repository.ts';
import { type CalledServer, startCalledServer } from './called-server.ts';

let called: CalledServer;

beforeAll(async () => {
  called = await startCalledServer();
});

afterAll(() => called.close());

describe('jobs', () => {
  it('are queued once for an Idempotency-Key, listed, shown, and removed', async () => {
    const body = { kind: 'index', params: { database: 'fund' } };
    const earlier = await called.call('POST', '/api/jobs', body);
    await called.untilOver(earlier.body.id);
    const key = { 'Idempotency-Key': 'profile-1' };
    const [first, second] = [
      await called.call('POST', '/api/jobs', body, key),
      await called.call('POST', '/api/jobs', body, key),
    ];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(first.headers.get('location')).toBe(`/api/jobs/${first.body.id}`);
    expect(second.body.id).toBe(first.body.id);
    const other = { ...body, params: { database: 'prices' } };
    called.expectProblem(await called.call('POST', '/api/jobs', other, key), 422, 'key-reused');
    await called.untilOver(first.body.id);
    const list = await called.get('/api/jobs?kind=index&limit=1');
    expect(list.body.data[0]).toMatchObject({ id: first.body.id, state: 'succeeded' });
    expect(list.body.has_more).toBe(true);
    expect((await called.call('DELETE', `/api/jobs/${first.body.id}`)).status).toBe(204);
    called.expectProblem(await called.get(`/api/jobs/${first.body.id}`), 404, 'not-found');
    // Its place is still known when the last job of a piece has gone.
    const rest = await called.get(`/api/jobs?kind=index&after=${list.body.next}`);
    expect(rest.body).toMatchObject({ data: [{ id: earlier.body.id }], has_more: false });
    called.expectProblem(await called.get(`/api/jobs?after=${first.body.id}`), 400, 'bad-request');
  });

  it('can be followed, and followed on after a break', async () => {
    const { body: job } = await called.call('POST', '/api/jobs', {
      kind: 'index',
      params: { database: 'fund' },
    });
    const all = await events(job.id);
    expect(all.map(({ id }) => id)).toEqual(all.map((_, i) => String(i + 1)));
    expect(all.at(-1)?.data).toMatchObject({ type: 'state', data: { state: 'succeeded' } });
    expect(await events(job.id, '2')).toEqual(all.slice(2));
    const over = await called.call('GET', `/api/jobs/${job.id}/events`, undefined, {
      'Last-Event-ID': all.at(-1)?.id ?? '',
    });
    expect(over.status).toBe(204);
  });

  it.each([
    [{ kind: 'nonsense' }, 400, 'bad-request'],
    [{ kind: 'index', params: {} }, 400, 'bad-request'],
    [{ kind: 'index', params: { database: 'none' } }, 404, 'no-such-database'],
    [{ kind: 'import', params: { upload: '../../etc', database: 'x' } }, 400, 'bad-request'],
    [{ kind: 'compose', params: { name: 'x', adapters: ['no'], weights: [1] } }, 404, 'not-found'],
    [{ kind: 'train', params: { name: '../x' } }, 400, 'bad-request'],
    [{ kind: 'train', params: { name: 'x', databases: ['fund'] } }, 400, 'bad-request'],
    [{ kind: 'evaluate', params: { adapter: 'none', set: 'no' } }, 404, 'not-found'],
    [{ kind: 'index', params: { database: 'fund' }, more: 1 }, 400, 'bad-request'],
  ])('refuses %j', async (body, status, code) => {
    called.expectProblem(await called.call('POST', '/api/jobs', body), status, code);
  });

  it('are not resumed where their name was given to another adapter meanwhile', async () => {
    const { home } = called.server;
    const params = { name: 'mixed', adapters: ['finance-sql-fund'], weights: [1] };
    const { body: job } = await called.call('POST', '/api/jobs', { kind: 'compose', params });
    await called.call('POST', `/api/jobs/${job.id}/cancel`);
    await called.untilOver(job.id);
    const mixed = join(home, 'adapters', 'mixed');
    cpSync(inRepository('data/adapters/finance-sql-fund'), mixed, { recursive: true });
    const resume = () => called.call('POST', `/api/jobs/${job.id}/resume`);
    expect(called.expectProblem(await resume(), 409, 'conflict')).toContain('an adapter mixed');
    expect((await called.get(`/api/jobs/${job.id}`)).body.state).toBe('cancelled');
    rmSync(mixed, { recursive: true });
    expect((await resume()).status).toBeLessThan(300);
    await called.call('POST', `/api/jobs/${job.id}/cancel`);
    await called.untilOver(job.id);
  });

  it('say what they take', async () => {
    const { data } = (await called.get('/api/job-kinds')).body;
    expect(data.map(({ kind }) => kind)).toEqual([
      ...['train', 'evaluate', 'compose', 'search', 'classify', 'import', 'index'],
    ]);
    expect(data[6]?.params).toMatchObject({ required: ['database'] });
  });
});

async function events(id: string, after?: string) {
  const response = await fetch(`${called.server.url}/api/jobs/${id}/events`, {
    headers: after === undefined ? {} : { 'Last-Event-ID': after },
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const blocks = (await response.text()).split('\n\n').filter((block) => block.startsWith('id: '));
  return blocks.map((block) => {
    const [, own, event, data] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(block) ?? [];
    return { id: own, event, data: JSON.parse(data ?? '') };
  });
}
