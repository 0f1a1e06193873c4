import { resolve } from 'node:path';
import {
  ENCODINGS,
  learnTable,
  PROMPT_STYLES,
  predictTable,
  presets,
  serialisers,
  textWriters,
} from '@quaestor/tabllm';
import * as z from 'zod';
import { fingerprintOf } from '../classify/fingerprint.ts';
import { prepareLanguage } from '../classify/language.ts';
import { describeRun, predictAll } from '../classify/predict-all.ts';
import { openSink } from '../classify/prediction-sink.ts';
import { printPrompts } from '../classify/print-prompts.ts';
import { argument, defineCommand, jsonOption } from '../command.ts';
import { Progress } from '../progress.ts';

const layouts = [...serialisers(), ...textWriters()].map(({ name }) => name) as [
  string,
  ...string[],
];

const options = z.object({
  file: argument(z.string().min(1).describe('CSV file of the rows')),
  target: z.string().min(1).describe('column to predict'),
  train: z
    .string()
    .min(1)
    .optional()
    .describe('CSV file of labelled rows; default: rows of the file that have a label'),
  out: z
    .string()
    .min(1)
    .optional()
    .describe('CSV file to write; the same command goes on after a stop'),
  id: z
    .string()
    .min(1)
    .optional()
    .describe('column that tells rows apart, to be written instead of row numbers'),
  classes: z
    .string()
    .optional()
    .describe('the classes, with commas, where no row has a label: no,yes'),
  tabular: z.boolean().default(false).describe('leave the language model out'),
  model: z.string().min(1).optional().describe('language model: a folder, a file or a name'),
  adapter: z
    .string()
    .min(1)
    .optional()
    .describe('adapter of the hub for the language model, from train table'),
  question: z.string().min(1).optional().describe('what to ask the language model about a row'),
  words: z
    .string()
    .min(1)
    .optional()
    .describe('its answer for each class, with commas, in the order of the classes'),
  serialiser: z
    .enum(layouts)
    .optional()
    .describe('how a row becomes text; default: as the adapter learned it, else text-template'),
  preset: z
    .enum([...presets.keys()] as [string, ...string[]])
    .optional()
    .describe('table of the TabLLM paper whose words are used'),
  style: z
    .enum(PROMPT_STYLES)
    .optional()
    .describe('order of row and question; default: as the adapter learned it, else paper'),
  template: z
    .string()
    .min(1)
    .optional()
    .describe('file of a text with columns in braces: {age} years old.'),
  delimiter: z.string().length(1).optional().describe('between cells; default: detected'),
  encoding: z.enum(ENCODINGS).optional().describe('of the files; default: detected'),
  trees: z.int().min(1).default(300).describe('trees of the random forest'),
  seed: z.int().min(0).default(0).describe('seed of everything drawn'),
  dryRun: z
    .boolean()
    .default(false)
    .describe('print what the language model would read of three rows'),
  json: jsonOption,
});

/** `quaestor classify`: rows of a CSV file → labels and probabilities. */
export const classify = defineCommand({
  options,
  examples: [
    'classify customers.csv --target churned',
    'classify new.csv --target risk --train labelled.csv --out predicted.csv',
  ],
  run: async (given, terminal) => {
    const path = (name: string | undefined) =>
      name === undefined ? undefined : resolve(terminal.cwd, name);
    const file = resolve(terminal.cwd, given.file);
    const [train, out] = [path(given.train), path(given.out)];
    const csv = {
      signal: terminal.signal,
      ...(given.delimiter !== undefined && { delimiter: given.delimiter }),
      ...(given.encoding !== undefined && { encoding: given.encoding }),
    };
    const settings = {
      ...given,
      csv,
      files: train === undefined ? [file] : [file, train],
      template: path(given.template),
      words: given.words?.split(',').map((word) => word.trim()),
    };
    const classes = given.classes?.split(',').map((name) => name.trim());
    const language = prepareLanguage(settings, terminal);
    const progress = new Progress(terminal);
    try {
      progress.update('learning');
      const learned = await learnTable({
        file,
        target: given.target,
        csv,
        trees: given.trees,
        seed: given.seed,
        ...(train !== undefined && { train }),
        ...(classes && { classes }),
        ...(given.dryRun
          ? { language: language.none }
          : !given.tabular && { language: language.open }),
      });
      if (given.dryRun) return await printPrompts(learned, file, csv, settings, terminal);
      const sink = await openSink(terminal.stdout, {
        classes: learned.classes,
        id: given.id,
        json: given.json,
        out,
        fingerprint: fingerprintOf([file, train, settings.template], given),
      });
      try {
        const id = given.id === undefined ? {} : { id: given.id };
        const table = await predictTable(learned, file, { csv, skip: sink.done, ...id });
        const warnings = [...learned.warnings, ...table.warnings];
        for (const warning of warnings) progress.line(`warning: ${warning}`);
        const run = await predictAll(learned, table, sink, progress);
        await sink.finish({ ...run, warnings });
        if (!given.json) progress.line(describeRun(run));
      } catch (error) {
        await sink.stop();
        throw error;
      }
    } finally {
      progress.clear();
      language.close();
    }
  },
});
