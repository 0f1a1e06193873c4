import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openKeyStore } from './access/key-store.ts';
import { startServer } from './listen.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-listen-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('names an address that nobody can listen on', async () => {
  // Of a block for documentation, which no machine has.
  const elsewhere = { home: folder, host: '192.0.2.1', allowedHosts: ['a'], port: 0 };
  openKeyStore(join(folder, 'keys.json')).add({ name: 'me' });
  await expect(startServer(elsewhere)).rejects.toMatchObject({
    code: 'bad-config',
    message: expect.stringMatching(/cannot listen on 192\.0\.2\.1.*QUAESTOR_HOST/),
  });
});
