/**
 * Prompts of instruction tuning: three instructions × three renderings of the schema, drawn per item
 * (FinSQL, arXiv 2401.10506 §4.1: the same pair is seen under many prompts).
 */
import { identifier } from '../../schema/identifiers.ts';
import type { Table } from '../../schema/schema.ts';

/** What the model is to write before the statement. */
export type AnswerForm = 'sql' | 'skeleton' | 'reasoning';

const INSTRUCTIONS: readonly ((schema: string, question: string, task: string) => string)[] = [
  (schema, question, task) =>
    `Below are the tables of a SQLite database and a question about it. ${task}\n\n${schema}\n\nQuestion: ${question}\nAnswer:\n`,
  (schema, question, task) =>
    `You are given a database schema:\n${schema}\n\n${task} It must answer: ${question}\n\n`,
  (schema, question, task) =>
    `### Schema\n${schema}\n### Question\n${question}\n### Task\n${task}\n### Answer\n`,
];

const TASKS: Readonly<Record<AnswerForm, string>> = {
  sql: 'Write the SQL statement that answers it.',
  skeleton: 'Write the skeleton of the SQL statement first, then the statement.',
  reasoning: 'Think step by step, then write the SQL statement.',
};

/** `# fund ( code , name )` per line, keys after it. */
function asComments(tables: readonly Table[]): string {
  const lines = tables.map(({ name, columns }) => {
    return `# ${identifier(name)} ( ${columns.map((column) => identifier(column.name)).join(' , ')} )`;
  });
  return [...lines, ...keys(tables).map((key) => `# ${key}`)].join('\n');
}

/** `table fund contains columns: code, name`. */
function asSentences(tables: readonly Table[]): string {
  const lines = tables.map(({ name, columns }) => {
    const names = columns.map((column) => {
      const meaning = column.comment.split('|')[0]?.trim() ?? '';
      return meaning === '' ? identifier(column.name) : `${identifier(column.name)} (${meaning})`;
    });
    return `table ${identifier(name)} contains columns: ${names.join(', ')}`;
  });
  return [...lines, ...keys(tables).map((key) => `key: ${key}`)].join('\n');
}

/** `[ fund.code , fund.name ]`. */
function asList(tables: readonly Table[]): string {
  const lines = tables.map(({ name, columns }) => {
    const names = columns.map((column) => `${identifier(name)}.${identifier(column.name)}`);
    return `[ ${names.join(' , ')} ]`;
  });
  return [...lines, ...keys(tables).map((key) => `[ ${key} ]`)].join('\n');
}

const RENDERINGS = [asComments, asSentences, asList] as const;

/** How many prompts one item may have. */
export const INSTRUCTION_COUNT = INSTRUCTIONS.length * RENDERINGS.length;

/** The `nth` of the prompts, 0 ≤ n < `INSTRUCTION_COUNT`. */
export function instructionPrompt(
  nth: number,
  tables: readonly Table[],
  question: string,
  form: AnswerForm,
): string {
  const instruction = INSTRUCTIONS[Math.floor(nth / RENDERINGS.length)] ?? INSTRUCTIONS[0];
  const render = RENDERINGS[nth % RENDERINGS.length] ?? asComments;
  return instruction?.(render(tables), question, TASKS[form]) ?? '';
}

function keys(tables: readonly Table[]): string[] {
  const shown = new Set(tables.map(({ name }) => name.toLowerCase()));
  return tables.flatMap(({ name, foreignKeys }) =>
    foreignKeys
      .filter(({ table }) => shown.has(table.toLowerCase()))
      .map(
        (key) =>
          `${identifier(name)}.${identifier(key.column)} = ${identifier(key.table)}.${identifier(key.target)}`,
      ),
  );
}
