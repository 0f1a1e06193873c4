/** What the trace tells of the stages before SQL is written. */
import type { Completion } from './generate/generator.ts';
import type { Prompt } from './prompt/build.ts';
import type { DatabaseContext } from './retrieval/context.ts';
import { quantityText } from './retrieval/quantities.ts';
import { combined } from './retrieval/retrievers/combined.ts';
import { fold } from './schema/schema.ts';
import type { DetailOf } from './trace.ts';

const TABLES = 8;
const VALUES = 8;
const EXEMPLARS = 3;

export function introspectDetail(
  { schema, values }: DatabaseContext,
  cached: boolean,
): DetailOf<'introspect'> {
  const columns = schema.tables.reduce((sum, table) => sum + table.columns.length, 0);
  const { size: held, capped, unread, settled } = values;
  return {
    tables: schema.tables.length,
    columns,
    cached,
    values: { held, capped, unread, settled },
  };
}

/** Tables in the prompt and the next best, the values found in them, the nearest known questions. */
export function retrieveDetail(
  context: DatabaseContext,
  { retrieval, content }: Prompt,
): DetailOf<'retrieve'> {
  const shown = new Map(content.tables.map((table) => [table.name, table.columns]));
  return {
    retriever: combined.name,
    tables: retrieval.tables
      .filter(({ name, score }, rank) => shown.has(name) || (rank < TABLES && score > 0))
      .map(({ name, score }) => ({
        name,
        score: Math.min(1, score),
        chosen: shown.has(name),
        columns: (shown.get(name) ?? []).map((column) => column.name),
      })),
    values: retrieval.values
      .filter(({ table }) => shown.has(fold(table)))
      .slice(0, VALUES)
      .map(({ table, column, value, similarity }) => ({ table, column, value, similarity })),
    quantities: retrieval.quantities.map((quantity) => ({
      text: quantity.text,
      means: quantityText(quantity),
    })),
    exemplars: retrieval.neighbours.slice(0, EXEMPLARS).map(({ item, similarity }) => ({
      question: item.question,
      sql: context.known(item).sql,
      similarity,
    })),
  };
}

/** What the model wrote. */
export function writtenDetail(completion: Completion | undefined) {
  return {
    completion: completion?.text ?? '',
    tokens: completion?.tokens ?? 0,
    logProbability: completion?.logProbability ?? null,
  };
}

/** The second draft, beside which exemplar it was written, and whether it is kept. */
export function redraftDetail(
  { text, content }: Prompt,
  completion: Completion | undefined,
  kept: boolean,
): DetailOf<'redraft'> {
  return {
    exemplar: content.exemplar ?? null,
    prompt: text,
    ...writtenDetail(completion),
    kept,
  };
}

/** The text, what it took, and all that it leaves out. */
export function promptDetail(prompt: Prompt): DetailOf<'prompt'> {
  const { text, tokens, budget, omitted, omittedKeys, omittedValues } = prompt;
  return { text, tokens, budget, omitted, omittedKeys, omittedValues };
}
