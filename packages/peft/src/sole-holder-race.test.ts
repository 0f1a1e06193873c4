import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const RACERS = 4;
const TURNS = 150;
/** No process has this number. */
const GONE = 2 ** 30;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-lock-race-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Processes that take a lock over from each other, as if its holder had died each time; who met another in it says so. */
async function race(source: string, takeOver: string): Promise<string[]> {
  const lock = join(folder, 'lock');
  const program = `import { readdirSync, rmSync, writeFileSync } from 'node:fs';
    import * as locks from '${new URL(source, import.meta.url).href}';
    const [folder, lock, own] = process.argv.slice(1);
    const inside = folder + '/inside';
    let met = 0;
    const work = () => {
      try {
        writeFileSync(inside, '', { flag: 'wx' });
      } catch {
        met++;
      }
      rmSync(inside, { force: true });
    };
    writeFileSync(folder + '/ready-' + own, '');
    while (readdirSync(folder).filter((name) => name.startsWith('ready-')).length < ${RACERS});
    for (let turn = 0; turn < ${TURNS}; turn++) {
      ${takeOver}
    }
    console.log(met);`;
  writeFileSync(lock, `${GONE}`);
  const outputs = await Promise.all(
    Array.from({ length: RACERS }, (_, own) =>
      promisify(execFile)(process.execPath, [
        ...['--conditions=@quaestor/source', '--import', 'tsx', '--input-type=module'],
        ...['--eval', program, folder, lock, String(own)],
      ]),
    ),
  );
  return outputs.map(({ stdout }) => stdout.trim());
}

it('lets one process at a time into a lock that is abandoned again and again', async () => {
  const met = await race(
    './sole-holder.ts',
    `if (typeof locks.holdLock(lock) === 'number') continue;
    work();
    writeFileSync(lock, '${GONE}');`,
  );
  expect(met).toEqual(Array(RACERS).fill('0'));
  expect(readdirSync(folder)).not.toContain('lock.removal');
});

it('does so for work that is done under a lock', async () => {
  const met = await race(
    './hub/exclusive.ts',
    `locks.exclusivelySync(lock, () => {
      work();
      writeFileSync(lock, '${GONE}');
    });`,
  );
  expect(met).toEqual(Array(RACERS).fill('0'));
  expect(readdirSync(folder)).not.toContain('lock.removal');
});
