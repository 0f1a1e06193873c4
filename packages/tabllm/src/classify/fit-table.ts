/** From rows in memory to a model: classes where the target has a few values, a quantity where it has many numbers. */
import { seededRandom, type Translated } from '@quaestor/peft';
import { TabLlmError } from '../errors.ts';
import type { ThresholdRule } from '../metrics/threshold.ts';
import { emptyWithoutLabel, filledWithLabel, withoutColumns } from '../schema/filled-with-label.ts';
import { type InferOptions, inferSchema } from '../schema/infer.ts';
import { SeenRows, tellingColumns } from '../schema/leak.ts';
import { unlabelledTest } from '../schema/missing.ts';
import { readNumber } from '../schema/number-format.ts';
import type { RowIdentity } from '../schema/row-identity.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import { countUnread, unreadWarnings } from '../schema/unread-cells.ts';
import { expectLabelled, expectSettings, expectText } from './check-rows.ts';
import { type Classes, type ClassHints, classesOf } from './classes.ts';
import type { ColumnExpert } from './column-expert.ts';
import { canAskColumns } from './column-questions.ts';
import { allColumns, learnedColumns } from './columns-apart.ts';
import { fittingClassifier } from './fit-classifier.ts';
import { freshRows, type PredictedRows } from './fresh-rows.ts';
import { withRests } from './in-parts.ts';
import { asSentence, type LabelWords, noteLabelWord, toldLabelWords } from './label-words.ts';
import type { LanguageScorer } from './language-scorer.ts';
import type { LabelledRows, LearnedRegressor, LearnedTable } from './learned-table.ts';
import { canDecide } from './out-of-fold.ts';
import { fittingRegressor } from './regressor.ts';
import { rowGroups } from './row-groups.ts';
import {
  alikeClasses,
  mostlyCopies,
  rareClasses,
  tellingColumn,
  unusedColumns,
} from './table-warnings.ts';
import { datesAsLabels, hiddenQuantity, likeQuantity, quantityFormat } from './target-numbers.ts';

export interface ModelOptions extends InferOptions {
  /** Default 'auto': a quantity where all labels are numbers, and many or with decimals. */
  readonly task?: 'auto' | 'classes' | 'quantity';
  /** The classes, where there are no labelled rows to read them from. */
  readonly classes?: readonly string[];
  readonly trees?: number;
  readonly seed?: number;
  /** Column whose rows of one value, such as those of a customer, are held out together; default: one that tells them is looked for. */
  readonly group?: string;
  /** Columns that are not learned from, and may tell all the same which rows belong together; default: none. */
  readonly without?: readonly string[];
  /** Class shares of the rows to be predicted, or `estimate` from the unlabelled ones; default: those of the labelled rows. */
  readonly prior?: readonly number[] | 'estimate';
  /** Where to say class 1; two classes. Default: the likelier one. */
  readonly threshold?: ThresholdRule;
  /** Weight of the language model where labels are too few to decide on one; default 0. */
  readonly languageWeight?: number;
  /** Stops the learning between two of its models. */
  readonly signal?: AbortSignal;
  /** Opens a language model that is asked about columns; called only if it may be of use. null: there is none after all. */
  readonly expert?: (learned: AskedTable) => Promise<ColumnExpert | null>;
  /** Opens one that reads every row, in the same way; beside an expert, where there is nothing but free text. */
  readonly language?: (
    learned: AskedTable & {
      /** What a saved model was kept with, see `SaveOptions.asked`; null while learning. */
      readonly asked: Readonly<Record<string, string>> | null;
    },
  ) => Promise<LanguageScorer | null>;
}

/** What a language model is asked about. */
export interface AskedTable {
  readonly schema: TableSchema;
  readonly target: string;
  readonly classes: readonly string[];
  readonly labelled: number;
}

export interface FitTableOptions extends ModelOptions {
  /** Columns of the rows, without the target. */
  readonly columns: readonly string[];
  readonly target: string;
  readonly rows: readonly (readonly string[])[];
  /** Label cell of each row; a missing one leaves the row unlabelled, unless `classes` names it. */
  readonly labels: readonly string[];
  readonly unlabelled?: readonly (readonly string[])[];
  /** Of another table that is to be predicted, which may write its numbers in another way. */
  readonly predicted?: PredictedRows;
  /** Words for a missing label, such as NA, in the target of the rows without one, and how often. */
  readonly labelWords?: ReadonlyMap<string, number>;
  /** What each of the rows is called in warnings: its number in the table. */
  readonly rowNumbers?: readonly number[];
}

const STOPPED: Translated = {
  en: 'Learning was stopped: this run has predicted nothing yet.',
  zh: '已停止学习：本次运行尚未预测任何行。',
};
/** Beside more labelled rows what a language model expects no longer counts. */
export const EXPECTED_UNTIL = 2000;
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
  const { columns, target, missing, kinds, seed = 0, trees = 100, task = 'auto' } = options;
  const isMissing = unlabelledTest(options.classes, missing);
  const only = onlyClass(options, isMissing);
  const words: LabelWords = new Map(options.labelWords);
  for (const label of options.labels) if (isMissing(label)) noteLabelWord(words, label);
  const known = options.labels.map((label) => only === null && !isMissing(label));
  const rows = options.rows.filter((_, i) => known[i]);
  const labels = options.labels.filter((_, i) => known[i]).map((label) => label.trim());
  const beside = [...(options.unlabelled ?? []), ...options.rows.filter((_, i) => !known[i])];
  const predicted = options.predicted ?? { rows: [], labelled: [] };
  const unlabelled = [...beside, ...predicted.rows];
  const all = [...rows, ...unlabelled];
  const apart = options.predicted !== undefined && rows.length > 0;
  const inferred = inferSchema(columns, all, {
    ...(missing && { missing }),
    ...(kinds && { kinds }),
    ...(apart && { deciding: rows.length, tableEnd: rows.length + beside.length }),
  });
  const met = freshRows(inferred, predicted, [...rows, ...beside]);
  const fresh = [...beside, ...met.fresh];
  const late = filledWithLabel(inferred, rows, [...beside, ...met.others]);
  const schema = withoutColumns(inferred, late);
  const warnings: Translated[] = [
    ...late.map((place) => emptyWithoutLabel(columns[place] as string, target)),
    ...tellingColumns(schema, rows, labels).map((name) => tellingColumn(name, target)),
  ];
  const rowNumbers = options.rowNumbers?.filter((_, i) => known[i]);
  const ofColumns = () => [
    // Of another table they are told when it is predicted.
    ...unreadWarnings(schema, countUnread(schema, apart ? rows : all), {
      rows: apart ? rows.length : all.length,
      share: 0,
      numberOfRow: (row) => rowNumbers?.[row] ?? null,
    }),
    ...unusedColumns(schema, all),
  ];
  if (only !== null) {
    warnings.push({
      en: `column ${target} has the label ${only} only, which nothing can be learned from; it is as if there were none`,
      zh: `列“${target}”只有标签“${only}”，无法从中学习，按没有标签处理`,
    });
  }
  const learned = {
    schema,
    target,
    labelled: rows.length,
    seed,
    fromItself: false,
    examples: someOf({ rows, labels }, seed),
    warnings,
  };
  const rests = { signal: options.signal, stopped: STOPPED };
  const numbered = { target, labels, rowNumbers };
  const format = task === 'classes' ? null : quantityFormat(numbered, task);
  const { groups, warnings: ofGroups } = rowGroups({
    ...(options === given ? { schema, rows, unlabelled: fresh } : allColumns(given, known)),
    ...{ target, labels, group: options.group },
  });
  warnings.push(...ofGroups);
  const wordsTold = toldLabelWords(
    words,
    target,
    format ? null : [...(options.classes ?? []), ...labels],
  );
  if (wordsTold) warnings.push(wordsTold);
  if (format) {
    const values = Float64Array.from(labels, (label) => readNumber(label, format) as number);
    const fitting = fittingRegressor({
      ...{ schema, rows, values, groups, unlabelled, fresh, trees, seed },
    });
    const regressor = await withRests(fitting, rests);
    const seen = seenRows(schema, { rows, labels }, 'read');
    warnings.push(...ofColumns(), ...mostlyCopies(regressor.copies, rows.length));
    const { copies } = regressor;
    return { ...learned, seen, copies, kind: 'regressor', format, regressor };
  }
  const { names: classes, labels: places } = classesFor(target, labels, options.classes, {
    few: wordsTold && asSentence(wordsTold),
    many: datesAsLabels(labels) ?? (task === 'classes' ? null : hiddenQuantity(numbered)),
  });
  checkPrior(options.prior, classes);
  warnings.push(...alikeClasses(classes), ...(task === 'auto' ? likeQuantity(numbered) : []));
  const asksColumns = options.expert !== undefined && canAskColumns(schema, classes.length);
  const useful =
    !asksColumns &&
    (rows.length === 0 || canDecide(places, classes.length) || (options.languageWeight ?? 0) > 0);
  const language = useful
    ? await options.language?.({ schema, target, classes, labelled: rows.length, asked: null })
    : undefined;
  const expert =
    asksColumns && rows.length <= EXPECTED_UNTIL
      ? await options.expert?.({ schema, target, classes, labelled: rows.length })
      : undefined;
  const fitting = fittingClassifier({
    schema,
    rows,
    labels: places,
    classes: classes.length,
    groups,
    unlabelled,
    fresh,
    trees,
    seed,
    ...(language && { language }),
    ...(expert && { expert }),
    ...(options.languageWeight !== undefined && { languageWeight: options.languageWeight }),
    ...(options.prior && { prior: options.prior }),
    ...(options.threshold && { threshold: options.threshold }),
  });
  const classifier = await withRests(fitting, rests);
  // A language model reads cells as they stand.
  if (!classifier.asksLanguage) warnings.push(...ofColumns());
  const { leftOut, copies, counts } = classifier;
  if (rows.length > 0) warnings.push(...rareClasses(classes, counts));
  if (options.threshold && classifier.state.threshold === null) warnings.push(noThreshold());
  warnings.push(...mostlyCopies(copies, rows.length - leftOut));
  if (leftOut > 0) {
    warnings.push({
      en: `${leftOut} of ${rows.length} labelled rows repeat others, far more than rows without labels do; these copies are left out`,
      zh: `${rows.length} 个有标签的行中，有 ${leftOut} 行与其他行重复，远多于没有标签的行之间的重复；这些重复行不参与学习`,
    });
  }
  const identity = classifier.asksLanguage ? 'read-with-text' : 'read';
  const seen = seenRows(schema, { rows, labels }, identity);
  const repeated = { copies: copies + leftOut };
  return { ...learned, ...repeated, seen, kind: 'classifier', classes, counts, classifier };
}

/** Said where labels are too few to choose a threshold by. */
function noThreshold(): Translated {
  return {
    en: 'too few labelled rows of each class to choose a threshold by; the likelier class is said. One by costs (cost:1:5) needs none',
    zh: '各类别带标签的行太少，无法选择阈值，按可能性较大的类别判断。按代价设定的阈值（cost:1:5）不需要带标签的行',
  };
}

function seenRows(
  schema: TableSchema,
  { rows, labels }: LabelledRows,
  identity: RowIdentity,
): SeenRows {
  const seen = new SeenRows(schema, identity);
  for (const [i, row] of rows.entries()) seen.add(row, labels[i] as string);
  return seen;
}

/** A label cell of a quantity as its number; null where it is none. */
export function readQuantity({ format }: LearnedRegressor, label: string): number | null {
  return readNumber(label.trim(), format);
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

function classesFor(
  target: string,
  labels: readonly string[],
  given: readonly string[] | undefined,
  hints: ClassHints,
): Classes {
  if (given === undefined || given.length === 0) return classesOf(target, labels, hints);
  if (labels.length > 0) return inOrderOf(given, classesOf(target, labels, hints));
  const { names } = classesOf(target, given);
  // Without rows to count, the order given is as good as any.
  return { names: given.length === names.length ? given : names, labels: new Int32Array() };
}

/**
 * The classes that rows are of: those that were given in their order, then others.
 * @throws TabLlmError 'bad-config' where no label is any of those given
 */
function inOrderOf(given: readonly string[], { names, labels }: Classes): Classes {
  const wanted = [...new Set(given.map((name) => name.trim()))];
  const known = wanted.filter((name) => names.includes(name));
  if (known.length === 0) {
    const shown = names.slice(0, 10);
    throw new TabLlmError('bad-config', {
      en: `The labels ${shown.join(', ')} are none of the classes given: ${wanted.join(', ')}. Give the labels as classes, or no classes.`,
      zh: `标签${shown.join('、')}都不在给出的类别中：${wanted.join('、')}。请以这些标签作为类别，或不指定类别。`,
    });
  }
  const ordered = [...known, ...names.filter((name) => !known.includes(name))];
  const places = names.map((name) => ordered.indexOf(name));
  return { names: ordered, labels: labels.map((label) => places[label] as number) };
}

/** @throws TabLlmError 'bad-config' for shares that are not those of these classes */
export function checkPrior(prior: ModelOptions['prior'], classes: readonly string[]): void {
  if (prior === undefined || prior === 'estimate') return;
  const total = prior.reduce((sum, share) => sum + share, 0);
  if (prior.length === classes.length && prior.every((share) => share > 0)) {
    if (Math.abs(total - 1) < 1e-6) return;
  }
  throw new TabLlmError('bad-config', {
    en: `The class shares must be ${classes.length} numbers above 0 that sum to 1, in the order ${classes.join(', ')}; got ${prior.join(', ')}.`,
    zh: `各类别的占比应为 ${classes.length} 个大于 0、总和为 1 的数，顺序为 ${classes.join('、')}，实际为 ${prior.join('、')}。`,
  });
}
