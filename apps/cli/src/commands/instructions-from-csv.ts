import { resolve } from 'node:path';
import { ENCODINGS, inRow, openCsv } from '@quaestor/tabllm';
import * as z from 'zod';
import { argument, completing, defineCommand } from '../command.ts';
import { InputError } from '../errors.ts';
import { expectOutput } from '../expect-output.ts';
import { readTask } from '../instructions/read-task.ts';
import { recordFlags, writeRecords } from '../instructions/write-records.ts';

/** Problems that are spelled out. */
const SHOWN = 20;

/** `quaestor instructions from-csv`: labelled rows in several wordings, as FLAN and P3 were made. */
export const instructionsFromCsv = defineCommand({
  options: z.object({
    file: argument(completing('files', z.string().min(1).describe('CSV file of labelled rows'))),
    task: z
      .string()
      .min(1)
      .describe('JSON file of wordings, columns in braces: {"templates": [{"instruction": …}]}'),
    delimiter: z.string().length(1).optional().describe('between cells; default: detected'),
    encoding: z.enum(ENCODINGS).optional().describe('of the file; default: detected'),
    ...recordFlags,
  }),
  examples: ['instructions from-csv rows.csv --task task.json --per-row 2 --out set.jsonl'],
  run: async (asked, terminal) => {
    const { file, task, delimiter, encoding } = asked;
    expectOutput('instructions from-csv', terminal, {
      reads: { '<file>': file, '--task': task },
      writes: { '--out': asked.out },
    });
    const wordings = readTask(resolve(terminal.cwd, task));
    const csv = { signal: terminal.signal, ...(delimiter && { delimiter }) };
    const table = await openCsv(resolve(terminal.cwd, file), {
      ...csv,
      ...(encoding && { encoding }),
    });
    const rows: Record<string, string>[] = [];
    const problems: string[] = [];
    for await (const piece of table.rows()) {
      for (const { row, cells, problems: wrong } of piece) {
        problems.push(...wrong.map((problem) => inRow(row, problem).en));
        rows.push(Object.fromEntries(table.columns.map((name, i) => [name, cells[i] ?? ''])));
      }
    }
    if (problems.length > 0) {
      const more = problems.length > SHOWN ? [`and ${problems.length - SHOWN} more`] : [];
      throw new InputError(`${file}: ${[...problems.slice(0, SHOWN), ...more].join('; ')}.`);
    }
    await writeRecords(rows, wordings, asked, terminal);
  },
});
