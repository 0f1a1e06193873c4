/** The flags of `quaestor classify`. */
import { LANGUAGES } from '@quaestor/peft';
import { ENCODINGS, PROMPT_STYLES, presets, serialisers, textWriters } from '@quaestor/tabllm';
import * as z from 'zod';
import { argument, completing, jsonOption } from '../command.ts';

const layouts = [...serialisers(), ...textWriters()].map(({ name }) => name) as [
  string,
  ...string[],
];

export const classifyFlags = z.object({
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
  language: z.enum(LANGUAGES).default('en').describe('of reasons and warnings of rows'),
  out: z
    .string()
    .min(1)
    .optional()
    .describe(
      'CSV file to write; the same command goes on after a stop, and earlier predictions are replaced',
    ),
  bom: z
    .boolean()
    .default(false)
    .describe(
      'begin the CSV file with a byte order mark, without which Excel misreads umlauts and Chinese',
    ),
  overwrite: z
    .boolean()
    .default(false)
    .describe('let --out, --card and --save replace files and models of another kind'),
  id: z
    .string()
    .min(1)
    .optional()
    .describe('column that tells rows apart, to be written instead of row numbers'),
  group: z
    .string()
    .min(1)
    .optional()
    .describe(
      'column whose rows of one value, as of a customer, are held out together when the model is judged; default: found where it can be told',
    ),
  without: z
    .array(z.string().min(1))
    .optional()
    .describe('column that is not learned from; rows may be held out together by it all the same'),
  task: z
    .enum(['auto', 'classes', 'quantity'])
    .optional()
    .describe('what the target is; default, auto: a quantity if it has many numbers'),
  classes: z
    .string()
    .optional()
    .describe(
      'the classes, with commas and in the order of shares and words: no,yes; needed where no row has a label, or one is called NA and the like',
    ),
  threshold: z
    .string()
    .optional()
    .describe(
      'where to say the second class: f1, youden, cost:<false alarm>:<miss>; with --model: cost alone',
    ),
  prior: z
    .string()
    .optional()
    .describe('class shares to expect: estimate, or 0.9,0.1 in the order of the classes'),
  tabular: z.boolean().default(false).describe('leave the language model out'),
  readText: z
    .int()
    .min(0)
    .optional()
    .describe('cells of free text that the language model reads at most; 0: none; default: 2000'),
  expectations: completing(
    'files',
    z
      .string()
      .min(1)
      .optional()
      .describe(
        'what a language model said of the columns, as JSON, in place of one, which then reads no text unless --read-text is given; default: it is asked',
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
  trees: z.int().min(1).optional().describe('trees of the random forest; default: 100'),
  seed: z.int().min(0).optional().describe('seed of everything drawn; default: 0'),
  dryRun: z
    .boolean()
    .default(false)
    .describe('print what the language model would read: of each column, or of three rows'),
  json: jsonOption,
});

export type ClassifyFlags = z.output<typeof classifyFlags>;
