import { checkTable, type LearnedTable, openCsv, type ReadCsvOptions } from '@quaestor/tabllm';
import type { Terminal } from '../command.ts';
import { type LanguageOptions, promptOf } from './language.ts';

const SHOWN = 3;

/** What a language model would read of the first rows. */
export async function printPrompts(
  learned: LearnedTable,
  file: string,
  csv: ReadCsvOptions,
  options: LanguageOptions & { readonly target: string },
  terminal: Terminal,
): Promise<void> {
  const table = await openCsv(file, csv);
  const { arrange } = checkTable(learned.schema, table.columns);
  const classes = learned.kind === 'classifier' ? learned.classes : [];
  const prompt = promptOf(learned.schema, classes, options);
  for await (const rows of table.rows()) {
    for (const { row, cells } of rows.slice(0, SHOWN)) {
      terminal.stdout.write(`--- row ${row}\n${prompt(arrange(cells))}\n`);
    }
    break;
  }
}
