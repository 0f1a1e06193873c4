import {
  canAskColumns,
  checkTable,
  DATE_ENDS,
  featureColumns,
  fieldOf,
  type LearnedTable,
  NUMBER_ENDS,
  openCsv,
  type ReadCsvOptions,
  reasonPrompt,
  valueAsReason,
} from '@quaestor/tabllm';
import type { Terminal } from '../command.ts';
import { settleAsking } from './asking.ts';
import { type LanguageOptions, promptOf, readsRows } from './language.ts';

const SHOWN = 3;

type PromptOptions = LanguageOptions & { readonly target: string };

/** What a language model would read: of the first rows, or of each column. */
export async function printPrompts(
  learned: LearnedTable,
  file: string,
  csv: ReadCsvOptions,
  options: PromptOptions,
  terminal: Terminal,
): Promise<void> {
  const classes = classesOf(learned);
  if (!readsRows(options) && canAskColumns(learned.schema, classes.length)) {
    for (const text of columnPrompts(learned, options)) terminal.stdout.write(`${text}\n`);
    return;
  }
  const table = await openCsv(file, csv);
  const { arrange } = checkTable(learned.schema, table.columns);
  const prompt = promptOf(learned.schema, classes, options);
  for await (const rows of table.rows()) {
    for (const { row, cells } of rows.slice(0, SHOWN)) {
      terminal.stdout.write(`--- row ${row}\n${prompt(arrange(cells))}\n`);
    }
    break;
  }
}

/** Of each column what stands before its values, once for each class, and some of them. */
function* columnPrompts(learned: LearnedTable, options: PromptOptions): Generator<string> {
  const { schema } = learned;
  const { question, words, describe } = settleAsking(options, classesOf(learned), null);
  const said = { columns: schema.columns.length, describe: describe(schema) };
  for (const { column, index } of featureColumns(schema)) {
    if (column.kind === 'text') continue;
    const goes = column.kind === 'numeric' || column.kind === 'date';
    const cells = goes
      ? [String(column.min)]
      : column.kind === 'boolean'
        ? [column.yes, column.no]
        : column.values.slice(0, SHOWN);
    const fields = cells.flatMap((cell) => fieldOf(index, cell, said) ?? []);
    const [name] = fields.map((field) => field.name);
    if (name === undefined) continue;
    const ends = column.kind === 'date' ? DATE_ENDS : NUMBER_ENDS;
    const values = goes ? ends : fields.map(({ value }) => value);
    const prompts = words.map((word) => reasonPrompt({ question, word, name }));
    yield [
      `--- column ${column.name}`,
      ...prompts,
      ` …${values.map(valueAsReason).join(' |')}`,
    ].join('\n');
  }
}

function classesOf(learned: LearnedTable): readonly string[] {
  return learned.kind === 'classifier' ? learned.classes : [];
}
