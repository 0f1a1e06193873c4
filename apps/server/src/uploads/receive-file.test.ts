import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { receiveFile } from './receive-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-receive-'));
const path = join(folder, 'file');
let server: Server;
let url: string;
let received: Promise<number>;

beforeAll(async () => {
  const app = express();
  app.post('/', (asked, response) => {
    received = receiveFile(asked, path, 1e6);
    received.then(
      () => response.end(),
      () => response.destroy(),
    );
  });
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => rmSync(path, { recursive: true, force: true }));

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const send = (body: RequestInit['body'] = 'a,b\n1,2') =>
  fetch(url, { method: 'POST', body, duplex: 'half' }).catch(() => null);

it.runIf(process.platform === 'linux')('says that the disk is full', async () => {
  symlinkSync('/dev/full', `${path}.part`);
  await send();
  await expect(received).rejects.toMatchObject({
    code: 'disk-full',
    chinese: expect.stringContaining('磁盘空间不足'),
  });
  expect(existsSync(`${path}.part`)).toBe(false);
});

it('counts the bytes of a file whose length is not told', async () => {
  await send(new Blob([new Uint8Array(1.1e6)]).stream());
  await expect(received).rejects.toMatchObject({ code: 'too-large' });
  expect([existsSync(path), existsSync(`${path}.part`)]).toEqual([false, false]);
});

it('leaves what it does not know as it is', async () => {
  mkdirSync(path);
  await send();
  await expect(received).rejects.toMatchObject({ code: 'EISDIR' });
});

it('says that the client broke off', async () => {
  const sending = request(url, { method: 'POST', headers: { 'Content-Length': 100 } });
  sending.on('error', () => {});
  sending.write('a,b\n');
  await expect.poll(() => existsSync(`${path}.part`)).toBe(true);
  sending.destroy();
  await expect(received).rejects.toMatchObject({ code: 'aborted' });
  expect(existsSync(`${path}.part`)).toBe(false);
});
