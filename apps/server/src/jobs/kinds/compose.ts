import { isDeepStrictEqual } from 'node:util';
import { type AdapterHub, combineConfig, described } from '@quaestor/peft';
import * as z from 'zod';
import { adapterName, expectFree, newAdapterFields } from '../../adapters/adapter-name.ts';
import { defineJobKind, type JobKind } from '../job-kind.ts';
import { QUAESTOR } from './programs.ts';

const { shape } = combineConfig;

export const composeParams = z
  .strictObject({
    ...newAdapterFields,
    adapters: z
      .array(adapterName)
      .min(1)
      .max(50)
      .apply(described, { en: 'what it is made of', zh: '由哪些适配器组成' }),
    weights: z
      .array(z.number())
      .min(1)
      .apply(described, { en: 'weight of each, in their order', zh: '各适配器的权重，按其顺序' }),
    type: shape.combination_type,
    rank: shape.svd_rank,
    density: shape.density,
    seed: shape.seed,
  })
  .refine(({ adapters, weights }) => adapters.length === weights.length, {
    path: ['weights'],
    message: 'expected one for each adapter',
  });

export interface ComposeTools {
  readonly hub: AdapterHub;
  readonly promised: () => readonly string[];
}

/** `quaestor hub compose`. */
export function composeKind({ hub, promised }: ComposeTools): JobKind {
  return defineJobKind({
    name: 'compose',
    summary: {
      en: 'Make one adapter of several of one base model',
      zh: '把同一基础模型的多个适配器组合成一个',
    },
    lane: 'light',
    params: composeParams,
    mayResume: ({ name, replace }) => expectFree(hub, name, { replace, promised: promised() }),
    prepare: ({ name, replace, adapters }) => {
      expectFree(hub, name, { replace, promised: promised() });
      for (const adapter of adapters) hub.get(adapter);
    },
    command: ({ name, replace, adapters, weights, type, rank, density, seed }) => [
      QUAESTOR,
      ...['hub', 'compose', ...adapters, '--out', name, '--type', type, '--json'],
      ...(replace ? ['--replace'] : []),
      ...weights.flatMap((weight) => ['--weights', String(weight)]),
      ...(rank === undefined ? [] : ['--rank', String(rank)]),
      ...(density === undefined ? [] : ['--density', String(density)]),
      ...['--seed', String(seed)],
    ],
    // Killed after the adapter was written: its card tells of what it is made.
    finished: ({ name, replace, adapters, weights, type, seed }) => {
      const { recipe, seed: drawnWith } = hub.find(name)?.card ?? {};
      const own = isDeepStrictEqual(
        [recipe?.adapters, recipe?.weights, recipe?.type, drawnWith],
        [adapters, weights, type, seed],
      );
      return own && !replace ? { adapter: name } : undefined;
    },
    result: (_printed, { name }) => ({ adapter: name }),
  });
}
