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
    type: shape.combination_type.apply(described, {
      en: 'how adapters are combined',
      zh: '适配器的组合方式',
    }),
    rank: shape.svd_rank.apply(described, {
      en: 'rank of the result of svd and *_svd; default the largest rank combined',
      zh: 'svd 和 *_svd 结果的秩；默认：所组合的最大的秩',
    }),
    density: shape.density.apply(described, {
      en: 'share of entries kept by ties, dare and magnitude_prune',
      zh: 'ties、dare 和 magnitude_prune 保留的元素比例',
    }),
    seed: shape.seed.apply(described, {
      en: 'of the entries that dare drops',
      zh: 'dare 随机丢弃元素的种子',
    }),
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
    prepare: ({ name, replace, adapters }) => {
      expectFree(hub, name, { replace, promised: promised() });
      for (const adapter of adapters) hub.get(adapter);
    },
    command: ({ name, adapters, weights, type, rank, density, seed }) => [
      QUAESTOR,
      ...['hub', 'compose', ...adapters, '--out', name, '--type', type, '--json', '--replace'],
      ...weights.flatMap((weight) => ['--weights', String(weight)]),
      ...(rank === undefined ? [] : ['--rank', String(rank)]),
      ...(density === undefined ? [] : ['--density', String(density)]),
      ...['--seed', String(seed)],
    ],
    result: (_printed, { name }) => ({ adapter: name }),
  });
}
