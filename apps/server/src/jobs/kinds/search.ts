/** LoRAHub as a job: adapters and a few examples → the weights of a composition that suits them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AdapterHub, described, seededRandom } from '@quaestor/peft';
import * as z from 'zod';
import { adapterName, expectFree, newAdapterFields } from '../../adapters/adapter-name.ts';
import type { DatabaseCatalog } from '../../database-catalog.ts';
import { ServerError } from '../../errors.ts';
import type { ExampleDesk } from '../../examples/example-desk.ts';
import { defineJobKind, type JobKind, type JobPlace } from '../job-kind.ts';
import { linkDatabases } from './link-databases.ts';
import { QUAESTOR } from './programs.ts';
import { questionFile } from './train.ts';

export const searchParams = z.strictObject({
  ...newAdapterFields,
  adapters: z
    .array(adapterName)
    .min(1)
    .max(20)
    .apply(described, { en: 'LoRA adapters to compose', zh: '要组合的 LoRA 适配器' }),
  databases: z.array(z.string().min(1)).min(1).optional().apply(described, {
    en: 'examples are drawn from questions about these; default: all',
    zh: '从关于这些数据库的问题中抽取示例；默认：全部',
  }),
  shots: z
    .int()
    .min(1)
    .max(50)
    .default(5)
    .apply(described, { en: 'examples, drawn at random', zh: '随机抽取的示例数' }),
  budget: z
    .int()
    .min(2)
    .max(500)
    .default(40)
    .apply(described, { en: 'compositions to try', zh: '尝试的组合数' }),
  bounds: z
    .number()
    .positive()
    .max(10)
    .default(1.5)
    .apply(described, { en: 'largest magnitude of a weight', zh: '权重绝对值的上限' }),
  regularization: z.number().min(0).default(0.05).apply(described, {
    en: 'weight of mean |w| beside the loss',
    zh: '损失之外，平均 |w| 所占的权重',
  }),
  seed: z.int().default(42).apply(described, {
    en: 'seed of the examples drawn and of the search',
    zh: '抽取示例和搜索的随机种子',
  }),
});

export interface SearchTools {
  readonly hub: AdapterHub;
  readonly catalog: DatabaseCatalog;
  readonly desk: ExampleDesk;
  /** The base model; the default one unless named. */
  readonly model: string | undefined;
  /** Names that queued jobs will give. */
  readonly promised: () => readonly string[];
}

const figures = z
  .object({
    adapters: z.array(z.string()),
    weights: z.array(z.number()),
    loss: z.number(),
    baseLoss: z.number(),
    objective: z.number(),
    shots: z.int(),
  })
  .transform(({ baseLoss, ...rest }) => ({ ...rest, base_loss: baseLoss }));

/** `quaestor hub search` on questions with known SQL, none of which measure accuracy. */
export function searchKind({ hub, catalog, desk, model, promised }: SearchTools): JobKind {
  const questions = ({ folder }: JobPlace) => join(folder, 'questions.json');
  return defineJobKind({
    name: 'search',
    summary: {
      en: 'Find the weights of adapters that suit a few examples, as LoRAHub does',
      zh: '按 LoRAHub 的方法，找出适合少量示例的适配器权重',
    },
    lane: 'heavy',
    params: searchParams,
    mayResume: ({ name, replace }) => expectFree(hub, name, { replace, promised: promised() }),
    prepare: async ({ name, replace, adapters, databases, shots, seed }, place) => {
      expectFree(hub, name, { replace, promised: promised() });
      for (const adapter of adapters) hub.get(adapter);
      for (const database of databases ?? []) await catalog.path(database);
      const here = new Set((await catalog.list()).map((database) => database.name));
      const known = desk
        .trainingItems()
        .items.filter(({ db }) => here.has(db) && (databases?.includes(db) ?? true));
      if (known.length === 0) {
        throw new ServerError('bad-request', {
          en: 'There are no examples to judge by: approve examples of these databases first.',
          zh: '没有可用来比较的示例，请先批准这些数据库的示例。',
        });
      }
      // A few more than needed: one whose SQL has no rows any more is passed over.
      const drawn = seededRandom(seed)
        .shuffle(known)
        .slice(0, shots * 2);
      await linkDatabases(
        catalog,
        drawn.map(({ db }) => db),
        place,
      );
      writeFileSync(questions(place), questionFile(drawn));
    },
    command: ({ name, replace, adapters, shots, budget, bounds, regularization, seed }, place) => [
      QUAESTOR,
      ...['hub', 'search', ...adapters, '--json', '--out', name],
      ...(replace ? ['--replace'] : []),
      ...['--questions', questions(place), '--databases', join(place.folder, 'databases')],
      ...['--shots', String(shots), '--budget', String(budget), '--bounds', String(bounds)],
      ...['--regularization', String(regularization), '--seed', String(seed)],
      ...(model === undefined ? [] : ['--model', model]),
    ],
    // Killed after the adapter was written: its card says whose it is.
    finished: ({ name }, place) => {
      const recipe = hub.list().find((entry) => entry.name === name)?.card?.recipe;
      const own = Array.isArray(recipe?.questions) && recipe.questions.includes(questions(place));
      return own ? { adapter: name } : undefined;
    },
    result: (printed, { name }) => ({ adapter: name, ...figures.parse(printed) }),
  });
}
