import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeyStore } from './key-store.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-keys-'));
  file = join(folder, 'keys.json');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a key store', () => {
  it('finds a key it gave out, and keeps no more of it than its hash', () => {
    const { record, key } = openKeyStore(file).add({ name: 'me', scope: 'train' });
    expect(key).toMatch(/^quaestor_[\w-]{43}$/);
    expect(openKeyStore(file).find(key)).toEqual(record);
    expect(readFileSync(file, 'utf8')).not.toContain(key.slice(9));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('sees at once what another process changes', () => {
    const mine = openKeyStore(file);
    expect(mine.hasKeys).toBe(false);
    const { key } = openKeyStore(file).add({ name: 'me' });
    expect(mine.find(key)?.name).toBe('me');
    openKeyStore(file).revoke('me');
    expect(mine.find(key)).toBeNull();
    expect(mine.hasKeys).toBe(false);
    expect(mine.list()).toHaveLength(1);
  });

  it('names a key once at a time', () => {
    const keys = openKeyStore(file);
    keys.add({ name: 'me' });
    expect(() => keys.add({ name: 'me' })).toThrow(/already a key called me/);
    keys.revoke('me');
    keys.add({ name: 'me' });
    expect(() => keys.revoke('you')).toThrow(/there is me/);
  });

  it('loses no key where several processes add and revoke', async () => {
    const source = new URL('./key-store.ts', import.meta.url).href;
    // Each waits until the other is there, or they would come one after the other.
    const program = `import { existsSync, writeFileSync } from 'node:fs';
      import { openKeyStore } from '${source}';
      const [file, own, other] = process.argv.slice(1);
      const keys = openKeyStore(file);
      writeFileSync(file + own, '');
      while (!existsSync(file + other));
      for (let i = 0; i < 10; i++) {
        keys.add({ name: own + i });
        if (i % 2 === 1) keys.revoke(own + i);
      }`;
    const begin = (own: string, other: string) =>
      promisify(execFile)(process.execPath, [
        ...['--conditions=@quaestor/source', '--import', 'tsx', '--input-type=module'],
        ...['--eval', program, file, own, other],
      ]);
    const others = [begin('a', 'b'), begin('b', 'a')];
    await Promise.all(others);
    const keys = openKeyStore(file).list();
    expect(keys).toHaveLength(20);
    expect(keys.filter(({ revoked }) => revoked === null)).toHaveLength(10);
  });

  it.each([
    { name: '' },
    { name: '../x' },
    { name: 'a', allow: [] },
    { name: 'a', allow: ['a.b.c.d'] },
  ])('makes no key of %j', (settings) => {
    expect(() => openKeyStore(file).add(settings)).toThrow();
  });

  it.each(['', '{}', '{"keys":[{"id":"a"}]}'])('does not go on with a file of %j', (text) => {
    writeFileSync(file, text);
    expect(() => openKeyStore(file).list()).toThrow(/keys add/);
  });
});
