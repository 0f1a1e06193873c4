import { PROMPT_STYLES, serialisers, textWriters, tuningConfig } from '@quaestor/tabllm';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { readTableSpecs } from '../training/table-spec.ts';
import { trainTable as runTraining } from '../training/train-table.ts';
import { adapterFlags, describeRun, withMethodRate } from '../training/training-flags.ts';

const { shape } = tuningConfig;
const layouts = [...serialisers(), ...textWriters()].map(({ name }) => name) as [
  string,
  ...string[],
];
const ofEach = (what: string) => z.array(z.string()).default([]).describe(what);

/** `quaestor train table`: an adapter out of labelled rows. */
export const trainTable = defineCommand({
  options: z.object({
    csv: z
      .array(z.string().min(1))
      .min(1)
      .describe('CSV file of labelled rows; FILE:COLUMN where several have different targets'),
    target: z.string().min(1).optional().describe('column of the labels'),
    ...adapterFlags,
    leave_out: z
      .array(z.string().min(1))
      .default([])
      .describe('leave out the tables with one of these folders or files in their path'),
    shots: z.int().positive().optional().describe('rows of each table, as many of each class'),
    classes: ofEach(
      'classes of the n-th file, with commas and in the order of its words; needed where one is called NA or the like',
    ),
    preset: ofEach('table of the TabLLM paper whose words the n-th file is put into'),
    question: ofEach('what is asked about a row of the n-th file'),
    words: ofEach('the answers of its classes, with commas, in the order of the classes'),
    template: ofEach('file of a text with columns in braces for the n-th file'),
    serialiser: z
      .enum(layouts)
      .optional()
      .describe('how a row becomes text; default: text-template'),
    style: z.enum(PROMPT_STYLES).default('paper').describe('order of row and question'),
    layers: shape.layers,
    lr_scheduler_type: shape.lr_scheduler_type.describe('course of the learning rate'),
    warmup_ratio: shape.warmup_ratio,
    weight_decay: shape.weight_decay,
    num_train_epochs: shape.num_train_epochs.describe('passes over the rows at most'),
    max_steps: shape.max_steps,
    batch_size: shape.batch_size.describe('rows per optimizer step'),
    micro_batch_tokens: shape.micro_batch_tokens,
    lm_weight: shape.lm_weight,
    ln_weight: shape.ln_weight,
    ul_weight: shape.ul_weight,
    length_norm: shape.length_norm,
    class_weights: z
      .enum(['none', 'balanced'])
      .default('none')
      .describe('what a row of each class counts'),
    learned_loss: shape.learned_loss,
    patience: shape.patience,
    save_steps: shape.save_steps,
    seed: shape.seed.describe('seed of rows, order and initial values'),
  }),
  examples: [
    'train table --csv rows.csv --target label --out my-rows',
    'train table --csv rows.csv --target label --method ia3 --shots 32 --out few',
    'train table --csv cars.csv:price --csv homes.csv:sold --shots 256 --out many-tables',
  ],
  run: async (options, terminal) => {
    const tables = readTableSpecs(options);
    const tuning = tuningConfig.strip().parse(withMethodRate(options));
    const files = tables.map(({ file }) => file);
    const run = describeRun(options, terminal.cwd, files);
    const result = await runTraining({ ...options, tables, tuning }, run, terminal);
    terminal.stdout.write(
      options.json ? `${JSON.stringify(result, null, 2)}\n` : `${result.folder}\n`,
    );
  },
});
