import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { replaceFile, tuners } from '@quaestor/peft';
import * as z from 'zod';
import { describeMachine } from '../bench/machine.ts';
import { BASE_ROW, type MeasuredMethod, measuredMethod } from '../bench/methods/measure-method.ts';
import { methodsChart } from '../bench/methods/methods-chart.ts';
import { TASKS } from '../bench/methods/tasks.ts';
import { chartPlace } from '../chart/chart-place.ts';
import { defineCommand, jsonOption } from '../command.ts';
import { expectOutput } from '../expect-output.ts';
import { Progress } from '../progress.ts';
import { cannotGoOn, readJsonAs } from '../read-json-as.ts';
import { inRepository } from '../repository.ts';
import { type TableOptions, table, tableOptions } from '../table.ts';

const settingsFile = z.record(
  z.string(),
  z.object({
    learning_rate: z.number().positive().optional(),
    set: z.record(z.string(), z.unknown()).default({}),
    sources: z.string().optional(),
    zero_biases: z.boolean().default(false),
  }),
);

/** A finished comparison, or one that goes on: what the result file holds. */
const comparisonFile = z.object({
  date: z.string(),
  machine: z.unknown(),
  steps: z.int(),
  batchSize: z.int(),
  seed: z.int(),
  results: z.array(measuredMethod).readonly(),
});
type Comparison = Readonly<z.infer<typeof comparisonFile>>;

const run = promisify(execFile);

/** `quaestor bench methods`: every method on the same tasks with the same budget, each in its own process. */
export const benchMethods = defineCommand({
  options: z.object({
    methods: z.array(z.string()).default([]).describe('only these; default: all'),
    task: z
      .array(z.enum(TASKS))
      .default([...TASKS])
      .describe('only these tasks'),
    settings: z
      .string()
      .default(inRepository('data/experiments/methods.json'))
      .describe('JSON file of learning rates, settings and what comes first, by method'),
    steps: z.int().positive().default(24).describe('optimizer steps of each method'),
    batchSize: z.int().positive().default(4).describe('examples of a step'),
    seed: z.int().default(1).describe('seed of data, initial values and order'),
    out: z.string().min(1).optional().describe('JSON file; a comparison found there goes on'),
    chart: z.string().min(1).optional().describe('file for the chart, as SVG'),
    json: jsonOption,
  }),
  examples: [
    'bench methods --methods lora --methods ia3 --task table',
    'bench methods --out methods.json --chart methods.svg',
  ],
  run: async (options, terminal) => {
    const { methods, task: tasks, steps, batchSize, seed, out, json } = options;
    const chart = chartPlace(options, terminal, 'bench methods');
    expectOutput('bench methods', terminal, {
      reads: { '--settings': options.settings },
      writes: { '--out': out, '--chart': chart },
    });
    const settingsPath = resolve(terminal.cwd, options.settings);
    const settings = readJsonAs(settingsPath, settingsFile, 'file of settings by method');
    const file = out === undefined ? undefined : resolve(terminal.cwd, out);
    const results = file === undefined ? [] : readResults(file, { steps, batchSize, seed });
    const machine = await describeMachine();
    const progress = new Progress(terminal);
    const failed: string[] = [];
    const names = methods.length > 0 ? methods : [BASE_ROW, ...tuners().map(({ name }) => name)];
    for (const task of tasks) {
      for (const method of names) {
        if (results.some((done) => done.method === method && done.task === task)) continue;
        progress.update(`${method} on ${task}`);
        const { learning_rate: rate, set = {}, sources, zero_biases } = settings[method] ?? {};
        const flags = [
          ['--task', task],
          ['--steps', String(steps)],
          ['--batch-size', String(batchSize)],
          ['--seed', String(seed)],
          rate === undefined ? [] : ['--learning-rate', String(rate)],
          sources === undefined ? [] : ['--sources', sources],
          zero_biases ? ['--zero-biases'] : [],
          ...Object.entries(set).map(([key, value]) => [
            '--set',
            `${key}=${JSON.stringify(value)}`,
          ]),
        ].flat();
        try {
          const args = [inRepository('apps/cli/bin/quaestor.mjs'), 'bench', 'method', method];
          const { stdout } = await run(process.execPath, [...args, ...flags, '--json'], {
            signal: terminal.signal,
            maxBuffer: 1 << 26,
          });
          results.push(JSON.parse(stdout.trim().split('\n').at(-1) as string));
        } catch (error) {
          terminal.signal.throwIfAborted();
          const { stderr = '' } = error as { stderr?: string };
          failed.push(`${method} on ${task}: ${stderr.trim().split('\n').at(-1)}`);
          continue;
        }
        const date = new Date().toISOString();
        const comparison: Comparison = { date, machine, steps, batchSize, seed, results };
        if (file !== undefined) {
          replaceFile(file, Buffer.from(`${JSON.stringify(comparison, null, 1)}\n`));
        }
      }
    }
    progress.clear();
    if (chart !== undefined) replaceFile(chart, Buffer.from(methodsChart(results)));
    terminal.stdout.write(
      json
        ? `${JSON.stringify(results, null, 2)}\n`
        : methodsTable(results, tableOptions(terminal)),
    );
    for (const { method, task, note } of json ? [] : results) {
      if (note) terminal.stdout.write(`${method} on ${task}: ${note}\n`);
    }
    for (const problem of failed) terminal.stderr.write(`not measured: ${problem}\n`);
    return failed.length === 0 ? 0 : 1;
  },
});

/** @throws InputError for what was measured otherwise, which is then not written over */
function readResults(
  file: string,
  { steps, batchSize, seed }: Pick<Comparison, 'steps' | 'batchSize' | 'seed'>,
): MeasuredMethod[] {
  if (!existsSync(file)) return [];
  const known = readJsonAs(file, comparisonFile, 'comparison to go on with');
  if (known.steps === steps && known.batchSize === batchSize && known.seed === seed) {
    return [...known.results];
  }
  throw cannotGoOn(
    file,
    `it was measured with --steps ${known.steps} --batch-size ${known.batchSize} --seed ${known.seed}`,
  );
}

function methodsTable(results: readonly MeasuredMethod[], options: TableOptions): string {
  return table(
    ['method', 'task', 'trained', 'stored MB', 'GB', 'tokens/s', 'lr', 'held-out loss', 'score'],
    results.map((row) => [
      row.method,
      row.task,
      row.trainedParameters,
      (row.adapterBytes / 1e6).toFixed(2),
      (row.peakBytes / 1e9).toFixed(2),
      Math.round(row.tokensPerSecond),
      row.learningRate,
      row.heldOutLoss.toFixed(3),
      `${row.score.value.toFixed(1)} ${row.score.name}`,
    ]),
    options,
  );
}
