/** An adapter as clients see it: what it is, where it comes from, how good it is. No paths. */
import { described, type HubEntry, type Language, type Text, text, textIn } from '@quaestor/peft';
import * as z from 'zod';
import { component } from '../api/component.ts';
import { scoreSchema } from './adapter-records.ts';

export const adapterSchema = component(
  'Adapter',
  z.object({
    name: z.string(),
    type: z
      .string()
      .apply(described, { en: 'method, as HF-PEFT calls it', zh: '方法在 HF-PEFT 中的名称' }),
    rank: z.int().nullable(),
    base_model: z.string().nullable(),
    size_bytes: z.int(),
    second: z.boolean().apply(described, {
      en: 'whether a second adapter lies with it, which is asked where it is not sure',
      zh: '是否附带第二个适配器，在其没有把握时征询',
    }),
    tags: z.array(z.string()).readonly(),
    databases: z.array(z.string()).readonly().apply(described, {
      en: 'made for these, and answers questions about them unless another was activated; none: for any',
      zh: '专为这些数据库制作；未手动启用其他适配器时，由它回答这些数据库的问题；为空表示不限',
    }),
    description: text
      .nullable()
      .apply(described, { en: 'what its card says of it', zh: '其说明中的介绍' }),
    created: z.string().nullable(),
    read_only: z.boolean().apply(described, {
      en: 'it came with the server and cannot be removed',
      zh: '随服务器提供，不能删除',
    }),
    problem: text
      .nullable()
      .apply(described, { en: 'why it cannot be used', zh: '无法使用的原因' }),
    active: z.boolean().apply(described, {
      en: 'whether it answers now, except about databases that another adapter answers',
      zh: '是否正在回答（由其他适配器回答的数据库除外）',
    }),
    answers_about: z.array(z.string()).readonly().apply(described, {
      en: 'those of its databases that it answers questions about now; none while one is activated by hand',
      zh: '现在由它回答的专用数据库；手动启用了适配器时为空',
    }),
    answers_new: z.boolean().apply(described, {
      en: 'whether it answers questions about databases of which few questions are known now',
      zh: '现在是否由它回答已知问题较少的数据库的问题',
    }),
    recipe: z
      .record(z.string(), z.unknown())
      .nullable()
      .apply(described, { en: 'how it was made', zh: '制作方式' }),
    scores: z
      .array(scoreSchema)
      .readonly()
      .apply(described, { en: 'newest first', zh: '最新的在前' }),
    card_scores: z.record(z.string(), z.number()).apply(described, {
      en: 'measured where it was made, under names of its own',
      zh: '在制作处测得，使用其自己的名称',
    }),
  }),
);

export type AdapterCardView = z.output<typeof adapterSchema>;

/** Fields of a recipe that name files of this machine. */
const PATHS: ReadonlySet<string> = new Set(['questions', 'databases', 'tables']);

export function adapterView(
  entry: HubEntry,
  now: Pick<AdapterCardView, 'active' | 'answers_about' | 'answers_new' | 'scores'>,
): AdapterCardView {
  const recipe = entry.card?.recipe;
  return {
    name: entry.name,
    type: entry.peftType,
    rank: entry.rank,
    base_model: entry.baseModel,
    size_bytes: entry.sizeBytes,
    second: entry.second !== null,
    tags: entry.tags,
    databases: entry.card?.databases ?? [],
    description: entry.card?.description ?? null,
    created: entry.card?.created ?? null,
    read_only: entry.readOnly,
    problem: withoutPath(entry),
    ...now,
    recipe:
      recipe === undefined
        ? null
        : Object.fromEntries(Object.entries(recipe).filter(([field]) => !PATHS.has(field))),
    card_scores: entry.card?.scores ?? {},
  };
}

/** Where an adapter lies is no client's business. */
function withoutPath({ problem, path, name }: HubEntry): Text | null {
  if (problem === null) return null;
  const said = (language: Language) => textIn(problem, language).replaceAll(path, name);
  return { en: said('en'), zh: said('zh') };
}
