import { join, resolve } from 'node:path';
import { replaceFile } from '@quaestor/peft';
import {
  ENCODINGS,
  type LearnedTable,
  learnTable,
  loadModel,
  PROMPT_STYLES,
  predictTable,
  presets,
  saveModel,
  serialisers,
  textWriters,
} from '@quaestor/tabllm';
import * as z from 'zod';
import { readPrior, readThreshold } from '../classify/decision-rules.ts';
import { fingerprintOf } from '../classify/fingerprint.ts';
import { givenExpectations } from '../classify/given-expectations.ts';
import { askedWith, type Language, prepareLanguage, readsRows } from '../classify/language.ts';
import { describeRun, predictAll } from '../classify/predict-all.ts';
import { openSink } from '../classify/prediction-sink.ts';
import { printPrompts } from '../classify/print-prompts.ts';
import { findModelFolder, modelFolder } from '../classify/stored-models.ts';
import { modelFigures, writeCard } from '../classify/write-card.ts';
import { argument, completing, defineCommand, jsonOption, type Terminal } from '../command.ts';
import { UsageError } from '../errors.ts';
import { Progress, tellsRecords } from '../progress.ts';

const layouts = [...serialisers(), ...textWriters()].map(({ name }) => name) as [
  string,
  ...string[],
];

const options = z.object({
  file: argument(completing('files', z.string().min(1).describe('CSV file of the rows'))),
  target: z.string().min(1).optional().describe('column to predict; a saved model knows its own'),
  train: z
    .string()
    .min(1)
    .optional()
    .describe('CSV file of labelled rows; default: rows of the file that have a label'),
  model: z.string().min(1).optional().describe('saved model to use, by name or folder'),
  save: z.string().min(1).optional().describe('name or folder to save the model under'),
  card: z.string().min(1).optional().describe('Markdown file to write about the model'),
  explain: z.boolean().default(false).describe('tell why, for each row'),
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
  task: z
    .enum(['auto', 'classes', 'quantity'])
    .default('auto')
    .describe('what the target is; auto: a quantity if it has many numbers'),
  classes: z
    .string()
    .optional()
    .describe('the classes, with commas, where no row has a label: no,yes'),
  threshold: z
    .string()
    .optional()
    .describe('where to say the second class: f1, youden, cost:<false alarm>:<miss>'),
  prior: z
    .string()
    .optional()
    .describe('class shares to expect: estimate, or 0.9,0.1 in the order of the classes'),
  tabular: z.boolean().default(false).describe('leave the language model out'),
  expectations: completing(
    'files',
    z
      .string()
      .min(1)
      .optional()
      .describe(
        'what a language model said of the columns, as JSON, in place of one; default: it is asked',
      ),
  ),
  languageModel: completing(
    'models',
    z.string().min(1).optional().describe('language model: a folder, a file or a name'),
  ),
  adapter: completing(
    'adapters',
    z
      .string()
      .min(1)
      .optional()
      .describe('adapter of the hub for the language model, from train table'),
  ),
  question: z.string().min(1).optional().describe('what to ask the language model'),
  words: z
    .string()
    .min(1)
    .optional()
    .describe('its answer for each class, with commas, in the order of the classes'),
  serialiser: z
    .enum(layouts)
    .optional()
    .describe(
      'how a row becomes text, for a language model that reads rows; default: as the adapter learned it, else columns are asked about',
    ),
  preset: z
    .enum([...presets.keys()] as [string, ...string[]])
    .optional()
    .describe('table of the TabLLM paper whose words are used'),
  style: z
    .enum(PROMPT_STYLES)
    .optional()
    .describe(
      'order of row and question, for a language model that reads rows; default: as the adapter learned it, else paper',
    ),
  template: z
    .string()
    .min(1)
    .optional()
    .describe(
      'file of a text with columns in braces, for a language model that reads rows: {age} years old.',
    ),
  delimiter: z.string().length(1).optional().describe('between cells; default: detected'),
  encoding: z.enum(ENCODINGS).optional().describe('of the files; default: detected'),
  threads: z
    .int()
    .min(1)
    .optional()
    .describe('threads that a large table is spread over; default: one for each core'),
  trees: z.int().min(1).default(100).describe('trees of the random forest'),
  seed: z.int().min(0).default(0).describe('seed of everything drawn'),
  dryRun: z
    .boolean()
    .default(false)
    .describe('print what the language model would read: of each column, or of three rows'),
  json: jsonOption,
});

type Given = z.output<typeof options>;

/** `quaestor classify`: rows of a CSV file → labels and probabilities, or quantities with intervals. */
export const classify = defineCommand({
  options,
  examples: [
    'classify customers.csv --target churned',
    'classify new.csv --target risk --train labelled.csv --out predicted.csv --explain',
    'classify labelled.csv --target risk --save risk --card risk.md',
    'classify new.csv --model risk --out predicted.csv',
  ],
  run: async (given, terminal) => {
    checkTogether(given);
    const path = (name: string | undefined) =>
      name === undefined ? undefined : resolve(terminal.cwd, name);
    const file = resolve(terminal.cwd, given.file);
    const [train, out] = [path(given.train), path(given.out)];
    const expectations = path(given.expectations);
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
    const language = prepareLanguage(settings, terminal);
    const progress = new Progress(terminal);
    try {
      progress.update({ en: 'learning', zh: '正在学习' });
      const expert = expectations === undefined ? language.expert : givenExpectations(expectations);
      const learning = { given, file, train, csv, language, expert, terminal };
      const learned = await learnOrLoad({ ...learning, readsRows: readsRows(settings) });
      if (given.dryRun) {
        const asked = { ...settings, target: learned.target };
        return await printPrompts(learned, file, csv, asked, terminal);
      }
      const sink = await openSink(terminal.stdout, {
        classes: learned.kind === 'classifier' ? learned.classes : null,
        explained: given.explain,
        id: given.id,
        json: given.json,
        out,
        onKept: () => progress.record({ type: 'kept' }),
        fingerprint: fingerprintOf(
          [file, train, expectations, settings.template, storedModel(given, terminal)],
          { ...given, threads: undefined },
        ),
      });
      try {
        const table = await predictTable(learned, file, {
          csv,
          skip: sink.done,
          explain: given.explain,
          ...(given.threads !== undefined && { threads: given.threads }),
          ...(given.id !== undefined && { id: given.id }),
        });
        const warnings = [...learned.warnings, ...table.warnings];
        for (const { en, zh } of warnings) {
          progress.line({ en: `warning: ${en}`, zh: `请注意：${zh}` });
        }
        const run = await predictAll(learned, table, sink, progress);
        const kept = given.save !== undefined || given.card !== undefined;
        const figures = kept ? modelFigures(learned) : null;
        if (figures !== null) {
          keep(learned, given, askedWith(settings), terminal, writeCard(learned, figures, run));
        }
        // A server's readers choose their language.
        const told = tellsRecords(terminal) ? warnings : warnings.map(({ en }) => en);
        await sink.finish({ ...run, ...figures, warnings: told });
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

/** What is said to a language model, or of one. */
const OF_LANGUAGE = [
  ...(['tabular', 'languageModel', 'adapter', 'question', 'words'] as const),
  ...(['serialiser', 'preset', 'style', 'template'] as const),
];

function checkTogether({
  model,
  target,
  train,
  save,
  dryRun,
  expectations,
  ...given
}: Given): void {
  const problems: string[] = [];
  if (model === undefined && target === undefined) {
    problems.push('--target is missing: column to predict');
  }
  if (model !== undefined && (train !== undefined || save !== undefined)) {
    problems.push('--model brings its own learning: leave out --train and --save');
  }
  if (expectations !== undefined) {
    if (model !== undefined) {
      problems.push('--model brings its own expectations: leave out --expectations');
    }
    const asking = OF_LANGUAGE.filter((name) => given[name] !== undefined && given[name] !== false);
    const flags = asking.map((name) => `--${name === 'languageModel' ? 'language-model' : name}`);
    if (flags.length > 0) {
      problems.push(
        `--expectations takes the place of a language model: leave out ${flags.join(', ')}`,
      );
    }
  }
  if (dryRun && model !== undefined) problems.push('--dry-run is for learning, not with --model');
  if (problems.length > 0) throw new UsageError(problems, 'classify');
}

interface Learning {
  readonly given: Given;
  readonly file: string;
  readonly train: string | undefined;
  readonly csv: object;
  readonly language: Language;
  readonly expert: Language['expert'];
  readonly readsRows: boolean;
  readonly terminal: Terminal;
}

async function learnOrLoad(learning: Learning): Promise<LearnedTable> {
  const { given, file, train, csv, language, expert, terminal } = learning;
  if (given.model !== undefined) {
    const opener = !given.tabular && { language: language.open };
    const learned = await loadModel(findModelFolder(given.model, terminal.cwd), { ...opener });
    if (given.target !== undefined && given.target !== learned.target) {
      throw new UsageError(
        [`--target is ${given.target}, but the model ${given.model} predicts ${learned.target}`],
        'classify',
      );
    }
    return learned;
  }
  const opener = given.dryRun
    ? { language: language.none }
    : !given.tabular && { language: language.open, ...(!learning.readsRows && { expert }) };
  return learnTable({
    file,
    target: given.target as string,
    csv,
    task: given.task,
    trees: given.trees,
    seed: given.seed,
    ...(train !== undefined && { train }),
    ...(given.classes && { classes: given.classes.split(',').map((name) => name.trim()) }),
    ...(given.threshold !== undefined && { threshold: readThreshold(given.threshold) }),
    ...(given.prior !== undefined && { prior: readPrior(given.prior) }),
    ...opener,
  });
}

/** The file that changes with a saved model. */
function storedModel({ model }: Given, { cwd }: Terminal): string | undefined {
  return model === undefined ? undefined : join(findModelFolder(model, cwd), 'model.json');
}

/** Saves the model and its card where that was asked for. */
function keep(
  learned: LearnedTable,
  { save, card: cardFile }: Given,
  asked: Readonly<Record<string, string>>,
  { cwd }: Terminal,
  card: string,
): void {
  if (save !== undefined) saveModel(learned, modelFolder(save, cwd), { asked, card });
  if (cardFile !== undefined) replaceFile(resolve(cwd, cardFile), Buffer.from(card));
}
