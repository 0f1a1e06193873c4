import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { readSetUse } from '../training/set-use.ts';
import { trainSql as runTraining } from '../training/train-sql.ts';
import { describeRun, describeTraining, trainingFlags } from '../training/training-flags.ts';

/** `quaestor train sql`: an adapter out of questions with known SQL. */
export const trainSql = defineCommand({
  options: z.object({
    questions: z.array(z.string()).min(1).describe('JSON file of questions in Spider’s form'),
    databases: z.array(z.string()).min(1).describe('folder of the databases that they ask about'),
    tables: z.array(z.string()).default([]).describe('Spider’s tables.json for them'),
    limit: z.int().positive().optional().describe('questions of each file at most'),
    use: z
      .array(z.string())
      .default([])
      .describe('how the n-th set is used, as in "take=500 repeat=2 withoutExemplar=0.7"'),
    skeletonFirst: z
      .boolean()
      .default(false)
      .describe('write the skeleton of a statement before the statement'),
    ...trainingFlags,
  }),
  examples: [
    'train sql --questions train.json --databases database --tables tables.json --out my-sql',
    'train sql --questions train.json --databases database --out quick --limit 200 --set r=8',
  ],
  run: async (options, terminal) => {
    const uses = options.use.map(readSetUse);
    const beside = uses.flatMap((use) => use.beside ?? []);
    const run = describeRun(options, terminal.cwd, [...options.questions, ...beside]);
    const train = describeTraining(options);
    const result = await runTraining({ ...options, uses, train }, run, terminal);
    const shown = options.json ? JSON.stringify(result, null, 2) : result.folder;
    terminal.stdout.write(`${shown}\n`);
  },
});
