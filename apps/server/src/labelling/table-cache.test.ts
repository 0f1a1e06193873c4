import { mkdtempSync, readdirSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { TableCache } from './table-cache.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-cache-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** What is not kept is read again, from a file that is gone. */
async function kept(cache: TableCache, files: readonly string[]): Promise<readonly boolean[]> {
  for (const file of files) rmSync(file);
  const read = await Promise.allSettled(files.map((file) => cache.read(file)));
  return read.map(({ status }) => status === 'fulfilled');
}

const cells = (count: number) => `a,b\n${'x'.repeat(count)},\n`;

it('drops the oldest, by the size of each, while others are being read', async () => {
  const cache = new TableCache(100);
  const files = [80, 10, 30].map((count, i) => written(`${i}.csv`, cells(count)));
  await Promise.all(files.map((file) => cache.read(file)));
  expect(await kept(cache, files)).toEqual([false, true, true]);
});

it.runIf(process.platform === 'linux')(
  'keeps a table whose file took the place of a bad one',
  async () => {
    const cache = new TableCache();
    const file = written('replaced.csv', `a,b\n"${'x'.repeat(4_000_000)}`);
    const bad = cache.read(file);
    const failed = expect(bad).rejects.toMatchObject({ code: 'bad-csv' });
    while (!isOpen(file)) await nextTurn();
    cache.forget(file);
    renameSync(written('good.csv', cells(1)), file);
    await cache.read(file);
    await failed;
    expect(await kept(cache, [file])).toEqual([true]);
  },
);

function isOpen(file: string): boolean {
  return readdirSync('/proc/self/fd').some((name) => {
    try {
      return readlinkSync(`/proc/self/fd/${name}`) === file;
    } catch {
      return false;
    }
  });
}
