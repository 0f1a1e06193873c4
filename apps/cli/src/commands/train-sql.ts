import { type Tuner, trainConfig, tuners } from '@quaestor/peft';
import * as z from 'zod';
import { defineCommand, jsonOption } from '../command.ts';
import { defined, prepareRun } from '../training/new-adapter.ts';
import { readSetUse } from '../training/set-use.ts';
import { readSettings } from '../training/settings.ts';
import { trainSql as runTraining } from '../training/train-sql.ts';

const { shape } = trainConfig;

/** `quaestor train sql`: an adapter out of questions with known SQL. */
export const trainSql = defineCommand({
  options: z.object({
    questions: z.array(z.string()).min(1).describe('JSON file of questions in Spider’s form'),
    databases: z.array(z.string()).min(1).describe('folder of the databases that they ask about'),
    tables: z.array(z.string()).default([]).describe('Spider’s tables.json for them'),
    out: z.string().min(1).describe('name of the adapter in the hub'),
    config: z.string().optional().describe('JSON file with any of these flags; flags win'),
    method: z
      .enum(tuners().map(({ name }) => name) as [string, ...string[]])
      .default('lora')
      .describe('tuning method'),
    set: z
      .array(z.string())
      .default([])
      .describe(
        'field of the method’s configuration, under HF-PEFT’s name; others as the method suggests',
      ),
    from: z.string().min(1).optional().describe('adapter of the hub to go on from'),
    model: z.string().optional().describe('base model: a folder, a file or a name'),
    limit: z.int().positive().optional().describe('questions of each file at most'),
    use: z
      .array(z.string())
      .default([])
      .describe('how the n-th set is used, as in "take=500 repeat=2 withoutExemplar=0.7"'),
    learning_rate: z
      .number()
      .positive()
      .optional()
      .describe('peak learning rate; default: what suits the method'),
    lr_scheduler_type: shape.lr_scheduler_type.describe('course of the learning rate'),
    warmup_ratio: shape.warmup_ratio,
    min_lr_ratio: shape.min_lr_ratio,
    weight_decay: shape.weight_decay,
    num_train_epochs: shape.num_train_epochs.describe('passes over the examples'),
    max_steps: shape.max_steps,
    batch_size: shape.batch_size,
    micro_batch_tokens: shape.micro_batch_tokens,
    group_by_length: shape.group_by_length,
    save_steps: shape.save_steps,
    seed: shape.seed.describe('seed of order, initial values and prompts'),
    replace: z.boolean().default(false).describe('replace an adapter of that name'),
    restart: z.boolean().default(false).describe('forget an unfinished run of that name'),
    json: jsonOption,
  }),
  examples: [
    'train sql --questions train.json --databases database --tables tables.json --out my-sql',
    'train sql --questions train.json --databases database --out quick --limit 200 --set r=8',
  ],
  run: async (options, terminal) => {
    const checkpoints = prepareRun(options);
    const tuner = tuners().find(({ name }) => name === options.method) as Tuner<unknown>;
    const result = await runTraining(
      {
        ...options,
        checkpoints,
        tuner: { ...tuner.defaults, ...readSettings(options.set) },
        uses: options.use.map(readSetUse),
        train: trainConfig.parse({ learning_rate: tuner.learningRate, ...defined(options) }),
      },
      terminal,
    );
    terminal.stdout.write(
      options.json ? `${JSON.stringify(result, null, 2)}\n` : `${result.folder}\n`,
    );
  },
});
