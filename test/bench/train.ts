/**
 * Both sides of the training benchmark in one run, alternating, so that the machine's mood falls on
 * both: `quaestor bench train` and hf_peft_train.py.
 *
 * usage: npx tsx --conditions=@quaestor/source test/bench/train.ts PYTHON MODEL.gguf RESULT.json [ROUNDS [METHOD,METHOD…]]
 * PYTHON is an interpreter with torch, transformers, peft, gguf and accelerate.
 */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const [python, model, out, rounds = '3', only] = process.argv.slice(2);
const ROUNDS = Number(rounds);
if (!python || !model || !out) throw new Error('usage: train.ts PYTHON MODEL.gguf RESULT.json');

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const run = promisify(execFile);

/** What one side reports of one shape. */
interface Measured {
  readonly tokensPerSecond: readonly number[];
  readonly peakBytes: number;
}

async function hfPeft(
  method: string,
  targets: string,
): Promise<Measured & { versions: object; matmulGflops: number }> {
  const { stdout } = await run(python as string, [
    here('hf_peft_train.py'),
    model as string,
    '--method',
    method,
    '--targets',
    targets,
  ]);
  return JSON.parse(stdout.trim().split('\n').at(-1) as string);
}

async function quaestor(shape: string): Promise<Measured & { machine: object; precision: string }> {
  const args = [
    here('../../apps/cli/bin/quaestor.mjs'),
    'bench',
    'train',
    '--model',
    model as string,
  ];
  const { stdout } = await run(process.execPath, [
    ...args,
    '--shape',
    shape,
    '--steps',
    '4',
    '--json',
  ]);
  const { machine, results } = JSON.parse(stdout);
  const [{ speeds, peakMemory, precision }] = results;
  return { tokensPerSecond: speeds, peakBytes: peakMemory, machine, precision };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

const shapes = [];
for (const [method, targets, shape] of [
  ['lora', 'all-linear', 'lora r=16 on all linear layers'],
  ['lora', 'qv', 'lora r=8 on q,v'],
  ['dora', 'all-linear', 'dora r=16 on all linear layers'],
  ['adalora', 'all-linear', 'adalora 12 → 8 on all linear layers'],
  ['ia3', 'qv', 'ia3'],
  ['prompt-tuning', 'qv', 'prompt-tuning, 20 tokens'],
  ['prefix-tuning', 'qv', 'prefix-tuning, 20 tokens'],
] as const) {
  if (only && !only.split(',').includes(method)) continue;
  const ours = [];
  const theirs = [];
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push(await hfPeft(method, targets));
    ours.push(await quaestor(shape));
  }
  const speedOf = (side: readonly Measured[]) => {
    const all = side.flatMap(({ tokensPerSecond }) => tokensPerSecond);
    return { median: median(all), best: Math.max(...all) };
  };
  const memoryOf = (side: readonly Measured[]) => median(side.map(({ peakBytes }) => peakBytes));
  const [mine, other] = [speedOf(ours), speedOf(theirs)];
  shapes.push({
    shape,
    batch: '4 × 256 tokens, 40 labelled',
    quaestor: {
      ...mine,
      peakBytes: memoryOf(ours),
      precision: ours[0]?.precision,
      machine: ours[0]?.machine,
    },
    hfPeft: {
      ...other,
      peakBytes: memoryOf(theirs),
      versions: theirs[0]?.versions,
      matmulGflops: theirs[0]?.matmulGflops,
    },
    ratio: {
      speed: mine.median / other.median,
      best: mine.best / other.best,
      memory: memoryOf(ours) / memoryOf(theirs),
    },
  });
}
writeFileSync(
  out,
  `${JSON.stringify({ date: new Date().toISOString(), rounds: ROUNDS, shapes }, null, 2)}\n`,
);
