import { resolve } from 'node:path';
import {
  type InstructionSetOptions,
  type InstructionTask,
  instructionRecords,
  type LabelledRow,
  writeInstructions,
} from '@quaestor/peft';
import * as z from 'zod';
import type { Terminal } from '../command.ts';
import { jsonOption } from '../command.ts';

/** The flags of every command that writes instruction records from labelled rows. */
export const recordFlags = {
  out: z.string().min(1).describe('file of JSON Lines to write: {instruction, input, output}'),
  perRow: z.int().positive().default(1).describe('wordings of each row, drawn without repetition'),
  seed: z.int().default(1).describe('seed of the draws'),
  json: jsonOption,
};

type RecordFlags = z.output<z.ZodObject<typeof recordFlags>>;

/**
 * Labelled rows → a file of records, and a line that says so.
 * @throws PeftError 'mismatch' with every row that does not fit the task; the file is then not written
 */
export async function writeRecords(
  rows: readonly LabelledRow[],
  task: InstructionTask,
  { out, perRow, seed, json }: RecordFlags,
  terminal: Terminal,
): Promise<void> {
  const options: InstructionSetOptions = { templatesPerRow: perRow, seed };
  const file = resolve(terminal.cwd, out);
  const records = await writeInstructions(file, instructionRecords(rows, task, options));
  const result = { file, rows: rows.length, records };
  terminal.stdout.write(
    json ? `${JSON.stringify(result)}\n` : `${records} records of ${rows.length} rows: ${file}\n`,
  );
}
