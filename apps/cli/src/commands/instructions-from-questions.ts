import { resolve } from 'node:path';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { expectOutput } from '../expect-output.ts';
import { QUESTION_TASK, questionRows } from '../instructions/question-rows.ts';
import { readTask } from '../instructions/read-task.ts';
import { recordFlags, writeRecords } from '../instructions/write-records.ts';
import { Progress } from '../progress.ts';
import { readSets } from '../training/read-sets.ts';

/** `quaestor instructions from-questions`: questions with known SQL as instruction records. */
export const instructionsFromQuestions = defineCommand({
  options: z.object({
    questions: z.array(z.string()).min(1).describe('JSON file of questions in Spider’s form'),
    databases: z.array(z.string()).min(1).describe('folder of the databases that they ask about'),
    tables: z.array(z.string()).default([]).describe('Spider’s tables.json for them'),
    limit: z.int().positive().optional().describe('questions of each file at most'),
    task: z
      .string()
      .min(1)
      .optional()
      .describe('JSON file of own wordings over {schema}, {question}, {sql}, {database}'),
    budget: z.int().positive().default(280).describe('tokens of schema and question together'),
    ...recordFlags,
  }),
  examples: [
    'instructions from-questions --questions train.json --databases database --out set.jsonl',
  ],
  run: async (asked, terminal) => {
    expectOutput('instructions from-questions', terminal, {
      reads: { '--questions': asked.questions, '--tables': asked.tables, '--task': asked.task },
      writes: { '--out': asked.out },
    });
    const task =
      asked.task === undefined ? QUESTION_TASK : readTask(resolve(terminal.cwd, asked.task));
    const sets = readSets(asked, asked.limit, terminal.cwd);
    const built = sets.map((set) => questionRows(set, asked));
    const skipped = built.reduce((sum, { skipped: some }) => sum + some, 0);
    if (skipped > 0) {
      new Progress(terminal).line(`${skipped} left out because their SQL does not run`);
    }
    const rows = built.flatMap(({ rows: some }) => some);
    await writeRecords(rows, task, asked, terminal);
  },
});
