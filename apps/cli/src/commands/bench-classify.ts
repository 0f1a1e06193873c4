import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  describeRow,
  findSerialiser,
  type LearnedTable,
  learnTable,
  openCsv,
} from '@quaestor/tabllm';
import * as z from 'zod';
import { describeMachine } from '../bench/machine.ts';
import {
  growTable,
  type LanguageSpeed,
  notesOfLength,
  type Speed,
  speedOfModel,
  speedOfTable,
  speedsOfLanguage,
  type TableSpeed,
} from '../bench/speed-of-classifying.ts';
import { defineCommand, jsonOption, modelOption } from '../command.ts';
import { openBaseModel } from '../language-model/open.ts';
import { Progress } from '../progress.ts';
import { inRepository } from '../repository.ts';
import { table, tableOptions } from '../table.ts';

const TARGET = 'label';
const ASKED = {
  question: 'Does this person earn more than 50000 dollars per year? Yes or no?',
  words: ['No', 'Yes'],
};

/** `quaestor bench classify`: rows a second of the tabular models and of the language model here. */
export const benchClassify = defineCommand({
  options: z.object({
    model: modelOption,
    labels: z.int().min(48).max(1500).default(512).describe('labelled rows that are learned from'),
    rows: z.int().positive().default(200_000).describe('rows of the table that is predicted'),
    asked: z
      .int()
      .min(0)
      .max(500)
      .default(64)
      .describe('rows that the language model reads; 0: none'),
    tokens: z
      .int()
      .min(40)
      .max(1024)
      .optional()
      .describe('tokens of a prompt that the language model reads; default: as rows have them'),
    seed: z.int().min(0).default(1).describe('seed of the rows that are drawn'),
    json: jsonOption,
  }),
  examples: [
    'bench classify',
    'bench classify --rows 1000000 --asked 0 --json',
    'bench classify --asked 128 --tokens 150',
  ],
  run: async ({ model: name, json, ...config }, terminal) => {
    const { tokens } = config;
    const progress = new Progress(terminal);
    const folder = await mkdtemp(join(tmpdir(), 'quaestor-bench-'));
    try {
      const source = inRepository('data/tables/income/rows.csv');
      const file = join(folder, 'rows.csv');
      progress.update('learning');
      await growTable(source, file, { ...config, skip: config.labels });
      const train = join(folder, 'labelled.csv');
      await growTable(source, train, { rows: config.labels, skip: 0, seed: config.seed });
      const learned = await learnTable({ file, train, target: TARGET, seed: config.seed });
      const tabular: TableSpeed[] = [];
      for (const threads of new Set([1, availableParallelism()])) {
        progress.update(`${config.rows} rows, ${threads} threads`);
        tabular.push(await speedOfTable(learned, file, threads, terminal.signal));
      }
      progress.update('rows in memory');
      const inMemory = await speedOfModel(learned, file);
      const language = config.asked === 0 ? null : await readByModel(learned, file, config.asked);
      const report = {
        machine: await describeMachine(),
        date: new Date().toISOString().slice(0, 10),
        config,
        tabular,
        inMemory,
        language,
      };
      terminal.stdout.write(
        json
          ? `${JSON.stringify(report, null, 2)}\n`
          : inWords(tabular, inMemory, language?.speeds ?? []),
      );
    } finally {
      progress.clear();
      await rm(folder, { recursive: true, force: true });
    }

    async function readByModel({ schema }: LearnedTable, file: string, rows: number) {
      progress.update(`${rows} rows by the language model`);
      const model = await openBaseModel(name, terminal);
      try {
        const write = findSerialiser('text-template').prepare({ seed: config.seed });
        const describe = describeRow(schema);
        const rowNotes = (await firstRows(file, rows)).map((cells) => write(describe(cells)));
        const notes =
          tokens === undefined ? rowNotes : notesOfLength(model, rowNotes, ASKED.question, tokens);
        const { precision } = model;
        return {
          model: model.name,
          precision,
          speeds: await speedsOfLanguage(model, notes, ASKED),
        };
      } finally {
        model.dispose();
      }
    }

    function inWords(
      tabular: readonly TableSpeed[],
      inMemory: Speed,
      language: readonly LanguageSpeed[],
    ): string {
      const rows = [
        ...tabular.map((speed) => [`tabular, threads: ${speed.threads}`, '', ...cells(speed)]),
        ['tabular, rows in memory', '', ...cells(inMemory)],
        ...language.map((speed) => [
          `language model, ${speed.style}`,
          speed.tokensPerRow.toFixed(0),
          ...cells(speed),
        ]),
      ];
      const header = ['part', 'tokens/row', 'rows/s', 'CPU µs/row', 'peak MB'];
      return table(header, rows, tableOptions(terminal));
    }
  },
});

function cells(speed: Speed): string[] {
  return [
    speed.rowsPerSecond.toFixed(speed.rowsPerSecond < 100 ? 1 : 0),
    speed.microsecondsPerRow.toFixed(1),
    (speed.peakMemory / 1e6).toFixed(0),
  ];
}

async function firstRows(file: string, count: number): Promise<string[][]> {
  const { columns, rows } = await openCsv(file);
  const place = columns.indexOf(TARGET);
  const read: string[][] = [];
  for await (const some of rows()) {
    for (const row of some) read.push(row.cells.filter((_, i) => i !== place));
    if (read.length >= count) break;
  }
  return read.slice(0, count);
}
