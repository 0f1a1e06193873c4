/** From rows in memory to a model: classes where the target has a few values, a quantity where it has many numbers. */
import { seededRandom, type Translated } from '@quaestor/peft';
import { expectLabelled, expectSettings, expectText } from './check-rows.ts';
import { allColumns, learnedColumns } from './columns-apart.ts';
import type { FitTableOptions } from './fit-options.ts';
import { toldLabelWords, wordsForNone } from './label-words.ts';
import { learnClasses } from './learn-classes.ts';
import { learnQuantity } from './learn-quantity.ts';
import type { LabelledRows, LearnedTable } from './learned-table.ts';
import { oneSpelling } from './one-spelling.ts';
import { rowGroups } from './row-groups.ts';
import { rowsByLabel } from './rows-by-label.ts';
import { rowsToLearn } from './rows-to-learn.ts';
import { quantityFormat } from './target-numbers.ts';

/** Labelled rows that are kept for explanations. */
const EXAMPLES = 500;

/**
 * @throws TabLlmError 'bad-data' where nothing can be learned, or rows and labels differ in number or are no
 * text; 'bad-config' for options, kinds, groups, shares or thresholds that do not fit; 'aborted' once the signal has fired
 */
export async function fitTable(given: FitTableOptions): Promise<LearnedTable> {
  expectSettings(given);
  expectLabelled(given.rows, given.labels);
  expectText([...(given.unlabelled ?? []), ...(given.predicted?.rows ?? [])]);
  const options = learnedColumns(given);
  const { target, seed = 0, task = 'auto' } = options;
  const written = rowsByLabel(options);
  const { rowNumbers } = written;
  const asWritten = { target, labels: written.labels, rowNumbers };
  const format = task === 'classes' ? null : quantityFormat(asWritten, task);
  const same = format
    ? { labels: written.labels, warnings: [] }
    : oneSpelling(written.labels, options.classes);
  const { labels } = same;
  const apart = { ...written, labels };
  const numbered = { target, labels, rowNumbers };
  const table = rowsToLearn(options, apart);
  const { groups, warnings: ofGroups } = rowGroups({
    ...(options === given
      ? { schema: table.schema, rows: table.rows, unlabelled: table.fresh }
      : allColumns(given, apart.known)),
    ...{ target, labels, group: options.group },
  });
  const names = format ? null : [...(options.classes ?? []), ...labels];
  const words = toldLabelWords(apart.words, target, names);
  const learned = {
    schema: table.schema,
    target,
    labelled: table.rows.length,
    seed,
    fromItself: false,
    examples: someOf(apart, seed),
    warnings: [
      ...table.warnings,
      ...(apart.only === null ? [] : [onlyOneLabel(target, apart.only)]),
      ...ofGroups,
      ...(words ? [words] : []),
      ...same.warnings,
      ...(format ? [] : wordsForNone(labels, target, options.classes)),
    ],
  };
  const rows = { ...table, groups };
  if (format) return learnQuantity(learned, rows, labels, format, options);
  return learnClasses(learned, rows, numbered, words, options);
}

function onlyOneLabel(target: string, label: string): Translated {
  return {
    en: `column ${target} has the label ${label} only, which nothing can be learned from; it is as if there were none`,
    zh: `列“${target}”只有标签“${label}”，无法从中学习，按没有标签处理`,
  };
}

function someOf({ rows, labels }: LabelledRows, seed: number): LabelledRows {
  const some = seededRandom(seed)
    .shuffle([...rows.keys()])
    .slice(0, EXAMPLES);
  return {
    rows: some.map((i) => rows[i] as readonly string[]),
    labels: some.map((i) => labels[i] as string),
  };
}
