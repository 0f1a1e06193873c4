/**
 * The walk of a new user, from a database of their own to an adapter that was retrained on their
 * corrections and a table that is labelled, over a real server with the real model:
 *
 * usage: npx tsx --conditions=@quaestor/source test/walk/run.ts [--home FOLDER]
 *
 * Prints a line of JSON for each step with its seconds and outcome; exit code 1 when a step fails. With
 * a folder, a walk that was cut off goes on after its last step when it is run again.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { replaceFile } from '@quaestor/peft';
import { type Outcomes, STEPS } from './steps.ts';
import { WalkedServer } from './walked-server.ts';

const { values } = parseArgs({ options: { home: { type: 'string' } } });
const kept = values.home === undefined ? undefined : resolve(values.home);
const home = kept ?? mkdtempSync(join(tmpdir(), 'quaestor-walk-'));
const progress = join(home, 'walk.json');
const outcomes: Outcomes = existsSync(progress) ? JSON.parse(readFileSync(progress, 'utf8')) : {};

const server = new WalkedServer(home);
let cutOff = false;
const stop = () => {
  cutOff = true;
  void server.stop().then(() => process.exit(130));
};
process.on('SIGINT', stop).on('SIGTERM', stop);

/** Runs one piece of work and prints what came of it. @returns whether it went well */
async function step(name: string, work: () => Promise<object>): Promise<object | null> {
  const began = performance.now();
  const tell = (outcome: object) => {
    const seconds = Number(((performance.now() - began) / 1000).toFixed(1));
    process.stdout.write(`${JSON.stringify({ step: name, seconds, ...outcome })}\n`);
  };
  try {
    const outcome = await work();
    tell({ ok: true, ...outcome });
    return outcome;
  } catch (error) {
    if (!cutOff)
      tell({ ok: false, problem: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

async function walk(): Promise<boolean> {
  const started = await step('start', async () => ({ model: await server.start() }));
  if (started === null) return false;
  for (const { name, work } of STEPS) {
    if (outcomes[name] !== undefined) continue;
    const outcome = await step(name, () => work(server, outcomes, home));
    if (outcome === null) return false;
    outcomes[name] = outcome;
    replaceFile(progress, Buffer.from(JSON.stringify(outcomes)));
  }
  return true;
}

try {
  process.exitCode = (await walk()) ? 0 : 1;
} finally {
  await server.stop();
  if (kept === undefined) rmSync(home, { recursive: true, force: true });
}
