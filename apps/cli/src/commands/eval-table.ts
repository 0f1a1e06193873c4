import { basename, resolve } from 'node:path';
import { type LanguageModel, replaceFile, type TrainStep } from '@quaestor/peft';
import {
  type ComparedCell,
  compareMethods,
  type FewShotTask,
  findLabelledSets,
  type MacroMean,
  macroMeans,
  meansOfSets,
  PAPER_SEEDS,
  PAPER_SHOTS,
  readLabelledSet,
  type TableMethod,
  tabularMethods,
  tuningConfig,
} from '@quaestor/tabllm';
import * as z from 'zod';
import { openAdapters } from '../adapters.ts';
import { describeMachine } from '../bench/machine.ts';
import { chartPlace } from '../chart/chart-place.ts';
import { defineCommand, jsonOption, type Terminal } from '../command.ts';
import { InputError } from '../errors.ts';
import { aucChart } from '../evaluation/auc-chart.ts';
import { macroTable, setTables } from '../evaluation/auc-table.ts';
import { readBeside, readComparison, writeComparison } from '../evaluation/comparison-file.ts';
import { languageMethods } from '../evaluation/language-methods.ts';
import { openBaseModel } from '../language-model/open.ts';
import { Progress } from '../progress.ts';
import { inRepository } from '../repository.ts';
import { tableOptions } from '../table.ts';

/** Milliseconds between two states of the result file. */
const KEEP = 5000;

/** `quaestor eval table`: classifiers of tables side by side, from a handful of labelled rows to hundreds. */
export const evalTable = defineCommand({
  options: z.object({
    data: z
      .string()
      .min(1)
      .default(inRepository('data/tables'))
      .describe(
        'folder of sets: folders with rows.csv and, perhaps, splits.json and question.json',
      ),
    sets: z.array(z.string()).default([]).describe('only these sets; default: all'),
    methods: z
      .array(z.string())
      .default([...tabularMethods.map(({ name }) => name), 'ours'])
      .describe('methods to compare; also: LM zero-shot, LM + tables, LM + IA3, LM + LoRA'),
    shots: z
      .array(z.int().min(0))
      .default([...PAPER_SHOTS])
      .describe('numbers of labelled rows; 0 for methods that need none'),
    seeds: z
      .array(z.int().min(0))
      .default([...PAPER_SEEDS])
      .describe('seeds of the splits'),
    testRows: z.int().positive().optional().describe('tested rows of a set at most; default: all'),
    maxSteps: tuningConfig.shape.max_steps.describe(
      'steps of tuning the language model at most; default: the whole schedule',
    ),
    adapter: z
      .array(z.string().min(1))
      .default([])
      .describe('adapters for LM + tables; a set is asked with the first that has not seen it'),
    model: z.string().min(1).optional().describe('language model: a folder, a file or a name'),
    out: z.string().min(1).optional().describe('JSON file; a comparison found there goes on'),
    beside: z
      .array(z.string().min(1))
      .default([])
      .describe('results of other runs of this command, shown beside'),
    chart: z.string().min(1).optional().describe('file for the chart, as SVG'),
    bySet: z.boolean().default(false).describe('print the means of each set, too'),
    json: jsonOption,
  }),
  examples: [
    'eval table --sets blood --sets car --shots 4 --shots 32',
    'eval table --data tabllm --out eval-table.json --chart eval-table.svg',
    "eval table --methods 'LM + tables' --shots 0 --adapter tables-a --adapter tables-b",
    "eval table --methods 'LM + LoRA' --methods LogReg --shots 16 --test-rows 150 --out tuned.json",
    'eval table --data tabllm --out eval-table.json --beside tuned.json --chart side-by-side.svg',
  ],
  run: async (given, terminal) => {
    const path = (name: string) => resolve(terminal.cwd, name);
    const chart = chartPlace(given, terminal, 'eval table');
    const folders = chosenFolders(path(given.data), given.sets);
    const language = openLanguage(given.model, terminal);
    const progress = new Progress(terminal);
    const methods = chosenMethods(given.methods, [
      ...tabularMethods,
      ...languageMethods(language.open, {
        adapters: given.adapter.map((name) => openAdapters().get(name)),
        tuning: { max_steps: given.maxSteps },
        onTuning: (task, method, event) => {
          if (event.type === 'step') progress.update(describeStep(task, method, event));
        },
      }),
    ]);
    const { maxSteps, testRows = null } = given;
    const cells =
      given.out === undefined ? [] : readComparison(path(given.out), { testRows, maxSteps });
    const beside = given.beside.flatMap((name) => readBeside(path(name), { testRows, maxSteps }));
    const known = cells.length;
    const machine = await describeMachine();
    const sets = await describeSets(folders);
    const keep = () => {
      const seeds = [...new Set(cells.map(({ seed }) => seed))];
      const settings = { sets, testRows, maxSteps, seeds };
      // A run that measures nothing leaves the file with its date and machine.
      if (given.out === undefined || cells.length === known) return;
      writeComparison(path(given.out), settings, machine, cells);
    };
    try {
      let kept = performance.now();
      for await (const cell of compareMethods({
        folders,
        methods,
        shots: given.shots,
        seeds: given.seeds,
        known: [...cells],
        signal: terminal.signal,
        ...(testRows !== null && { testRows }),
      })) {
        cells.push(cell);
        progress.update(describeCell(cell));
        if (performance.now() - kept < KEEP) continue;
        keep();
        kept = performance.now();
      }
    } finally {
      keep();
      progress.clear();
      await language.close();
    }
    const names = sets.map(({ name }) => name);
    const asked = cells.filter(
      ({ method, seed }) => given.methods.includes(method) && given.seeds.includes(seed),
    );
    const shown = [...asked, ...beside].filter(({ set }) => names.includes(set));
    const bySet = meansOfSets(shown);
    const means = macroMeans(bySet);
    const title = `Mean AUC over ${tablesOf(means)}`;
    if (chart !== undefined) replaceFile(chart, Buffer.from(aucChart(means, title)));
    if (given.json) {
      terminal.stdout.write(`${JSON.stringify({ sets, testRows, means, bySet }, null, 2)}\n`);
      return;
    }
    if (given.bySet) terminal.stdout.write(`${setTables(bySet, tableOptions(terminal))}\n`);
    const own = sets.filter(({ givenSplits }) => !givenSplits).map(({ name }) => name);
    const blind = [...new Set(shown.filter(({ auc }) => Number.isNaN(auc)).map(({ set }) => set))];
    const provisos = [
      `${title}, ${given.seeds.length} seeds${fewerSeeds(means, given.seeds.length)}`,
      ...listed('splits drawn here', own),
      ...listed('no AUC where tested rows are all of one class', blind),
    ];
    terminal.stdout.write(`${macroTable(means, tableOptions(terminal))}${provisos.join('; ')}\n`);
  },
});

function listed(what: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${what}: ${names.join(', ')}`];
}

/** Sets whose tested rows are all of one class have no AUC, and are in no mean. */
function tablesOf(means: readonly MacroMean[]): string {
  const counts = means.map(({ sets }) => sets);
  const [fewest, most] = [Math.min(...counts), Math.max(0, ...counts)];
  return `${fewest < most ? `${fewest} to ` : ''}${most} ${most === 1 ? 'table' : 'tables'}`;
}

/** A mean of fewer seeds is not to be read as one of all. */
function fewerSeeds(means: readonly MacroMean[], asked: number): string {
  const fewer = means.filter(({ seeds }) => seeds < asked).sort((a, b) => a.k - b.k);
  const methods = [...new Set(fewer.map(({ method }) => method))].map((name) => {
    const counts = fewer.filter(({ method }) => method === name);
    return `${name}: ${counts.map(({ k, seeds }) => `${seeds} at k=${k}`).join(', ')}`;
  });
  return methods.length === 0 ? '' : ` (fewer: ${methods.join('; ')})`;
}

function chosenFolders(data: string, wanted: readonly string[]): string[] {
  const found = findLabelledSets(data);
  const unknown = wanted.filter((name) => !found.some((folder) => basename(folder) === name));
  if (unknown.length > 0) {
    throw new InputError(
      `${data} has no set ${unknown.join(', ')}; it has ${found.map((folder) => basename(folder)).join(', ')}.`,
    );
  }
  return wanted.length === 0 ? found : found.filter((folder) => wanted.includes(basename(folder)));
}

function chosenMethods(wanted: readonly string[], known: readonly TableMethod[]): TableMethod[] {
  return wanted.map((name) => {
    const method = known.find((one) => one.name === name);
    if (method) return method;
    throw new InputError(
      `There is no method ${name}; there are ${known.map((one) => one.name).join(', ')}.`,
    );
  });
}

async function describeSets(folders: readonly string[]) {
  const sets = [];
  for (const folder of folders) {
    const { name, rows, classes, givenSplits } = await readLabelledSet(folder);
    sets.push({ name, rows: rows.length, classes: classes.length, givenSplits });
  }
  return sets;
}

function describeCell({ set, method, k, seed, auc }: ComparedCell): string {
  const figure = Number.isNaN(auc) ? 'tested on one class only' : auc.toFixed(3);
  return `${set}, ${k} labelled rows, seed ${seed}: ${method} ${figure}`;
}

function describeStep(
  { set, rows, seed }: FewShotTask,
  method: string,
  { step, totalSteps, loss }: TrainStep,
): string {
  return `${set}, ${rows.length} labelled rows, seed ${seed}: ${method}, step ${step} of ${totalSteps}, loss ${loss.toFixed(3)}`;
}

/** The language model, opened when a method first asks for it. */
function openLanguage(name: string | undefined, terminal: Terminal) {
  let opened: Promise<LanguageModel> | undefined;
  return {
    open: () => {
      opened = openBaseModel(name, terminal);
      return opened;
    },
    close: async () => (await opened?.catch(() => null))?.dispose(),
  };
}
