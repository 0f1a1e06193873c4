/**
 * A labelled set as instructions: each row through one of several wordings of the task, as FLAN
 * (Wei et al. 2022, https://arxiv.org/abs/2109.01652) and P3 (Sanh et al. 2022,
 * https://arxiv.org/abs/2110.08207) were made.
 */
import * as z from 'zod';
import { PeftError } from '../errors.ts';
import { seededRandom } from '../tensors/random.ts';
import { fillTemplate, templateFields } from './fill-template.ts';
import type { InstructionRecord } from './instruction-record.ts';

/** A wording of a task. `{field}` stands for a field of the row, `{options}` for the list of answers. */
export const instructionTemplate = z.object({
  instruction: z.string().min(1).describe('what to do'),
  input: z.string().default('').describe('what to do it with'),
  output: z.string().min(1).describe('the answer, e.g. {label}'),
});

export type InstructionTemplate = Readonly<z.input<typeof instructionTemplate>>;

/** A task as a file holds it; `InstructionTask` is its type. */
export const instructionTask = z.strictObject({
  templates: z.array(instructionTemplate).min(1).describe('the wordings'),
  options: z.array(z.string()).optional().describe('every answer there can be'),
  names: z
    .record(z.string(), z.record(z.string(), z.string()))
    .optional()
    .describe('what the values of a field are called'),
});

/** One example of a labelled set. */
export type LabelledRow = Readonly<Record<string, string | number | boolean>>;

export interface InstructionTask {
  readonly templates: readonly InstructionTemplate[];
  /** Every answer there can be, as `{options}` lists them. An output must be one of them. */
  readonly options?: readonly string[];
  /** What the values of a field are called, e.g. `{ label: { 0: 'no', 1: 'yes' } }`. */
  readonly names?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface InstructionSetOptions {
  /** Wordings per row, chosen at random without repetition; 'all' for each. Default 1. */
  readonly templatesPerRow?: number | 'all';
  /** Default 1. */
  readonly seed?: number;
}

const MOST_PROBLEMS = 20;

/**
 * Labelled rows → instruction records, in the order of the rows.
 *
 * @throws PeftError 'bad-config' for templates that fail their schema or tasks that have none,
 *   'mismatch' with every field that a row lacks, value without a name and output beyond the options
 */
export function instructionRecords(
  rows: readonly LabelledRow[],
  task: InstructionTask,
  { templatesPerRow = 1, seed = 1 }: InstructionSetOptions = {},
): InstructionRecord[] {
  const templates = parseTemplates(task);
  const perRow = templatesPerRow === 'all' ? templates.length : templatesPerRow;
  const random = seededRandom(seed);
  const problems: string[] = [];
  const records = rows.flatMap((row, at) => {
    const values = rowValues(row, task, (problem) => problems.push(`row ${at + 1}: ${problem}`));
    const wordings = random.shuffle(templates).slice(0, perRow);
    return wordings.map((wording) => {
      const missing = fieldsOf(wording).filter((name) => !Object.hasOwn(values, name));
      if (missing.length > 0) problems.push(`row ${at + 1}: has no ${missing.join(', ')}`);
      const record = {
        instruction: fillTemplate(wording.instruction, values),
        input: fillTemplate(wording.input, values),
        output: fillTemplate(wording.output, values),
      };
      if (missing.length === 0 && task.options?.includes(record.output) === false) {
        problems.push(`row ${at + 1}: the output ${JSON.stringify(record.output)} is no option`);
      }
      return record;
    });
  });
  if (problems.length > 0) {
    throw new PeftError('mismatch', 'The rows do not fit the templates of the task.', {
      problems: shorten([...new Set(problems)]),
    });
  }
  return records;
}

/** The answers as FLAN lists them. */
function listOptions(options: readonly string[]): string {
  return ['OPTIONS:', ...options.map((option) => `- ${option}`)].join('\n');
}

function parseTemplates({ templates, options }: InstructionTask) {
  const parsed = z.array(instructionTemplate).min(1).safeParse(templates);
  if (!parsed.success) {
    throw new PeftError('bad-config', 'The templates of a task need wording and output.', {
      problems: z.prettifyError(parsed.error).split('\n'),
    });
  }
  const lists = parsed.data.some((wording) => fieldsOf(wording).includes('options'));
  if (lists && (options === undefined || options.length === 0)) {
    throw new PeftError(
      'bad-config',
      'A template names {options}, but the task has none: give its options.',
    );
  }
  return parsed.data;
}

function fieldsOf({ instruction, input, output }: z.infer<typeof instructionTemplate>) {
  return templateFields(`${instruction} ${input} ${output}`);
}

/** The row as texts under the names of the task, with the list of options. */
function rowValues(
  row: LabelledRow,
  { names, options }: InstructionTask,
  report: (problem: string) => void,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [field, value] of Object.entries(row)) {
    const called = names?.[field];
    const text = String(value);
    if (called !== undefined && !Object.hasOwn(called, text)) {
      report(`${field} ${text} has no name; there are ${Object.keys(called).join(', ')}`);
    }
    values[field] = called?.[text] ?? text;
  }
  if (options !== undefined) {
    if (Object.hasOwn(values, 'options')) {
      report('has a field "options", the name of the list of answers');
    }
    values.options = listOptions(options);
  }
  return values;
}

function shorten(problems: readonly string[]): readonly string[] {
  const more = problems.length - MOST_PROBLEMS;
  return more > 0 ? [...problems.slice(0, MOST_PROBLEMS), `and ${more} more`] : problems;
}
