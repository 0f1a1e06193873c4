import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { lockHolder, stateFolder } from '@quaestor/peft';
import { expect, it } from 'vitest';
import { temporaryHome } from './testing/command-line.ts';

const binary = fileURLToPath(new URL('../bin/quaestor.mjs', import.meta.url));

async function until(met: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; !met(); await sleep(20)) {
    if (Date.now() > end) throw new Error('it did not happen within a minute');
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The launcher leads a group, as on a terminal. */
const ENDS = [
  ['whose launcher was killed', (launcher: number) => process.kill(launcher, 'SIGKILL')],
  ['whose terminal was closed', (launcher: number) => process.kill(-launcher, 'SIGHUP')],
] as const;

it.each(ENDS)(
  'keeps and ends a training %s',
  async (_how, end) => {
    const engine = stateFolder('engine');
    const home = await temporaryHome();
    let training = 0;
    try {
      symlinkSync(engine, join(home.folder, 'engine'));
      const record = { instruction: 'Name it.', input: '', output: 'bond' };
      writeFileSync(join(home.folder, 'records.jsonl'), JSON.stringify(record));
      const words =
        'train instructions --records records.jsonl --model tiny --out x --set r=2 --num-train-epochs 1000000';
      const started = spawn(process.execPath, [binary, ...words.split(' ')], {
        cwd: home.folder,
        stdio: 'ignore',
        detached: true,
      });
      const folder = join(home.folder, 'training', 'x');
      const lock = join(folder, 'training.pid');
      const checkpoints = () =>
        existsSync(folder)
          ? readdirSync(folder, { recursive: true }).filter((file) =>
              /checkpoint-\d/.test(String(file)),
            )
          : [];
      await until(() => lockHolder(lock) !== null);
      training = lockHolder(lock) ?? 0;
      end(started.pid as number);
      await until(() => !isAlive(training));
      expect(existsSync(lock)).toBe(false);
      expect(checkpoints()).toHaveLength(1);
    } finally {
      if (training > 0 && isAlive(training)) process.kill(training, 'SIGKILL');
      home.remove();
    }
  },
  180_000,
);

it.skipIf(process.platform !== 'linux')('ends at once where no state folder can be made', () => {
  const { status, stderr } = spawnSync(process.execPath, [binary, 'hub', 'list'], {
    env: { ...process.env, QUAESTOR_HOME: '/proc/nothing' },
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([
    3,
    'quaestor: The state folder /proc/nothing cannot be made: no folders can be made in /proc. Choose another with QUAESTOR_HOME.\n',
  ]);
});
