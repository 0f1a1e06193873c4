import { checkTable, type LearnedTable, openCsv, type ReadCsvOptions } from '@quaestor/tabllm';
import type { Terminal } from '../command.ts';
import { type LanguageOptions, promptOf } from './language.ts';

const SHOWN = 3;

/** What a language model would read of the first rows. */
export async function printPrompts(
  { schema, classes }: LearnedTable,
  file: string,
  csv: ReadCsvOptions,
  options: LanguageOptions,
  terminal: Terminal,
): Promise<void> {
  const table = await openCsv(file, csv);
  const { arrange } = checkTable(schema, table.columns);
  const prompt = promptOf(schema, classes, options);
  for await (const rows of table.rows()) {
    for (const { row, cells } of rows.slice(0, SHOWN)) {
      terminal.stdout.write(`--- row ${row}\n${prompt(arrange(cells))}\n`);
    }
    break;
  }
}
