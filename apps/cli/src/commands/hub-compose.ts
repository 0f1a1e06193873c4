import { skeletonsOfParts } from '@quaestor/finsql';
import { combineAdapters, combineConfig, readAdapter } from '@quaestor/peft';
import * as z from 'zod';
import { addAdapter, openAdapters } from '../adapters.ts';
import { argument, completing, defineCommand, jsonOption } from '../command.ts';
import { databasesOfParts, tellSecondsDropped } from '../lorahub/parts.ts';
import { Progress } from '../progress.ts';

const fields = combineConfig.shape;

/** `quaestor hub compose`: several adapters of one base model into one. */
export const hubCompose = defineCommand({
  options: z.object({
    adapters: argument(
      completing(
        'adapters',
        z.array(z.string().min(1)).min(1).describe('names of adapters in the hub'),
      ),
    ),
    weights: z.array(z.number()).min(1).describe('weight of each adapter, in their order'),
    out: z.string().min(1).describe('name of the new adapter in the hub'),
    type: fields.combination_type,
    rank: fields.svd_rank,
    density: fields.density,
    majoritySign: fields.majority_sign_method,
    compat: fields.compat,
    seed: fields.seed,
    dtype: z
      .enum(['F32', 'F16', 'BF16'])
      .default('F32')
      .describe('how the values are stored; F16 takes half the space'),
    replace: z.boolean().default(false).describe('replace an adapter of that name'),
    json: jsonOption,
  }),
  examples: [
    'hub compose finance-sql funds --weights 0.7 --weights 0.3 --out both',
    'hub compose finance-sql funds --weights 1 --weights -0.5 --type cat --out less-funds',
  ],
  run: async (asked, terminal) => {
    const hub = openAdapters();
    hub.expectFree(asked.out, asked);
    const entries = asked.adapters.map((name) => hub.get(name));
    const progress = new Progress(terminal);
    tellSecondsDropped(entries, progress);
    const combined = combineAdapters(
      entries.map(({ name, path }) => ({ name, ...readAdapter(path) })),
      asked.weights,
      {
        combination_type: asked.type,
        svd_rank: asked.rank,
        density: asked.density,
        majority_sign_method: asked.majoritySign,
        compat: asked.compat,
        seed: asked.seed,
        onModule: (done, total) =>
          progress.update(
            { en: `module ${done} of ${total}`, zh: `第 ${done} 个模块，共 ${total} 个` },
            done / total,
          ),
      },
    );
    progress.clear();
    const { adapters, weights, type, rank, density, majoritySign, compat, seed } = asked;
    const parts = adapters.map((name, i) => `${weights[i]} · ${name}`);
    const card = {
      description: {
        en: `${type} of ${parts.join(', ')}`,
        zh: `由 ${parts.join('、')} 组合而成（${type}）`,
      },
      tags: [...new Set(entries.flatMap(({ tags }) => tags))],
      databases: databasesOfParts(entries),
      recipe: {
        ...{ adapters, weights, type, rank, density, majoritySign, compat },
        ...skeletonsOfParts(entries.map(({ card }) => card)),
      },
      seed,
      created: new Date().toISOString().slice(0, 10),
    };
    const added = addAdapter({ ...combined, card }, asked.out, asked);
    terminal.stdout.write(asked.json ? `${JSON.stringify(added, null, 2)}\n` : `${added.path}\n`);
  },
});
