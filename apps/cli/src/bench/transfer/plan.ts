/**
 * Few-shot transfer to a database without training data of its own (FinSQL §5; LoRAHub): from
 * adapters of other databases and k of its questions, what is each way of using them worth?
 *
 *     in context      no adapter; the k questions are shown as exemplars
 *     from scratch    a LoRA trained on the k questions
 *     merged          the sources' LoRAs in equal parts; needs no question
 *     merged + tuned  … then trained on the k questions
 *     LoRAHub         the sources' LoRAs with the weights that the k questions choose
 *     LoRAHub + tuned … then trained on the k questions
 *
 * Everything is a command of the command line, so any row can be made again by hand.
 */
import * as z from 'zod';

/** The experiment's file. Paths are relative to the folder that the command runs in. */
export const transferConfig = z.strictObject({
  questions: z.string().min(1).describe('training questions of all databases'),
  dev: z.string().min(1).describe('questions that are scored'),
  databases: z.string().min(1).describe('folder of the databases'),
  tables: z.string().min(1).optional().describe('Spider’s tables.json for them'),
  sources: z.array(z.string().min(1)).min(2).describe('databases with training data'),
  source_examples: z.int().positive().default(500).describe('questions of each source at most'),
  target: z.string().min(1).describe('the database with few questions'),
  shots: z
    .array(z.int().positive())
    .min(1)
    .default([10, 20, 50, 100])
    .describe('numbers of its questions'),
  scored: z.int().positive().optional().describe('questions scored at most'),
  set: z.array(z.string()).default(['r=16', 'lora_alpha=32', 'target_modules=all-linear']),
  learning_rate: z.number().positive().default(0.0006),
  tuning_epochs: z.int().positive().default(3),
  budget: z.int().positive().default(24).describe('compositions that LoRAHub tries'),
  search_shots: z
    .int()
    .positive()
    .default(20)
    .describe('questions that judge a composition at most'),
  seed: z.int().default(1),
});
export type TransferConfig = z.infer<typeof transferConfig>;

export const WAYS = [
  'in context',
  'from scratch',
  'merged',
  'merged + tuned',
  'LoRAHub',
  'LoRAHub + tuned',
] as const;
export type Way = (typeof WAYS)[number];

/** What makes an adapter of the hub; done when the adapter is there. */
export interface MakeStep {
  readonly kind: 'make';
  readonly adapter: string;
  readonly args: readonly string[];
}

/** What makes a row of the table. */
export interface ScoreStep {
  readonly kind: 'score';
  readonly way: Way;
  readonly k: number;
  readonly args: readonly string[];
}

/** Files of questions that the steps read. */
export interface TransferFiles {
  source(database: string): string;
  shots(k: number): string;
  readonly dev: string;
}

/**
 * The steps in an order in which each finds what it needs.
 *
 * @param prefix of the adapters' names, so that two experiments do not meet
 */
export function planTransfer(
  config: TransferConfig,
  files: TransferFiles,
  prefix: string,
): readonly (MakeStep | ScoreStep)[] {
  const tables = config.tables === undefined ? [] : ['--tables', config.tables];
  const asked = (questions: string) => [
    ...['--questions', questions, '--databases', config.databases],
    ...tables,
  ];
  const seed = ['--seed', String(config.seed)];
  const train = (adapter: string, questions: string, ...more: string[]): MakeStep => ({
    kind: 'make',
    adapter,
    args: [
      ...['train', 'sql', '--out', adapter],
      ...asked(questions),
      ...config.set.flatMap((field) => ['--set', field]),
      ...['--learning-rate', String(config.learning_rate), '--save-steps', '20'],
      ...more,
      ...seed,
    ],
  });
  const tune = (adapter: string, k: number, from?: string): MakeStep =>
    train(
      adapter,
      files.shots(k),
      ...['--num-train-epochs', String(config.tuning_epochs)],
      ...(from === undefined ? [] : ['--from', from]),
    );
  const score = (way: Way, k: number, adapter: string): ScoreStep => ({
    kind: 'score',
    way,
    k,
    args: [
      ...['eval', 'sql', '--adapter', adapter, '--exemplars', files.shots(k)],
      // No second try: what is compared is what each way writes, not what is made of it.
      ...['--batch', '36', '--samples', '0'],
      ...asked(files.dev),
    ],
  });
  const sources = config.sources.map((database) => `${prefix}-${database}`);
  const merged = `${prefix}-merged`;
  const steps: (MakeStep | ScoreStep)[] = [
    ...config.sources.map((database) => train(`${prefix}-${database}`, files.source(database))),
    {
      kind: 'make',
      adapter: merged,
      args: [
        ...['hub', 'compose', ...sources, '--out', merged],
        ...sources.flatMap(() => ['--weights', String(1 / sources.length)]),
      ],
    },
  ];
  for (const k of config.shots) {
    const own = (name: string) => `${prefix}-${k}-${name}`;
    steps.push(
      score('in context', k, 'none'),
      score('merged', k, merged),
      tune(own('scratch'), k),
      score('from scratch', k, own('scratch')),
      tune(own('merged-tuned'), k, merged),
      score('merged + tuned', k, own('merged-tuned')),
      {
        kind: 'make',
        adapter: own('lorahub'),
        args: [
          ...['hub', 'search', ...sources, '--out', own('lorahub'), ...asked(files.shots(k))],
          ...['--shots', String(Math.min(k, config.search_shots))],
          ...['--budget', String(config.budget), ...seed],
        ],
      },
      score('LoRAHub', k, own('lorahub')),
      tune(own('lorahub-tuned'), k, own('lorahub')),
      score('LoRAHub + tuned', k, own('lorahub-tuned')),
    );
  }
  return steps;
}
