/**
 * Many cases of every target, each in a process that may crash or hang without ending this one:
 *
 * usage: npx tsx --conditions=@quaestor/source test/fuzz/run.ts [--count 10000] [--seed 1] [--out F.json] [TARGET…]
 *
 * Exit code 1 where a case failed, crashed or hung; TARGET, seed and case number repeat it.
 */
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FUZZ_TARGETS } from './targets.ts';

/** Milliseconds without a sign of life after which a case hangs. */
const PATIENCE = 60_000;

/** Faults of one target after which the others are not looked for. */
const MOST_FAULTS = 20;

interface Fault {
  readonly case: number;
  readonly kind: 'failed' | 'crashed' | 'hung';
  readonly reason: string;
}

interface Message {
  readonly begins?: number;
  readonly failed?: number;
  readonly reason?: string;
  readonly done?: boolean;
}

const { values, positionals } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
  allowPositionals: true,
});
const count = Number(values.count);
const targets = FUZZ_TARGETS.filter(
  ({ name }) => positionals.length === 0 || positionals.includes(name),
);
const program = fileURLToPath(new URL('fuzz-child.ts', import.meta.url));

/** Runs cases from one on, to the end or to the case that ends the process. @returns where to go on */
function runFrom(name: string, from: number, faults: Fault[]): Promise<number> {
  return new Promise((resolve) => {
    const child = fork(program, [name, values.seed, String(from), String(count)], {
      execArgv: ['--conditions=@quaestor/source', '--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let [at, said, hung, done, begun] = [from, '', false, false, false];
    const kill = () => {
      hung = true;
      child.kill('SIGKILL');
    };
    let alarm = setTimeout(kill, PATIENCE);
    child.stderr?.on('data', (chunk) => {
      said = (said + chunk).slice(-2000);
    });
    child.on('message', ({ begins, failed, reason = '', done: ended = false }: Message) => {
      clearTimeout(alarm);
      alarm = setTimeout(kill, PATIENCE);
      if (begins !== undefined) at = begins;
      begun ||= begins !== undefined;
      if (failed !== undefined) faults.push({ case: failed, kind: 'failed', reason });
      done ||= ended;
      if (faults.length >= MOST_FAULTS) child.kill('SIGKILL');
    });
    child.on('exit', (code, signal) => {
      clearTimeout(alarm);
      if (done || faults.length >= MOST_FAULTS) {
        resolve(count);
        return;
      }
      const reason = hung ? `no sign for ${PATIENCE} ms` : `${signal ?? `exit ${code}`} ${said}`;
      faults.push({ case: at, kind: hung ? 'hung' : 'crashed', reason });
      // What cannot even start fails in the same way each time.
      resolve(begun ? at + 1 : count);
    });
  });
}

const report = [];
for (const { name } of targets) {
  const began = performance.now();
  const faults: Fault[] = [];
  for (let next = 0; next < count; ) next = await runFrom(name, next, faults);
  const seconds = Math.round((performance.now() - began) / 1000);
  report.push({ target: name, cases: count, seed: Number(values.seed), seconds, faults });
  process.stderr.write(`${name}: ${count} cases, ${faults.length} faults, ${seconds} s\n`);
}
const text = `${JSON.stringify({ date: new Date().toISOString(), node: process.versions.node, report }, null, 2)}\n`;
if (values.out === undefined) process.stdout.write(text);
else writeFileSync(values.out, text);
process.exitCode = report.some(({ faults }) => faults.length > 0) ? 1 : 0;
