import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { forkProgram } from '@quaestor/finsql';
import type { SetupStep } from '@quaestor/peft';
import { inRepository } from '../repository.ts';
import type { DemoReply } from './demo-program.ts';

/** The demo database, made from its seeded recipe; again when the recipe changes. */
export const makeDemoDatabase: SetupStep = {
  name: 'demo',
  title: 'Making the demo database',
  done: (home) => {
    const stamp = stampFile(home);
    return (
      existsSync(demoDatabase(home)) &&
      existsSync(stamp) &&
      readFileSync(stamp, 'utf8') === recipeHash()
    );
  },
  run: async ({ home, report, signal }) => {
    const target = demoDatabase(home);
    mkdirSync(dirname(target), { recursive: true });
    rmSync(stampFile(home), { force: true });
    const made = await make(target, signal, (part, done) =>
      report({ kind: 'progress', text: part, fraction: done }),
    );
    writeFileSync(stampFile(home), recipeHash());
    report({ kind: 'note', text: `${made.tables} tables, ${made.rows} rows in ${target}` });
  },
};

function make(
  target: string,
  signal: AbortSignal,
  onProgress: (part: string, done: number) => void,
): Promise<{ readonly tables: number; readonly rows: number }> {
  const child = forkProgram('demo-program', import.meta.url, [target], { signal });
  return new Promise((resolve, reject) => {
    child.on('message', (reply: DemoReply) => {
      if (reply.kind === 'progress') onProgress(reply.part, reply.done);
      else if (reply.kind === 'made') resolve(reply);
      else reject(new Error(reply.reason));
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`The program that makes the demo database ended (${signal ?? code}).`)),
    );
  });
}

/** Where the demo database lies, whether or not it has been made. */
export function demoDatabase(home: string): string {
  return join(home, 'databases', 'demo.sqlite');
}

function stampFile(home: string): string {
  return join(home, 'databases', '.demo-recipe');
}

/** Changes with any source of the recipe. */
function recipeHash(): string {
  const folder = inRepository('data/demo');
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) {
    if (/(?<!\.test)\.(ts|sql)$/.test(name)) hash.update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex');
}
