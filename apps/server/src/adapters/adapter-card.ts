/** An adapter as clients see it: what it is, where it comes from, how good it is. No paths. */
import { type HubEntry, type Language, type Text, text, textIn } from '@quaestor/peft';
import * as z from 'zod';
import { component } from '../api/component.ts';
import { scoreSchema } from './adapter-records.ts';

export const adapterSchema = component(
  'Adapter',
  z.object({
    name: z.string(),
    type: z.string().describe('method, as HF-PEFT calls it'),
    rank: z.int().nullable(),
    base_model: z.string().nullable(),
    size_bytes: z.int(),
    tags: z.array(z.string()).readonly(),
    description: z.string().nullable(),
    created: z.string().nullable(),
    read_only: z.boolean().describe('it came with the server and cannot be removed'),
    problem: text.nullable().describe('why it cannot be used'),
    active: z.boolean().describe('whether it answers now'),
    recipe: z.record(z.string(), z.unknown()).nullable().describe('how it was made'),
    scores: z.array(scoreSchema).readonly().describe('newest first'),
    card_scores: z
      .record(z.string(), z.number())
      .describe('measured where it was made, under names of its own'),
  }),
);

export type AdapterCardView = z.output<typeof adapterSchema>;

/** Fields of a recipe that name files of this machine. */
const PATHS: ReadonlySet<string> = new Set(['questions', 'databases', 'tables']);

export function adapterView(
  entry: HubEntry,
  { active, scores }: Pick<AdapterCardView, 'active' | 'scores'>,
): AdapterCardView {
  const recipe = entry.card?.recipe;
  return {
    name: entry.name,
    type: entry.peftType,
    rank: entry.rank,
    base_model: entry.baseModel,
    size_bytes: entry.sizeBytes,
    tags: entry.tags,
    description: entry.card?.description ?? null,
    created: entry.card?.created ?? null,
    read_only: entry.readOnly,
    problem: withoutPath(entry),
    active,
    recipe:
      recipe === undefined
        ? null
        : Object.fromEntries(Object.entries(recipe).filter(([field]) => !PATHS.has(field))),
    scores,
    card_scores: entry.card?.scores ?? {},
  };
}

/** Where an adapter lies is no client's business. */
function withoutPath({ problem, path, name }: HubEntry): Text | null {
  if (problem === null) return null;
  const said = (language: Language) => textIn(problem, language).replaceAll(path, name);
  return { en: said('en'), zh: said('zh') };
}
