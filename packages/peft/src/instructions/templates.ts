/**
 * A labelled set as instructions: each row through one of several wordings of the task, as FLAN
 * (Wei et al. 2022, https://arxiv.org/abs/2109.01652) and P3 (Sanh et al. 2022,
 * https://arxiv.org/abs/2110.08207) were made.
 */
import * as z from 'zod';
import { PeftError } from '../errors.ts';
import { firstProblems } from '../first-problems.ts';
import { schemaReport } from '../schema-problems.ts';
import { seededRandom } from '../tensors/random.ts';
import type { Translated } from '../translated.ts';
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
  const problems: Translated[] = [];
  const records = rows.flatMap((row, at) => {
    const report = ({ en, zh }: Translated) => {
      problems.push({ en: `row ${at + 1}: ${en}`, zh: `第 ${at + 1} 行：${zh}` });
    };
    const values = rowValues(row, task, report);
    const wordings = random.shuffle(templates).slice(0, perRow);
    return wordings.map((wording) => {
      const missing = fieldsOf(wording).filter((name) => !Object.hasOwn(values, name));
      if (missing.length > 0) {
        report({ en: `has no ${missing.join(', ')}`, zh: `没有 ${missing.join('、')}` });
      }
      const record = {
        instruction: fillTemplate(wording.instruction, values),
        input: fillTemplate(wording.input, values),
        output: fillTemplate(wording.output, values),
      };
      if (missing.length === 0 && task.options?.includes(record.output) === false) {
        const output = JSON.stringify(record.output);
        report({ en: `the output ${output} is no option`, zh: `输出 ${output} 不在选项中` });
      }
      return record;
    });
  });
  if (problems.length > 0) {
    const distinct = [...new Map(problems.map((problem) => [problem.en, problem])).values()];
    throw new PeftError(
      'mismatch',
      {
        en: 'The rows do not fit the templates of the task.',
        zh: '这些行与任务的模板不符。',
      },
      { problems: firstProblems(distinct, MOST_PROBLEMS) },
    );
  }
  return records;
}

/** The answers as FLAN lists them. */
function listOptions(options: readonly string[]): string {
  return ['OPTIONS:', ...options.map((option) => `- ${option}`)].join('\n');
}

function parseTemplates({ templates, options }: InstructionTask) {
  const schema = z.array(instructionTemplate).min(1);
  const parsed = schema.safeParse(templates);
  if (!parsed.success) {
    throw new PeftError(
      'bad-config',
      {
        en: 'The templates of a task need wording and output.',
        zh: '任务的模板需要有措辞和输出。',
      },
      { problems: schemaReport(schema, templates, parsed.error) },
    );
  }
  const lists = parsed.data.some((wording) => fieldsOf(wording).includes('options'));
  if (lists && (options === undefined || options.length === 0)) {
    throw new PeftError('bad-config', {
      en: 'A template names {options}, but the task has none: give its options.',
      zh: '模板中用到了 {options}，但任务没有选项，请给出它的选项。',
    });
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
  report: (problem: Translated) => void,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [field, value] of Object.entries(row)) {
    const called = names?.[field];
    const text = String(value);
    if (called !== undefined && !Object.hasOwn(called, text)) {
      const known = Object.keys(called);
      report({
        en: `${field} ${text} has no name; there are ${known.join(', ')}`,
        zh: `${field} ${text} 没有名称，有名称的值：${known.join('、')}`,
      });
    }
    values[field] = called?.[text] ?? text;
  }
  if (options !== undefined) {
    if (Object.hasOwn(values, 'options')) {
      report({
        en: 'has a field "options", the name of the list of answers',
        zh: '有名为 "options" 的字段，而这是答案列表的名称',
      });
    }
    values.options = listOptions(options);
  }
  return values;
}
