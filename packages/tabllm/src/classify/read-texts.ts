/** Whether a language model reads the free text of a table, and its reading, which can be stopped. */
import { saysSomething } from '../baseline/fit-text-topics.ts';
import { featureColumns } from '../schema/feature-columns.ts';
import { missingTest } from '../schema/missing.ts';
import { remembered, type TextStates } from '../scoring/text-states.ts';
import type { FitTableOptions } from './fit-options.ts';
import { type InParts, LEARNING_STOPPED, withRests } from './in-parts.ts';
import type { RowsToLearn } from './rows-to-learn.ts';

/** Cells of free text beyond which none is read, unless more are asked for: these take half a minute or so. */
export const MOST_READ = 2000;
/** Texts that are known again when rows are predicted. */
export const REMEMBERED = 10_000;
/** Cells between two rests. */
const PART = 32;

/**
 * A reader that knows the texts of a table already; null: there are none, or too many, or no labels to learn from.
 * @throws TabLlmError 'aborted' once the signal has fired
 */
export async function readTexts(
  { schema, rows, unlabelled }: Pick<RowsToLearn, 'schema' | 'rows' | 'unlabelled'>,
  { states, mostRead = MOST_READ, signal }: Pick<FitTableOptions, 'states' | 'mostRead' | 'signal'>,
): Promise<TextStates | null> {
  const all = [...rows, ...unlabelled];
  const columns = featureColumns(schema).filter(({ column }) => column.kind === 'text');
  if (states === undefined || rows.length === 0 || columns.length * all.length > mostRead) {
    return null;
  }
  const isMissing = missingTest(schema.missing);
  const cells = columns
    .map(({ index }) => all.map((row) => row[index] ?? '').filter((cell) => !isMissing(cell)))
    .filter(saysSomething)
    .flat();
  const texts = [...new Set(cells)];
  const opened = texts.length === 0 ? null : await states({ needed: false, texts });
  if (opened === null) return null;
  const reader = remembered(opened, Math.max(mostRead, REMEMBERED));
  await withRests(readingAll(reader, texts), { signal, stopped: LEARNING_STOPPED });
  return reader;
}

function* readingAll(reader: TextStates, texts: readonly string[]): InParts<void> {
  for (let at = 0; at < texts.length; at += PART) {
    reader.read(texts.slice(at, at + PART));
    yield Math.min(1, (at + PART) / texts.length);
  }
}
