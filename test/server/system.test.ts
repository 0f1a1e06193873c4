/** What forms and operators need: methods, what there is to learn from, the queue, the machine. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SLOW } from '../demo-server.ts';
import { type CalledBody, type CalledServer, startCalledServer } from './called-server.ts';

let called: CalledServer;

beforeAll(async () => {
  called = await startCalledServer();
});

afterAll(() => called.close());

describe('what forms and operators need', () => {
  it('methods with their settings', async () => {
    const { data } = (await called.get('/api/methods')).body;
    const lora = data.find(({ name }) => name === 'lora') as CalledBody;
    expect(lora).toMatchObject({ type: 'LORA', family: 'low-rank', defaults: { r: 16 } });
    const { properties } = lora.settings as { properties: Record<string, object> };
    expect(properties.r).toMatchObject({
      ...{ type: 'integer', default: 8 },
      description: 'rank of each correction',
    });
    expect(lora.parameters).toBe('Σ over target layers of r·(in + out)');
    expect(data.length).toBeGreaterThan(20);
  });

  it('the questions that a training would learn from', async () => {
    const { body } = await called.get('/api/training-data');
    const approved = (await called.get('/api/examples?state=approved')).body.data.length;
    expect(body).toEqual({
      questions: approved,
      approved,
      held_out: 0,
      databases: approved === 0 ? [] : [{ name: 'fund', questions: approved }],
    });
  });

  it('the queue as it is', async () => {
    const asked = fetch(`${called.server.url}/api/ask`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ question: SLOW, database: 'fund' }),
    });
    const entries = async () =>
      ((await called.get('/api/system')).body.queue as { entries: readonly object[] }).entries;
    await expect
      .poll(entries, { interval: 20 })
      .toMatchObject([{ what: 'question', client: 'local', state: 'running' }]);
    await asked;
    expect(await entries()).toEqual([]);
  });

  it('memory, disk, versions and jobs', async () => {
    const { body } = await called.get('/api/system');
    expect(body).toMatchObject({ model: null, problems: [] });
    const { versions, memory, disk, jobs } = body as unknown as {
      versions: { node: string };
      memory: { total: number; available: number; server: number };
      disk: { folders: { name: string; bytes: number }[] };
      jobs: { state: string; count: number }[];
    };
    expect(versions.node).toBe(process.versions.node);
    expect(memory.server).toBeGreaterThan(10e6);
    expect(memory.total).toBeGreaterThanOrEqual(memory.available);
    expect(disk.folders.find(({ name }) => name === 'databases')?.bytes).toBeGreaterThan(4096);
    const known = (await called.get('/api/jobs?state=succeeded&limit=100')).body.data.length;
    expect(jobs.find(({ state }) => state === 'succeeded')?.count).toBe(known);
  });
});
