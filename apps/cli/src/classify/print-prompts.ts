import {
  canAskColumns,
  checkTable,
  columnQuestions,
  type LearnedTable,
  openCsv,
  type ReadCsvOptions,
  reasonPrompt,
  valueAsReason,
} from '@quaestor/tabllm';
import type { Terminal } from '../command.ts';
import { printableText } from '../printable.ts';
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
  const table = await openCsv(file, csv);
  const { arrange } = checkTable(learned.schema, table.columns);
  const print = (text: string) => terminal.stdout.write(`${printableText(text)}\n`);
  for await (const rows of table.rows()) {
    const some = [...learned.examples.rows, ...rows.map(({ cells }) => arrange(cells))];
    if (!readsRows(options) && canAskColumns(learned.schema, classes.length)) {
      for (const text of columnPrompts(learned, some, options)) print(text);
      break;
    }
    const prompt = promptOf(learned.schema, classes, some, options);
    for (const { row, cells } of rows.slice(0, SHOWN)) {
      print(`--- row ${row}\n${prompt(arrange(cells))}`);
    }
    break;
  }
}

/** Of each column what stands before its values, once for each class, and some of them. */
function columnPrompts(
  learned: LearnedTable,
  rows: readonly (readonly string[])[],
  options: PromptOptions,
): readonly string[] {
  const { schema } = learned;
  const { question, words, describe } = settleAsking(options, classesOf(learned), null);
  return columnQuestions({ schema, rows }, describe(schema)).map(({ column, name, values }) => {
    const prompts = words.map((word) => reasonPrompt({ question, word, name }));
    const said = values.slice(0, SHOWN).map(valueAsReason).join(' |');
    return [`--- column ${column}`, ...prompts, ` …${said}`].join('\n');
  });
}

function classesOf(learned: LearnedTable): readonly string[] {
  return learned.kind === 'classifier' ? learned.classes : [];
}
