/** Too much to do, and the end: what is under way is finished, what is not is refused at once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../apps/server/src/request-log.ts';
import { ENDLESS, SLOW, startDemoServer } from '../demo-server.ts';
import { all, problemOf, send, sendJson, streamedEvents } from './requests.ts';

const stream = { headers: { Accept: 'text/event-stream' } };

describe('too many questions', () => {
  it('are refused before their body is read', async () => {
    const server = await startDemoServer({ maxRunning: 1, maxWaiting: 0 });
    await server.loaded;
    const leaving = new AbortController();
    const body = { question: ENDLESS, database: 'fund' };
    const endless = send(server.url, '/api/ask', { body, signal: leaving.signal }).catch(() => {});
    await expect
      .poll(async () => (await sendJson(server.url, '/api/health')).queue.running)
      .toBe(1);
    for (const path of ['/api/ask', '/v1/chat/completions', '/v1/completions']) {
      // The body that is announced never comes.
      const waiting = request(server.url + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Content-Length': 50 },
      });
      waiting.on('error', () => {});
      waiting.flushHeaders();
      const [response] = (await once(waiting, 'response')) as [IncomingMessage];
      expect(response.statusCode, path).toBe(429);
      expect(response.headers['retry-after']).toBe('5');
      waiting.destroy();
    }
    leaving.abort();
    await endless;
    await server.close();
  });

  it('are refused within 50 ms, and none of those taken on is lost', async () => {
    const lines: string[] = [];
    const server = await startDemoServer({
      maxRunning: 1,
      maxWaiting: 3,
      log: createLog('info', { write: (line: string) => lines.push(line) }),
    });
    await server.loaded;
    const body = { question: SLOW, database: 'fund', dry_run: true };
    const responses = await Promise.all(
      Array.from({ length: 60 }, () => send(server.url, '/api/ask', { body })),
    );
    const taken = responses.filter(({ status }) => status === 200);
    const refused = responses.filter(({ status }) => status === 429);
    expect(taken.length + refused.length).toBe(60);
    expect(taken.length).toBeGreaterThanOrEqual(4);
    expect(refused.length).toBeGreaterThan(40);
    for (const { headers } of refused) expect(headers.get('retry-after')).toBe('5');
    const times = lines
      .map((line) => JSON.parse(line) as { readonly status: number; readonly ms: number })
      .filter(({ status }) => status === 429)
      .map(({ ms }) => ms);
    expect(times).toHaveLength(refused.length);
    // A busy machine may hold one of them up, but not most.
    expect(times.sort((a, b) => a - b)[times.length >> 1]).toBeLessThan(50);
    await server.close();
  });
});

describe('a server that ends', () => {
  it('finishes what is under way and refuses the rest', async () => {
    const server = await startDemoServer({ maxRunning: 1 });
    await server.loaded;
    const body = { question: SLOW, database: 'fund' };
    const answer = send(server.url, '/api/ask', { body });
    const events = send(server.url, '/api/ask', { body, ...stream });
    await expect
      .poll(async () => (await sendJson(server.url, '/api/health')).queue.waiting)
      .toBe(1);
    const closing = server.close();
    for (const path of ['/api/databases', '/readyz']) {
      // On a connection of its own, as a load balancer's.
      const late = await send(server.url, path, { headers: { Connection: 'close' } });
      expect(late.headers.get('connection')).toBe('close');
      expect(late.headers.get('retry-after')).toBe('5');
      await problemOf(late, 503, 'stopping');
    }
    expect((await answer).status).toBe(200);
    expect((await all(streamedEvents(await events))).at(-1)?.event).toBe('answer');
    await closing;
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('waits no longer than it was told to', async () => {
    const server = await startDemoServer({ drainSeconds: 0.2 });
    await server.loaded;
    const body = { question: ENDLESS, database: 'fund' };
    const asked = send(server.url, '/api/ask', { body }).catch((error: Error) => error);
    await expect
      .poll(async () => (await sendJson(server.url, '/api/health')).queue.running)
      .toBe(1);
    const began = performance.now();
    await server.close();
    expect(performance.now() - began).toBeLessThan(2000);
    expect(await asked).toBeInstanceOf(Error);
    expect(server.unexpected).toEqual([]);
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)(
    'keeps its state for its owner alone, and ends well on %s',
    async (signal) => {
      const folder = mkdtempSync(join(tmpdir(), 'quaestor-stop-'));
      const home = join(folder, 'state');
      const program = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url));
      const child = spawn(
        process.execPath,
        ['--conditions=@quaestor/source', '--import', 'tsx', program],
        {
          env: { ...process.env, QUAESTOR_HOME: home, QUAESTOR_PORT: '0', QUAESTOR_MODEL: home },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      const [printed] = (await once(child.stdout, 'data')) as [Buffer];
      const url = /http:\S+/.exec(String(printed))?.[0] ?? '';
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      const modeOf = (...path: string[]) => statSync(join(home, ...path)).mode & 0o777;
      expect([modeOf(), modeOf('jobs'), modeOf('answers.sqlite')]).toEqual([0o700, 0o700, 0o600]);
      child.kill(signal);
      const [code] = await once(child, 'exit');
      expect(code).toBe(0);
      rmSync(folder, { recursive: true, force: true });
    },
  );
});
