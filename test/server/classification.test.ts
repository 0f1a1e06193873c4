/** Rows of an uploaded file, labelled by a job. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CalledServer, startCalledServer } from './called-server.ts';

let called: CalledServer;

beforeAll(async () => {
  called = await startCalledServer();
});

afterAll(() => called.close());

describe('classification', () => {
  it('labels the rows of an upload, whatever its columns are called', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => {
      const size = (i * 37) % 60;
      return `u-${i},${size},${i < 50 ? (size > 29 ? 'large' : 'small') : ''}`;
    });
    const upload = await called.sendFile(
      '/api/uploads?name=sizes.csv',
      ['id,size,-kind', ...lines].join('\n'),
    );
    expect(upload.body).toMatchObject({ name: 'sizes.csv', format: 'csv' });
    expect((await called.get(`/api/uploads/${upload.body.id}`)).body).toMatchObject({
      columns: ['id', 'size', '-kind'],
    });
    const job = await called.call('POST', '/api/classifications', {
      upload: upload.body.id,
      target: '-kind',
      id: 'id',
      tabular: true,
      trees: 20,
    });
    expect(job.status).toBe(202);
    expect((await called.call('DELETE', `/api/uploads/${upload.body.id}`)).status).toBe(204);
    await called.untilOver(job.body.id);
    const over = (await called.get(`/api/jobs/${job.body.id}`)).body;
    expect(over).toMatchObject({ state: 'succeeded', result: { rows: 10, labelled: 50 } });
    const { body } = await called.get(`/api/classifications/${job.body.id}/rows?limit=3&after=8`);
    expect(body).toMatchObject({ has_more: false, next: null });
    expect(body.data).toHaveLength(2);
    const file = await fetch(`${called.server.url}/api/classifications/${job.body.id}/result`);
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect((await file.text()).split('\n')[0]).toBe(
      'id,prediction,p_large,p_small,margin,warnings',
    );
  });

  it('tells that the table cannot be read, in place of a file', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => {
      const size = (i * 37) % 60;
      return `${size},${i < 50 ? (size > 29 ? 'large' : 'small') : ''}`;
    });
    const upload = await called.sendFile('/api/uploads', ['size,kind', ...lines].join('\n'));
    const job = await called.call('POST', '/api/classifications', {
      ...{ upload: upload.body.id, target: 'kind', tabular: true, trees: 20 },
    });
    await called.untilOver(job.body.id);
    const path = `/api/classifications/${job.body.id}/result?with=table`;
    const take = () => fetch(called.server.url + path);
    const file = await take();
    expect(file.headers.get('content-disposition')).toContain('attachment');
    const text = (await file.text()).trimEnd().split('\n');
    expect(text[0]).toContain('size,kind,prediction');
    expect(text).toHaveLength(61);
    rmSync(join(called.server.home, 'jobs', job.body.id, 'rows.csv'));
    const refused = await take();
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.headers.get('content-disposition')).toBeNull();
  });

  it('refuses what it cannot do', async () => {
    const { body: upload } = await called.sendFile('/api/uploads', 'a,b\n1,2');
    const classify = (body: object) =>
      called.call('POST', '/api/classifications', { upload: upload.id, target: 'a', ...body });
    called.expectProblem(await classify({ target: 'c' }), 400, 'bad-request');
    called.expectProblem(await classify({ template: 'is {nothing}' }), 400, 'bad-request');
    called.expectProblem(await classify({ upload: `upload_${'0'.repeat(18)}` }), 404, 'not-found');
    called.expectProblem(await called.get('/api/classifications/job_none/rows'), 404, 'not-found');
  });
});
