/**
 * A quick look at what the labels so far teach: a model of at most so many of them, so that figures
 * follow a new label within a second or two. A classification learns from all of them.
 */
import { seededRandom } from '@quaestor/peft';
import {
  type AnsweredColumns,
  askedBefore,
  classWeightsOf,
  compareClasses,
  explainRows,
  fitTable,
  hasTextRead,
  heldReport,
  type LabelWords,
  type LearnedTable,
  noteLabelWord,
  permutationImportance,
  predictRows,
  roundedQuantity,
  type ThresholdRule,
  textsToRead,
} from '@quaestor/tabllm';
import type { BoundedTable } from './bounded-table.ts';
import type { ColumnImportance, Fit, RowOpinion } from './fit.ts';
import { fitReportOf } from './fit-report.ts';
import type { KnownTexts } from './known-texts.ts';
import type { LabellingThreshold } from './labelling.ts';
import { rowLabel } from './row-label.ts';
import { MOST_CELLS_READ } from './text-readings.ts';

export interface LearnRequest {
  readonly file: string;
  readonly revision: number;
  readonly target: string;
  readonly kind: 'classes' | 'quantity';
  readonly features: readonly string[];
  /** Column that tells which rows belong together; null: one is looked for. */
  readonly group: string | null;
  readonly threshold: LabellingThreshold | null;
  /** Of the settings, named or found; none of a quantity. */
  readonly classes: readonly string[];
  /** Labels that count before those of the table. */
  readonly given: readonly (readonly [row: number, label: string])[];
  /** What a language model said of the columns; null: it was not asked. */
  readonly answers: AnsweredColumns | null;
}

export interface LearnedLabels {
  readonly fit: Fit;
  readonly learned: LearnedTable;
  readonly places: readonly number[];
  /** Rows whose labels were learned from. */
  readonly used: readonly { readonly row: number; readonly label: string }[];
  /** Texts that it would have learned from, had a language model read all of them. */
  readonly unread: readonly string[];
}

const MOST_LABELLED = 200;
/** Of a rare class so many are taken before the others are drawn. */
const OF_EACH_CLASS = 8;
const TREES = 50;
const DRAWS = 300;
const SAMPLE = 1000;
/** Cells of free text that are read for a quick look: two columns of all rows that are looked at. */
const MOST_READ = 2 * (MOST_LABELLED + SAMPLE);
const SUGGESTED = 20;
const SHUFFLES = 3;

/**
 * @param known what a language model has read of the table's texts; null: they are learned from as words alone
 * @throws TabLlmError 'bad-data' where nothing can be learned
 */
export async function learnLabels(
  table: BoundedTable,
  request: LearnRequest,
  known: KnownTexts | null = null,
): Promise<LearnedLabels> {
  const start = performance.now();
  const { target, kind, classes, features, group, threshold, revision, answers } = request;
  const places = features.map((name) => table.columns.indexOf(name));
  const cellsOf = cellsIn(table, places);
  // Rows may belong together by what is not learned from.
  const without = table.columns.filter((name) => name !== target && !features.includes(name));
  const columns = [...features, ...without];
  const allCellsOf = cellsIn(
    table,
    columns.map((name) => table.columns.indexOf(name)),
  );
  const labels = labelsOf(table, request);
  // Before there are labels of two classes, what the language model said has to do.
  const few = new Set(labels.values()).size < 2;
  const order = seededRandom(0).shuffle(Array.from(table.rows, (_, i) => i + 1));
  const used = few && answers !== null ? [] : drawn(labels, order);
  const sample = order.filter((row) => !labels.has(row)).slice(0, SAMPLE);
  const shares = kind === 'classes' ? sharesOfAll(labels, used) : null;
  let unread: readonly string[] = [];
  const learned = await fitTable({
    columns,
    without,
    target,
    rows: used.map(({ row }) => allCellsOf(row)),
    labels: used.map(({ label }) => label),
    rowNumbers: used.map(({ row }) => row),
    unlabelled: sample.map(allCellsOf),
    ...(group !== null && { group }),
    task: kind,
    mostRead: mostRead(used.length + sample.length, table.rows.length),
    ...(known !== null && {
      states: async ({ texts }) => {
        unread = known.unknown(texts);
        return known.reader(texts);
      },
    }),
    trees: TREES,
    ...(shares !== null && { prior: shares }),
    labelWords: wordsForNone(table, target, labels),
    // Without labels they would take the place of those, see `answers`.
    ...(used.length > 0 && { classes }),
    ...(answers !== null && {
      classes: answers.classes,
      expert: async (asked) => askedBefore(answers, asked.classes),
    }),
    ...(threshold !== null &&
      new Set(labels.values()).size === 2 && { threshold: rule(threshold) }),
  });
  const report = heldReport(learned, { draws: DRAWS });
  const opinions = sample.length === 0 ? [] : predictRows(learned, sample.map(cellsOf));
  const learnedClasses = learned.kind === 'classifier' ? learned.classes : [];
  const classifier =
    learned.kind === 'classifier' && learnedClasses.length === 2 ? learned.classifier : null;
  const held = classifier?.held ?? null;
  const weights = classWeightsOf(classifier?.state.priors ?? null);
  const fit: Fit = {
    revision,
    kind,
    classes: learnedClasses,
    labelled: labels.size,
    used: used.length,
    report: report && fitReportOf(report),
    calibrated: learned.kind === 'classifier' ? learned.classifier.held !== null : null,
    text_read: hasTextRead(learned),
    expectations_weight: answers === null ? null : weightOf(learned, answers),
    threshold: learned.kind === 'classifier' ? learned.classifier.state.threshold : null,
    held: Array.from(held?.labels ?? [], (place, i) => ({
      probability: held?.probabilities[2 * i + 1] ?? 0,
      is_second: place === 1,
      rows: ((weights?.[place] ?? 1) * labels.size) / used.length,
    })),
    shares: learnedClasses.map((label, place) => ({
      label,
      count: opinions.filter((one) => one.kind === 'class' && one.predicted === place).length,
    })),
    suggestions: opinions
      .map((one, i) => ({
        row: sample[i] as number,
        margin: one.kind === 'class' ? one.margin : null,
      }))
      .sort((a, b) => Math.abs(a.margin ?? 0) - Math.abs(b.margin ?? 0))
      .slice(0, SUGGESTED),
    warnings: learned.warnings,
    milliseconds: Math.round(performance.now() - start),
  };
  return { fit, learned, places, used, unread };
}

/** Texts of rows that a language model has to read before the model says something of them. */
export function textsOfRows(
  table: BoundedTable,
  { learned, places }: LearnedLabels,
  rows: readonly number[],
): readonly string[] {
  return textsToRead(learned, rows.map(cellsIn(table, places)));
}

/** What the model says of rows, with its reasons where they are wanted. */
export function opinionsOf(
  table: BoundedTable,
  { learned, places, used }: LearnedLabels,
  rows: readonly number[],
  explained: boolean,
): RowOpinion[] {
  const cells = rows.map(cellsIn(table, places));
  const opinions = predictRows(learned, cells);
  const reasons = explained ? explainRows(learned, cells, {}, opinions) : [];
  const known = new Set(used.map(({ row }) => row));
  return rows.map((row, i): RowOpinion => {
    const opinion = opinions[i];
    const common = { row, learned_from: known.has(row), reasons: reasons[i] ?? [] };
    if (opinion?.kind === 'class' && learned.kind === 'classifier') {
      const { predicted, probabilities, margin } = opinion;
      const label = learned.classes[predicted] ?? '';
      return { ...common, predicted: label, probabilities, margin, interval: null };
    }
    const { value, low, high } =
      opinion?.kind === 'value' ? opinion : { value: 0, low: null, high: null };
    const scale = learned.kind === 'regressor' ? learned.regressor.state.scale : 1;
    return {
      ...common,
      predicted: String(roundedQuantity(value, scale)),
      probabilities: [],
      margin: null,
      interval: low === null || high === null ? null : [low, high],
    };
  });
}

/** On the rows that were learned from: what the model leans on; nothing where there were none. */
export function importanceOf(
  table: BoundedTable,
  { learned, places, used }: LearnedLabels,
): readonly ColumnImportance[] {
  if (used.length === 0) return [];
  const cells = used.map(({ row }) => row).map(cellsIn(table, places));
  const labels = used.map(({ label }) => label);
  return permutationImportance(learned, cells, labels, { repeats: SHUFFLES }).filter(({ fall }) =>
    Number.isFinite(fall),
  );
}

function cellsIn({ rows }: BoundedTable, places: readonly number[]) {
  return (row: number) => places.map((place) => rows[row - 1]?.[place] ?? '');
}

/** Of what a language model expects; null where it was not asked about these classes. */
function weightOf(learned: LearnedTable, answers: AnsweredColumns): number | null {
  if (learned.kind !== 'classifier' || !askedBefore(answers, learned.classes)) return null;
  return learned.classifier.state.tabular?.model.expectations?.weight ?? 0;
}

/** Label of each labelled row, by row. */
function labelsOf(
  table: BoundedTable,
  { target, classes, given }: LearnRequest,
): Map<number, string> {
  const labelOf = rowLabel(table.columns, target, classes);
  const said = new Map(given);
  const labels = new Map<number, string>();
  for (const [i, row] of table.rows.entries()) {
    const label = labelOf(row, said.get(i + 1));
    if (label !== null) labels.set(i + 1, label);
  }
  return labels;
}

/** Cells of text that are read of so many rows: none where the job would not read those of all. */
function mostRead(looked: number, all: number): number {
  return Math.min(MOST_READ, Math.floor((MOST_CELLS_READ * looked) / all));
}

/** What stands in the target of rows without a label, such as NA, and how often. */
function wordsForNone(
  { columns, rows }: BoundedTable,
  target: string,
  labels: ReadonlyMap<number, string>,
): LabelWords {
  const place = columns.indexOf(target);
  const words: LabelWords = new Map();
  for (const [i, row] of rows.entries()) {
    if (!labels.has(i + 1)) noteLabelWord(words, row[place] ?? '');
  }
  return words;
}

/**
 * At most MOST_LABELLED rows at random, some of each class among them.
 * @param order of all rows, at random, which is the same whatever is labelled: what is read of one draw is of the next
 */
function drawn(
  labels: ReadonlyMap<number, string>,
  order: readonly number[],
): LearnedLabels['used'] {
  const shuffled = order.flatMap((row): [number, string][] => {
    const label = labels.get(row);
    return label === undefined ? [] : [[row, label]];
  });
  if (shuffled.length <= MOST_LABELLED) return shuffled.map(([row, label]) => ({ row, label }));
  const taken = new Map<string, number>();
  const ofEach = shuffled.filter(([, label]) => {
    const before = taken.get(label) ?? 0;
    taken.set(label, before + 1);
    return before < OF_EACH_CLASS;
  });
  return [...new Set([...ofEach, ...shuffled])]
    .slice(0, MOST_LABELLED)
    .map(([row, label]) => ({ row, label }));
}

/**
 * What the classes that were drawn have of all labels, in the order of the classes: a rare one is drawn more
 * often than it is met. null where all labels were drawn.
 */
function sharesOfAll(
  labels: ReadonlyMap<number, string>,
  used: LearnedLabels['used'],
): readonly number[] | null {
  if (used.length === 0 || used.length === labels.size) return null;
  const counts = new Map(used.map(({ label }) => [label.trim(), 0]));
  for (const label of labels.values()) {
    const before = counts.get(label.trim());
    if (before !== undefined) counts.set(label.trim(), before + 1);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts.keys()].sort(compareClasses).map((name) => (counts.get(name) ?? 0) / total);
}

function rule(threshold: LabellingThreshold): ThresholdRule {
  if (threshold.by !== 'cost') return { by: threshold.by };
  return { by: 'cost', falsePositive: threshold.false_alarm, falseNegative: threshold.miss };
}
