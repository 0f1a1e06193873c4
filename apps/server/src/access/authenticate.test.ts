import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorHandler } from '../http-error.ts';
import { authenticate, authorize } from './authenticate.ts';
import { clientOf } from './client.ts';
import { type KeyStore, openKeyStore } from './key-store.ts';
import { SCOPES } from './scope.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-authenticate-'));
const keys: KeyStore = openKeyStore(join(folder, 'keys.json'));
const held = Object.fromEntries(
  SCOPES.map((scope) => [scope, keys.add({ name: scope, scope }).key]),
);

/** A server with one path for each scope. */
function serve(required: boolean): Promise<Server> {
  const app = express();
  app.use(authenticate(keys, required));
  for (const scope of SCOPES) {
    app.get(`/${scope}`, authorize(scope), (_request, response) => {
      response.json(clientOf(response));
    });
  }
  app.use(errorHandler(() => {}, '/home/me/.quaestor'));
  return new Promise((done) => {
    const server = app.listen(0, '127.0.0.1', () => done(server));
  });
}

let open: Server;
let closed: Server;

beforeAll(async () => {
  open = await serve(false);
  closed = await serve(true);
});

afterAll(() => {
  open.close();
  closed.close();
  rmSync(folder, { recursive: true, force: true });
});

function statusOf(server: Server, scope: string, key?: string): Promise<number> {
  const { port } = server.address() as AddressInfo;
  const headers: Record<string, string> =
    key === undefined ? {} : { Authorization: `Bearer ${key}` };
  return fetch(`http://127.0.0.1:${port}/${scope}`, { headers }).then(({ status }) => status);
}

describe('authorize', () => {
  it.each(SCOPES)('lets a key of scope %s do what its scope includes, and no more', async (own) => {
    const reach = await Promise.all(SCOPES.map((scope) => statusOf(closed, scope, held[own])));
    const expected = SCOPES.map((scope) =>
      SCOPES.indexOf(scope) <= SCOPES.indexOf(own) ? 200 : 403,
    );
    expect(reach).toEqual(expected);
    expect(await Promise.all(SCOPES.map((scope) => statusOf(open, scope, held[own])))).toEqual(
      expected,
    );
  });

  it('needs no key where none is required, but counts no bad one of ours', async () => {
    expect(await statusOf(open, 'admin')).toBe(200);
    expect(await statusOf(open, 'admin', 'sk-of-another-service')).toBe(200);
    expect(await statusOf(open, 'read', 'quaestor_forged')).toBe(401);
    expect(await statusOf(closed, 'read')).toBe(401);
    expect(await statusOf(closed, 'read', 'sk-of-another-service')).toBe(401);
  });
});
