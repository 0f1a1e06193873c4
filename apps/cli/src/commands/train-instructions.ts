import { resolve } from 'node:path';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { trainInstructions as runTraining } from '../training/train-instructions.ts';
import { describeRun, describeTraining, trainingFlags } from '../training/training-flags.ts';

/** `quaestor train instructions`: an adapter out of instruction records or of prompts with completions. */
export const trainInstructions = defineCommand({
  options: z.object({
    records: z
      .array(z.string().min(1))
      .min(1)
      .describe('JSON Lines of {instruction, input, output} or {prompt, completion}'),
    maxLength: z
      .int()
      .min(2)
      .default(1024)
      .describe('tokens of an example at most; longer ones are left out'),
    ...trainingFlags,
  }),
  examples: [
    'train instructions --records set.jsonl --out helper',
    'train instructions --records set.jsonl --method prompt-tuning --num-train-epochs 3 --out soft',
  ],
  run: async (options, terminal) => {
    const records = options.records.map((file) => resolve(terminal.cwd, file));
    const run = describeRun(options, terminal.cwd, records);
    const train = describeTraining(options);
    const result = await runTraining({ ...options, records, train }, run, terminal);
    const shown = options.json ? JSON.stringify(result, null, 2) : result.folder;
    terminal.stdout.write(`${shown}\n`);
  },
});
