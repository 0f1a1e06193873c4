import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { PeftError } from '../errors.ts';
import { ADAPTER_CARD } from '../io/adapter-files.ts';
import { readJson } from '../io/json-file.ts';
import { schemaProblems } from '../schema-problems.ts';
import { text } from '../translated.ts';

/** `quaestor.json`: where an adapter comes from and what it is good for. Every field is optional. */
export const adapterCard = z.looseObject({
  description: text.optional().describe('one sentence for people'),
  tags: z.array(z.string()).default([]).describe('domains, tasks, languages'),
  databases: z
    .array(z.string())
    .default([])
    .describe('names of the databases that it is made for; none: for any'),
  new_databases: z
    .boolean()
    .default(false)
    .describe('whether it is made for databases about which few questions are known'),
  recipe: z.record(z.string(), z.unknown()).optional().describe('the training configuration'),
  seed: z.int().optional(),
  scores: z.record(z.string(), z.number()).default({}).describe('measured quality by name'),
  created: z.string().optional().describe('ISO 8601 date'),
});

/** A card is a page for people and the recipe of a run. */
const LARGEST_CARD = 1_000_000;

/** A validated card; see `adapterCard` for each field. */
export type AdapterCard = z.infer<typeof adapterCard>;

/**
 * The card of an adapter folder; null when it has none.
 * @throws PeftError 'bad-file' naming every malformed field, or for one of more than 1 MB
 */
export function readAdapterCard(folder: string): AdapterCard | null {
  const path = join(folder, ADAPTER_CARD);
  if (!existsSync(path)) return null;
  const content = readJson(path, LARGEST_CARD);
  const parsed = adapterCard.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new PeftError(
    'bad-file',
    { en: `${path} is malformed.`, zh: `${path} 的格式有误。` },
    { problems: schemaProblems(adapterCard, content, parsed.error) },
  );
}
