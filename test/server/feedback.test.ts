/** Feedback, and the examples that come of corrections. */
import { createFinSql } from '@quaestor/finsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedGenerator } from '../demo-server.ts';
import { type CalledBody, type CalledServer, startCalledServer } from './called-server.ts';

let called: CalledServer;
/** What the model was last shown. */
let lastPrompt = '';

beforeAll(async () => {
  const generator = new ScriptedGenerator();
  const listening = {
    ...generator,
    name: generator.name,
    countTokens: (text: string) => generator.countTokens(text),
    generate: (prompts: readonly string[], request: { signal?: AbortSignal }) => {
      lastPrompt = prompts[0] ?? '';
      return generator.generate(prompts, request);
    },
  };
  called = await startCalledServer({
    load: async (_report, _signal, { exemplars }) => {
      const finSql = createFinSql({ generator: listening, exemplars, wordByWord: false });
      return { name: 'scripted', finSql, close: () => finSql.close() };
    },
  });
});

afterAll(() => called.close());

describe('feedback and examples', () => {
  const question = 'How many managers hold a Bachelor degree?';
  const sql = "SELECT count(*) FROM fund_manager WHERE education = 'Bachelor'";
  const judge = (body: object) =>
    called.call('POST', '/api/feedback', { verdict: 'down', database: 'fund', question, ...body });

  it('a correction waits, and once approved guides answers at once and is trained on', async () => {
    const judged = await judge({ sql: 'SELECT 1', corrected_sql: sql });
    expect(judged.status).toBe(201);
    expect(judged.body).toMatchObject({
      feedback: { verdict: 'down', sql: 'SELECT 1' },
      example: { state: 'pending', sql, source: 'correction', notes: [], author: 'local' },
      preview: { rows: [[0]] },
    });
    const { id } = judged.body.example as CalledBody;
    const ask = { question: 'How many managers hold a Master degree?', database: 'fund' };
    await called.call('POST', '/api/ask', ask);
    expect(lastPrompt).not.toContain(question);
    expect((await called.call('POST', `/api/examples/${id}/approve`)).body.state).toBe('approved');
    await called.call('POST', '/api/ask', ask);
    expect(lastPrompt).toContain(question);
    expect(lastPrompt.toLowerCase()).toContain("education = 'bachelor'");
    await called.call('POST', `/api/examples/${id}/reject`);
    await called.call('POST', '/api/ask', ask);
    expect(lastPrompt).not.toContain(question);
  });

  it('tells of duplicates, and a newer one takes the place of the older', async () => {
    const [older, newer] = [
      await judge({ corrected_sql: sql }),
      await judge({ question: `${question.toLowerCase()} `, corrected_sql: `${sql} LIMIT 1` }),
    ].map(({ body }) => (body.example as CalledBody).id);
    await called.call('POST', `/api/examples/${older}/approve`);
    const { notes } = (await called.get(`/api/examples/${newer}`)).body;
    expect(notes).toEqual([`Example ${older} (approved) asks the same, with other SQL.`]);
    await called.call('POST', `/api/examples/${newer}/approve`);
    expect((await called.get(`/api/examples/${older}`)).body.state).toBe('replaced');
    called.expectProblem(
      await called.call('POST', `/api/examples/${newer}/approve`),
      409,
      'conflict',
    );
    const list = await called.get('/api/examples?state=approved&database=fund');
    expect(list.body.data.map(({ id }) => id)).toEqual([newer]);
  });

  it('approves nothing but what was looked at', async () => {
    const { body } = await judge({ question: 'How many numbers are there?', corrected_sql: sql });
    const { id } = body.example as CalledBody;
    const call = (what: string, given: object) =>
      called.call('POST', `/api/examples/${id}/${what}`, given);
    const seen = { question: 'How many numbers are there?', sql };
    const edited = { ...seen, sql: 'SELECT 42' };
    expect((await call('edit', edited)).status).toBe(200);
    const stale = await call('approve', seen);
    expect(called.expectProblem(stale, 409, 'conflict')).toContain('changed meanwhile');
    called.expectProblem(await call('approve', { ...edited, more: 1 }), 400, 'bad-request');
    expect((await called.get(`/api/examples/${id}`)).body).toMatchObject({ state: 'pending' });
    expect((await call('approve', edited)).body).toMatchObject({ state: 'approved', ...edited });
  });

  it.each([
    [{ corrected_sql: 'DELETE FROM fund' }, 422, 'refused'],
    [{ corrected_sql: 'SELECT nonsense FROM fund' }, 422, 'sql-error'],
    [{ corrected_sql: 'SELECT 1', database: 'none' }, 404, 'no-such-database'],
    [{ verdict: 'sideways' }, 400, 'bad-request'],
    [{ verdict: 'up', corrected_sql: 'SELECT 1' }, 400, 'bad-request'],
  ])('refuses %j', async (body, status, code) => {
    const before = (await called.get('/api/feedback')).body.data.length;
    called.expectProblem(await judge(body), status, code);
    expect((await called.get('/api/feedback')).body.data).toHaveLength(before);
  });

  it.each(['examples', 'feedback'])(
    'lists %s by pieces, and takes no other cursor',
    async (what) => {
      for (let i = 0; i < 2; i++) await judge({ corrected_sql: sql });
      const all = await called.get(`/api/${what}`);
      const first = await called.get(`/api/${what}?limit=1`);
      const rest = await called.get(`/api/${what}?after=${first.body.next}`);
      expect([...first.body.data, ...rest.body.data]).toEqual(all.body.data);
      expect([first.body.has_more, rest.body.next]).toEqual([true, null]);
      expect(Object.keys(all.body.data[0] ?? {})).not.toContain('number');
      const unknown = await called.get(`/api/${what}?after=${all.body.data[0]?.id}`);
      called.expectProblem(unknown, 400, 'bad-request');
    },
  );
});
