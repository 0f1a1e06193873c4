import { resolve } from 'node:path';
import {
  measureRetrieval,
  openCrossEncoder,
  RECALL_AT,
  type RetrievalReport,
  reRanker,
} from '@quaestor/finsql';
import * as z from 'zod';
import { openAdapters } from '../adapters.ts';
import { describeProcessor } from '../bench/machine.ts';
import { defineCommand, jsonOption, type Terminal } from '../command.ts';
import { readScoredSet, scoredSetOptions } from '../evaluation/scored-set.ts';
import { openBaseModel } from '../language-model/open.ts';
import { Progress } from '../progress.ts';
import { readExemplars } from '../read-exemplars.ts';
import { type TableOptions, table, tableOptions } from '../table.ts';

/** `quaestor bench retrieval`: recall of tables and columns for each retriever, and its time. */
export const benchRetrieval = defineCommand({
  options: z.object({
    ...scoredSetOptions,
    trainQuestions: z
      .string()
      .min(1)
      .optional()
      .describe('questions with known SQL that guide retrieval; measured with and without them'),
    retriever: z
      .string()
      .min(1)
      .optional()
      .describe('trained cross-encoder of the hub, measured beside the others'),
    model: z.string().min(1).optional().describe('its base model: a folder, a file or a name'),
    limit: z.int().positive().optional().describe('only the first so many questions'),
    json: jsonOption,
  }),
  examples: [
    'bench retrieval --questions dev.json --databases database --tables tables.json --train-questions train.json',
    'bench retrieval --questions dev.json --databases database --limit 100 --json',
  ],
  run: async (options, terminal) => {
    const { questions, databases, tables, trainQuestions, retriever, model, limit, json } = options;
    const path = (file: string) => resolve(terminal.cwd, file);
    const set = readScoredSet({ questions, databases, tables }, terminal.cwd);
    const progress = new Progress(terminal);
    const opened = retriever === undefined ? null : await openRetriever(retriever, model, terminal);
    try {
      const report = await measureRetrieval(
        { ...set, items: set.items.slice(0, limit) },
        {
          train: trainQuestions === undefined ? [] : readExemplars(path(trainQuestions)),
          also: opened === null ? [] : [reRanker(opened.encoder)],
          signal: terminal.signal,
          onQuestion: (done, total) => progress.update(`${done}/${total}`, done / total),
        },
      );
      progress.clear();
      terminal.stdout.write(
        json
          ? `${JSON.stringify({ machine: describeProcessor(), ...report }, null, 2)}\n`
          : describe(report, tableOptions(terminal)),
      );
    } finally {
      progress.clear();
      opened?.close();
    }
  },
});

async function openRetriever(name: string, model: string | undefined, terminal: Terminal) {
  const entry = openAdapters().get(name);
  const base = await openBaseModel(model ?? entry.baseModel ?? undefined, terminal);
  const encoder = openCrossEncoder(entry.path, base);
  return {
    encoder,
    close: () => {
      encoder.dispose();
      base.dispose();
    },
  };
}

function describe(report: RetrievalReport, options: TableOptions): string {
  const { questions, skipped, databases, trainingPairs, leaks, indexMilliseconds } = report;
  const named = (name: string, pairs: boolean) => (pairs ? `${name} + training pairs` : name);
  const rows = report.retrievers.flatMap(({ retriever, trainingPairs: pairs, ...figures }) =>
    (['tables', 'columns'] as const).map((what) => [
      named(retriever, pairs),
      what,
      ...RECALL_AT.map((k) => (figures[what].recall[k] ?? 0).toFixed(1)),
      (figures[what].complete[RECALL_AT[2]] ?? 0).toFixed(1),
      figures.milliseconds.p50.toFixed(1),
    ]),
  );
  const heads = RECALL_AT.map((k) => `recall@${k}`);
  const prompts = report.prompts.map((prompt) => [
    named('prompt', prompt.trainingPairs),
    prompt.allTables.toFixed(1),
    prompt.allColumns.toFixed(1),
    prompt.meanTokens.toFixed(0),
    prompt.milliseconds.p50.toFixed(1),
  ]);
  return [
    table(['retriever', 'of', ...heads, `all@${RECALL_AT[2]}`, 'ms'], rows, options),
    '\n',
    table(
      ['in the prompt, % of questions', 'all tables', 'all columns', 'tokens', 'ms'],
      prompts,
      options,
    ),
    '\n',
    `${questions} questions over ${databases} databases`,
    skipped === 0 ? '' : `, ${skipped} left out because their SQL uses no table`,
    trainingPairs === 0 ? '' : `; ${trainingPairs} training pairs`,
    leaks === 0
      ? ''
      : `, ${leaks} of which ask the same as a measured question and are not used for it`,
    `\nValues of all databases were indexed in ${(indexMilliseconds / 1000).toFixed(1)} s.\n`,
  ].join('');
}
