import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { promisify } from 'node:util';
import { replaceFile } from '@quaestor/peft';
import * as z from 'zod';
import { openAdapters } from '../adapters.ts';
import { describeMachine } from '../bench/machine.ts';
import {
  planTransfer,
  type ScoreStep,
  type TransferConfig,
  transferConfig,
  WAYS,
  type Way,
} from '../bench/transfer/plan.ts';
import { writeQuestionFiles } from '../bench/transfer/question-files.ts';
import { chartPlace } from '../chart/chart-place.ts';
import { lineChart } from '../chart/line-chart.ts';
import { defineCommand, jsonOption, type Terminal } from '../command.ts';
import { InputError } from '../errors.ts';
import { expectOutput } from '../expect-output.ts';
import { Progress } from '../progress.ts';
import { readJsonAs } from '../read-json-as.ts';
import { inRepository } from '../repository.ts';
import { table } from '../table.ts';

const transferRow = z.object({
  way: z.enum(WAYS),
  k: z.int(),
  scored: z.int(),
  correct: z.int(),
  /** Per cent. */
  accuracy: z.number(),
});
type TransferRow = z.output<typeof transferRow>;

const knownResult = z.object({ config: transferConfig, rows: z.array(transferRow) });

/** What the result file holds, finished or not. */
interface TransferResult {
  readonly date: string;
  readonly machine: unknown;
  readonly config: TransferConfig;
  readonly rows: readonly TransferRow[];
}

const run = promisify(execFile);

/** `quaestor bench transfer`: ways of answering about a database with few known questions, side by side. */
export const benchTransfer = defineCommand({
  options: z.object({
    experiment: z
      .string()
      .default(inRepository('data/experiments/transfer.json'))
      .describe('JSON file of the experiment'),
    prefix: z
      .string()
      .regex(/^[\w.-]+$/)
      .default('transfer')
      .describe('beginning of the names of the adapters that it makes'),
    out: z.string().min(1).describe('JSON file; an experiment found there goes on'),
    chart: z.string().min(1).optional().describe('file for the chart, as SVG'),
    steps: z.int().positive().optional().describe('stop after so many adapters and rows'),
    json: jsonOption,
  }),
  examples: ['bench transfer --out transfer.json --chart transfer.svg'],
  run: async (options, terminal) => {
    const path = (file: string) => resolve(terminal.cwd, file);
    const chart = chartPlace(options, terminal, 'bench transfer');
    expectOutput('bench transfer', terminal, {
      reads: { '--experiment': options.experiment },
      writes: { '--out': options.out, '--chart': chart },
    });
    const config = readJsonAs(path(options.experiment), transferConfig, 'transfer experiment');
    const out = path(options.out);
    const rows = [...readRows(out, config)];
    const files = writeQuestionFiles(config, `${out}.questions`, path);
    const machine = await describeMachine();
    const progress = new Progress(terminal);
    const hub = openAdapters();
    const present = new Set(hub.list().map(({ name }) => name));
    const waiting = planTransfer(config, files, options.prefix).filter((step) =>
      step.kind === 'make'
        ? !present.has(step.adapter)
        : !rows.some(({ way, k }) => way === step.way && k === step.k),
    );
    for (const [index, step] of waiting.slice(0, options.steps).entries()) {
      const what = step.kind === 'make' ? step.adapter : `${step.way}, ${step.k} questions`;
      progress.update(`${index + 1} of ${waiting.length}: ${what}`, index / waiting.length);
      const printed = await quaestor(step.args, terminal);
      if (step.kind === 'make') continue;
      rows.push(scoredRow(step, printed));
      const result: TransferResult = { date: new Date().toISOString(), machine, config, rows };
      replaceFile(out, Buffer.from(`${JSON.stringify(result, null, 1)}\n`));
    }
    progress.clear();
    if (chart !== undefined && rows.length > 0) {
      replaceFile(chart, Buffer.from(transferChart(rows, config)));
    }
    terminal.stdout.write(
      options.json ? `${JSON.stringify(rows, null, 2)}\n` : transferTable(rows, config.shots),
    );
    if (options.steps !== undefined && options.steps < waiting.length) {
      progress.line(`${waiting.length - options.steps} left; the same command goes on.`);
    }
  },
});

/** @throws InputError for the rows of another experiment */
function readRows(out: string, config: TransferConfig): readonly TransferRow[] {
  if (!existsSync(out)) return [];
  const known = readJsonAs(out, knownResult, 'result of bench transfer');
  if (JSON.stringify(known.config) === JSON.stringify(config)) return known.rows;
  throw new InputError(
    `${basename(out)} holds another experiment's rows: give another --out, or its --experiment.`,
  );
}

/** Runs one command in a process of its own, so that each starts with the memory of none before. */
async function quaestor(args: readonly string[], terminal: Terminal): Promise<string> {
  try {
    const { stdout } = await run(
      process.execPath,
      [inRepository('apps/cli/bin/quaestor.mjs'), ...args, '--json'],
      { cwd: terminal.cwd, signal: terminal.signal, maxBuffer: 1 << 26 },
    );
    return stdout;
  } catch (error) {
    terminal.signal.throwIfAborted();
    const { stderr = '' } = error as { stderr?: string };
    throw new InputError(`quaestor ${args.join(' ')}: ${stderr.trim().split('\n').at(-1)}`);
  }
}

const scoreOutput = z.object({ scored: z.int(), correct: z.int(), accuracy: z.number() });

function scoredRow({ way, k }: ScoreStep, printed: string): TransferRow {
  return { way, k, ...scoreOutput.parse(JSON.parse(printed)) };
}

function transferTable(rows: readonly TransferRow[], shots: readonly number[]): string {
  const cell = (way: Way, k: number) =>
    rows.find((row) => row.way === way && row.k === k)?.accuracy.toFixed(1) ?? '–';
  return table(
    ['way', ...shots.map((k) => `${k} questions`)],
    WAYS.map((way) => [way, ...shots.map((k) => cell(way, k))]),
  );
}

function transferChart(rows: readonly TransferRow[], { target }: TransferConfig): string {
  return lineChart({
    title: `Execution accuracy on ${target}, per cent`,
    across: 'known questions',
    lines: WAYS.map((name) => ({
      name,
      points: rows
        .filter(({ way }) => way === name)
        .map(({ k, accuracy }) => ({ at: k, value: accuracy })),
    })).filter(({ points }) => points.length > 0),
    step: 10,
    decimals: [0, 1],
  });
}
