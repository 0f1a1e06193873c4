import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextToSqlItem } from '@quaestor/finsql';
import {
  type AdapterHub,
  described,
  type HubEntry,
  methodToTrain,
  openHub,
  trainConfig,
  tuners,
} from '@quaestor/peft';
import * as z from 'zod';
import { adapterName, expectFree, newAdapterFields } from '../../adapters/adapter-name.ts';
import type { DatabaseCatalog } from '../../database-catalog.ts';
import { ServerError } from '../../errors.ts';
import type { ExampleDesk } from '../../examples/example-desk.ts';
import { badRequest } from '../../problem-words/input-problems.ts';
import { schemaProblems } from '../../problem-words/schema-problems.ts';
import { defineJobKind, type JobKind, type JobPlace } from '../job-kind.ts';
import { linkDatabases } from './link-databases.ts';
import { QUAESTOR } from './programs.ts';

const { shape } = trainConfig;

export const trainParams = z.strictObject({
  ...newAdapterFields,
  databases: z.array(z.string().min(1)).min(1).optional().apply(described, {
    en: 'learn only from questions about these; default: all',
    zh: '只学习关于这些数据库的问题；默认：全部',
  }),
  method: z
    .enum(tuners().map(({ name }) => name) as [string, ...string[]])
    .optional()
    .apply(described, {
      en: 'tuning method; default: that of the adapter to go on from, else lora',
      zh: '微调方法；默认：与所基于的适配器相同，否则为 lora',
    }),
  settings: z.record(z.string().regex(/^\w+$/), z.unknown()).default({}).apply(described, {
    en: 'fields of the method’s configuration, under HF-PEFT’s names',
    zh: '该方法的配置项，使用 HF-PEFT 的名称',
  }),
  from: adapterName
    .optional()
    .apply(described, { en: 'adapter to go on from', zh: '在此适配器的基础上继续训练' }),
  learning_rate: z.number().positive().optional().apply(described, {
    en: 'peak; default: what suits the method',
    zh: '峰值；默认：适合该方法的值',
  }),
  num_train_epochs: shape.num_train_epochs.apply(described, {
    en: 'passes over the examples',
    zh: '遍历示例的次数',
  }),
  max_steps: shape.max_steps,
  batch_size: shape.batch_size,
  seed: shape.seed.apply(described, {
    en: 'seed of order, initial values and prompts',
    zh: '顺序、初始值和提示的随机种子',
  }),
  save_steps: z
    .int()
    .positive()
    .default(20)
    .apply(described, { en: 'steps between checkpoints', zh: '检查点间隔步数' }),
});

export interface TrainTools {
  readonly hub: AdapterHub;
  readonly catalog: DatabaseCatalog;
  readonly desk: ExampleDesk;
  readonly home: string;
  /** The base model; the default one unless named. */
  readonly model: string | undefined;
  /** Names that queued jobs will give. */
  readonly promised: () => readonly string[];
}

interface TrainingData {
  readonly questions: number;
  /** Of these, approved examples. */
  readonly approved: number;
  /** Approved examples left out because their question measures accuracy. */
  readonly held_out: number;
  /** Questions left out because their database is not here. */
  readonly without_database: number;
}

/** `quaestor train sql` on the questions with known SQL as they are when the job is queued. */
export function trainKind({ hub, catalog, desk, home, model, promised }: TrainTools): JobKind {
  const questions = ({ folder }: JobPlace) => join(folder, 'questions.json');
  const dataOf = ({ folder }: JobPlace) => join(folder, 'training-data.json');
  const result = (name: string, place: JobPlace, figures: object) => {
    forgetRun(join(home, 'training', name), questions(place));
    const data: TrainingData = JSON.parse(readFileSync(dataOf(place), 'utf8'));
    return { adapter: name, data, ...figures };
  };
  return defineJobKind({
    name: 'train',
    summary: {
      en: 'Train an adapter on approved examples and the questions that came with the server',
      zh: '用已批准的示例和服务器自带的问题训练适配器',
    },
    lane: 'heavy',
    params: trainParams,
    mayResume: ({ name, replace }) => expectFree(hub, name, { replace, promised: promised() }),
    prepare: async ({ name, replace, databases, from, method, settings }, place) => {
      expectFree(hub, name, { replace, promised: promised() });
      const entry = from === undefined ? undefined : hub.get(from);
      expectSettings(methodToTrain(method, entry), settings);
      const here = new Set((await catalog.list()).map((database) => database.name));
      for (const database of databases ?? []) await catalog.path(database);
      const { items, approved, heldOut } = desk.trainingItems();
      const wanted = items.filter(({ db }) => databases?.includes(db) ?? true);
      const usable = wanted.filter(({ db }) => here.has(db));
      if (usable.length === 0) {
        throw new ServerError('bad-request', {
          en: 'There is nothing to learn from: approve examples of these databases first.',
          zh: '没有可学习的内容，请先批准这些数据库的示例。',
        });
      }
      await linkDatabases(
        catalog,
        usable.map(({ db }) => db),
        place,
      );
      writeFileSync(questions(place), questionFile(usable));
      const data: TrainingData = {
        questions: usable.length,
        approved,
        held_out: heldOut,
        without_database: wanted.length - usable.length,
      };
      writeFileSync(dataOf(place), JSON.stringify(data));
    },
    command: ({ name, replace, method, settings, from, learning_rate, ...rest }, place) => [
      QUAESTOR,
      ...['train', 'sql', '--json', '--out', name],
      ...(method === undefined ? [] : ['--method', method]),
      ...(replace ? ['--replace'] : []),
      ...['--questions', questions(place), '--databases', join(place.folder, 'databases')],
      ...(model === undefined ? [] : ['--model', model]),
      ...(from === undefined ? [] : ['--from', from]),
      ...(learning_rate === undefined ? [] : ['--learning-rate', String(learning_rate)]),
      ...['--num-train-epochs', String(rest.num_train_epochs)],
      ...(rest.max_steps === null ? [] : ['--max-steps', String(rest.max_steps)]),
      ...['--batch-size', String(rest.batch_size), '--seed', String(rest.seed)],
      ...['--save-steps', String(rest.save_steps)],
      ...Object.entries(settings).flatMap(([field, value]) => [
        '--set',
        `${field}=${JSON.stringify(value)}`,
      ]),
    ],
    // Killed after the adapter was written: its card says whose it is.
    finished: ({ name }, place) => {
      const own = learntFrom(hub.find(name), questions(place));
      return own ? result(name, place, {}) : undefined;
    },
    result: (printed, { name }, place) => result(name, place, figures.parse(printed)),
  });
}

/** Removes what a process that was killed at its very end left; unfinished runs of the name stay. */
function forgetRun(folder: string, questions: string): void {
  if (!existsSync(folder)) return;
  const runs = () => readdirSync(folder, { withFileTypes: true }).filter((it) => it.isDirectory());
  for (const { name } of runs()) {
    const run = join(folder, name);
    if (learntFrom(openHub([run]).find('adapter'), questions)) rmSync(run, { recursive: true });
  }
  if (runs().length === 0) rmSync(folder, { recursive: true });
}

/** Whether an adapter's card names this file of questions. */
function learntFrom(entry: HubEntry | undefined, questions: string): boolean {
  const files = entry?.card?.recipe?.questions;
  return Array.isArray(files) && files.includes(questions);
}

/** The process would say the same, but not before the model is loaded. @throws ServerError 'bad-request' */
function expectSettings(method: string, settings: Readonly<Record<string, unknown>>): void {
  const tuner = tuners().find(({ name }) => name === method);
  if (tuner === undefined) return;
  const given = { ...tuner.defaults, ...settings };
  const { error } = tuner.config.safeParse(given);
  if (error === undefined) return;
  const at = { under: ['params', 'settings'], whole: 'params.settings' };
  throw badRequest(schemaProblems(tuner.config, given, error, at));
}

const figures = z
  .object({
    examples: z.number(),
    skipped: z.number(),
    steps: z.number(),
    seconds: z.number(),
    tokensPerSecond: z.number(),
    peakMemory: z.number(),
  })
  .transform(({ tokensPerSecond, peakMemory, ...rest }) => ({
    ...rest,
    tokens_per_second: tokensPerSecond,
    peak_memory: peakMemory,
  }));

/** In Spider's form. */
export function questionFile(items: readonly TextToSqlItem[]): string {
  return JSON.stringify(
    items.map(({ question, db, sql }) => ({ question, db_id: db, query: sql })),
  );
}
