/** Rows apart by whether they have a label: what is learned from, and what tells of the columns alone. */
import { unlabelledTest } from '../schema/missing.ts';
import type { FitTableOptions } from './fit-options.ts';
import { type LabelWords, noteLabelWord } from './label-words.ts';
import type { LabelledRows } from './learned-table.ts';

export interface RowsByLabel extends LabelledRows {
  /** Of each of the given rows, whether it has a label. */
  readonly known: readonly boolean[];
  /** What each of the labelled rows is called in warnings. */
  readonly rowNumbers: readonly number[] | undefined;
  /** Rows of the table without a label. */
  readonly beside: readonly (readonly string[])[];
  /** Words in the target that are no label, and how often. */
  readonly words: LabelWords;
  /** The only label there is, which counts as none; null: there are more or none. */
  readonly only: string | null;
}

/** A cell is no label where it is missing, unless the classes name it, nor where all others say the same. */
export function rowsByLabel(options: FitTableOptions): RowsByLabel {
  const isMissing = unlabelledTest(options.classes, options.missing);
  const only = onlyClass(options, isMissing);
  const words: LabelWords = new Map(options.labelWords);
  for (const label of options.labels) if (isMissing(label)) noteLabelWord(words, label);
  const known = options.labels.map((label) => only === null && !isMissing(label));
  return {
    known,
    rows: options.rows.filter((_, i) => known[i]),
    labels: options.labels.filter((_, i) => known[i]).map((label) => label.trim()),
    rowNumbers: options.rowNumbers?.filter((_, i) => known[i]),
    beside: [...(options.unlabelled ?? []), ...options.rows.filter((_, i) => !known[i])],
    words,
    only,
  };
}

/** The one class that labels are of, where a language model can do without them; null: there are more or none. */
function onlyClass(
  { labels, classes, expert, language, task }: FitTableOptions,
  isMissing: (cell: string) => boolean,
): string | null {
  if (classes === undefined || task === 'quantity' || !(expert || language)) return null;
  const found = new Set(labels.filter((label) => !isMissing(label)).map((label) => label.trim()));
  const [only] = found;
  return only !== undefined && found.size === 1 && classes.includes(only) ? only : null;
}
