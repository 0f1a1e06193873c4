/** A model card (Mitchell et al. 2019) as Markdown: what the model is for, made from, and how good. */

import type { CalendarPart } from '../baseline/calendar.ts';
import { besideOf, partOf, readsMeanings } from '../baseline/encoder.ts';
import { NEVER_SAID } from '../metrics/decided-classes.ts';
import { featureColumns } from '../schema/feature-columns.ts';
import { MISSING } from '../schema/missing.ts';
import type { TableClassifier } from './classifier.ts';
import { columnsRead, encodedColumns, encodingOf } from './columns-read.ts';
import type { TableReport } from './evaluate-rows.ts';
import type { Importance } from './importance.ts';
import type { IntervalBand } from './intervals.ts';
import type { LearnedTable } from './learned-table.ts';
import { DECIDED_FROM } from './out-of-fold.ts';
import { roundedQuantity } from './rounded-quantity.ts';

export interface CardParts {
  /** Of the labelled rows, each by models that have not seen it. */
  readonly held: TableReport | null;
  /** Of other labelled rows. */
  readonly tested?: TableReport | null;
  readonly importance?: readonly Importance[];
  readonly date: string;
}

const NAMES: Readonly<Record<string, string>> = {
  auc: 'AUC',
  prAuc: 'PR-AUC',
  logLoss: 'log-loss',
  brier: 'Brier score',
  ece: 'calibration error',
  accuracy: 'accuracy',
  balancedAccuracy: 'balanced accuracy',
  macroF1: 'macro F1',
  matthews: 'Matthews correlation',
  rmse: 'RMSE',
  mae: 'mean absolute error',
  r2: 'R²',
};

export function modelCard(learned: LearnedTable, parts: CardParts): string {
  return [
    `# ${escaped(learned.target)}`,
    '',
    ...summary(learned, parts.date),
    '',
    '## How good it is',
    '',
    ...quality('Labelled rows, each predicted by models that have not seen it', parts.held),
    ...(parts.tested ? quality('Other labelled rows', parts.tested) : []),
    ...language(learned),
    ...columns(learned),
    ...importance(parts.importance ?? [], featureColumns(learned.schema).length),
    '## Mind',
    '',
    ...wordsKept(learned),
    '- It repeats what its labelled rows show, their mistakes and unfairness included.',
    '- Rows unlike them (other places, other times) may be predicted badly without a sign of it.',
    ...learned.warnings.map(({ en }) => `- Warning: ${sentence(escaped(en))}`),
    '',
  ].join('\n');
}

/** A saved model is a place where private words may lie. */
function wordsKept(learned: LearnedTable): string[] {
  const encoded = encodedColumns(learned);
  const texts = learned.schema.columns.filter(
    ({ kind }, index) => kind === 'text' && encoded.has(index),
  );
  if (texts.length === 0) return [];
  const names = texts.map(({ name }) => escaped(name)).join(', ');
  const reads = readsMeanings(encodingOf(learned));
  return [
    `- It holds the words that two rows or more have in ${names}.`,
    ...(reads
      ? ['- A language model reads them, some dozens of rows a second, and is needed to predict.']
      : []),
  ];
}

/** @param text of a file, its beginning at least */
export function isModelCard(text: string): boolean {
  return /^# .*\n\nMade on \d{4}-\d\d-\d\d from \d+ labelled rows/.test(text);
}

/** The members of a mean, with their weights. */
function weightsOf(
  members: readonly { readonly weight: number; readonly model: { readonly kind: string } }[],
): string {
  return members
    .map(({ weight, model }) => `${model.kind.replaceAll('-', ' ')} ${weight.toFixed(2)}`)
    .join(', ');
}

function summary(learned: LearnedTable, date: string): string[] {
  const facts = [`Made on ${date} from ${learned.labelled} labelled rows, seed ${learned.seed}.`];
  if (learned.kind === 'regressor') {
    const { members, intervals, sign, scale } = learned.regressor.state;
    facts.push(`Predicts a quantity. Weights: ${weightsOf(members)}.`);
    if (sign !== null) {
      const side = sign > 0 ? 'below' : 'above';
      facts.push(`No prediction is ${side} 0, as no label is.`);
    }
    if (intervals.length > 0) facts.push(`90 % interval: ${widths(intervals, scale)}, conformal.`);
    return facts;
  }
  const { state } = learned.classifier;
  const counts = learned.classes.map((name, k) => `${escaped(name)} (${learned.counts[k]})`);
  facts.push(`Classes, with their labelled rows: ${counts.join(', ')}.`);
  const { members = [], expectations = null } = state.tabular?.model ?? {};
  facts.push(
    members.length > 0 ? `Weights: ${weightsOf(members)}.` : 'The language model decides alone.',
  );
  if (expectations !== null) {
    facts.push(
      `What the language model expects of the columns counts with weight ${expectations.weight.toFixed(2)}.`,
    );
  }
  facts.push(`Calibration: ${calibrationOf(learned.classifier)}.`);
  if (state.priors) {
    const shares = state.priors.met.map((share) => share.toFixed(3)).join(', ');
    facts.push(`Probabilities are corrected to the class shares ${shares}.`);
  }
  if (state.threshold !== null) {
    const second = escaped(learned.classes[1] as string);
    facts.push(
      state.threshold >= NEVER_SAID
        ? `${second} is never said: by the labelled rows no threshold is better.`
        : `${second} is said from a probability of ${state.threshold.toFixed(3)} on.`,
    );
  }
  return facts;
}

function calibrationOf({ held, state }: TableClassifier): string {
  const { kind } = state.calibration;
  if (kind === 'none') return 'none; probabilities are most often too sure';
  return held === null
    ? `by what is usual of so few labels; ${DECIDED_FROM} of each class tell more`
    : kind;
}

function quality(title: string, report: TableReport | null): string[] {
  if (report === null) return [`${title}: too few to tell.`, ''];
  const baseline = report.kind === 'classes' ? 'class shares alone' : 'mean alone';
  const figures: Record<string, { value: number; low: number; high: number }> = report.figures;
  const alone: Record<string, number> =
    report.kind === 'classes' ? report.priorOnly : report.meanOnly;
  return [
    `${title} (${report.rows}):`,
    '',
    `| figure | value | 95 % interval | ${baseline} |`,
    '| --- | --- | --- | --- |',
    ...Object.entries(figures).map(
      ([name, { value, low, high }]) =>
        `| ${NAMES[name] ?? name} | ${number(value)} | ${number(low)} – ${number(high)} | ${number(alone[name] as number)} |`,
    ),
    '',
  ];
}

function language(learned: LearnedTable): string[] {
  if (learned.kind === 'regressor') return [];
  const { evidence } = learned.classifier;
  if (evidence === null) return [];
  const { weight, rows, tabular, combined } = evidence;
  return [
    '## Does the language model help here?',
    '',
    `${helps(weight, combined - tabular)}: on ${rows} labelled rows the AUC is ${number(tabular)} without it and ${number(combined)} with it.`,
    '',
  ];
}

function helps(weight: number, gain: number): string {
  if (weight === 0) return 'No, it is not heard';
  return `${gain > 0 ? 'Yes' : 'Hardly'}, with weight ${Number(weight.toFixed(2))}`;
}

function columns(learned: LearnedTable): string[] {
  const { schema } = learned;
  const encoded = encodedColumns(learned);
  const read = encoded.size > 0 ? encoded : columnsRead(learned);
  const used = featureColumns(schema).filter(({ index }) => read.has(index));
  const unused = schema.columns.filter((_, index) => !read.has(index));
  const tokens = schema.missing.length === MISSING.length ? [] : schema.missing;
  return [
    '## Columns',
    '',
    `Used: ${used.map(({ column }) => `${escaped(column.name)} (${column.kind})`).join(', ') || 'none'}.`,
    ...(unused.length === 0
      ? []
      : [
          `Not used by the tabular models: ${unused.map(({ name, role, kind }) => `${escaped(name)} (${role === 'feature' ? kind : role})`).join(', ')}.`,
        ]),
    ...datesRead(learned),
    ...numbersRead(learned),
    ...(tokens.length === 0
      ? []
      : [`Missing is written as ${tokens.map((token) => `\`${token}\``).join(', ')}.`]),
    '',
  ];
}

const OF_CALENDAR: Readonly<Record<CalendarPart, string>> = {
  year: 'the time of the year',
  month: 'the time of the month',
  week: 'the day of the week',
  day: 'the time of the day',
};

/** What is read of dates beside how late they are. */
function datesRead(learned: LearnedTable): string[] {
  const nameOf = namesIn(learned);
  const read = encodingOf(learned).flatMap((encoded): string[] => {
    const [part, beside] = [partOf(encoded), besideOf(encoded)];
    if (part !== null) return [`${OF_CALENDAR[part]} of ${nameOf(encoded.index)}`];
    if (beside?.as !== 'since') return [];
    return [`the days from ${nameOf(beside.index)} to ${nameOf(encoded.index)}`];
  });
  return read.length === 0 ? [] : [`Of dates it reads ${[...new Set(read)].join(', ')}, too.`];
}

/** What is read of two numbers beside what each says. */
function numbersRead(learned: LearnedTable): string[] {
  const nameOf = namesIn(learned);
  const read = encodingOf(learned).flatMap((encoded): string[] => {
    const beside = besideOf(encoded);
    if (beside === null || beside.as === 'since') return [];
    return [`${nameOf(encoded.index)} ${beside.as} ${nameOf(beside.index)}`];
  });
  return read.length === 0 ? [] : [`Of numbers it reads ${[...new Set(read)].join(', ')}, too.`];
}

function namesIn({ schema }: LearnedTable): (index: number) => string {
  return (index) => escaped(schema.columns[index]?.name ?? '');
}

function importance(list: readonly Importance[], columns: number): string[] {
  if (list.length === 0) return [];
  const most =
    list.length < columns
      ? `, of the ${list.length} of ${columns} columns that the models weight most`
      : '';
  return [
    '## What it leans on',
    '',
    `Fall of the AUC, or of R² for a quantity, when a column is shuffled${most}:`,
    '',
    '| column | fall | sd |',
    '| --- | --- | --- |',
    ...list.map(
      ({ column, fall, sd }) => `| ${escaped(column)} | ${number(fall)} | ${number(sd)} |`,
    ),
    '',
  ];
}

function number(value: number): string {
  return Number.isFinite(value) ? Number(value.toFixed(4)).toString() : '–';
}

function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

/** Names come from a file: they may not make lines, tables or markup. */
function escaped(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]<>|#]/g, '\\$&');
}

/** ± 3.2; or ± 3.2 up to 10, ± 5 up to 40, ± 12 above; or − 2.5 + 3.8 up to 10 … */
function widths(intervals: readonly IntervalBand[], scale: number): string {
  const short = (value: number) => Number(value.toPrecision(3));
  const bands = intervals.map(({ upTo, below, above }, band) => {
    const reach = below === above ? `± ${short(above)}` : `− ${short(below)} + ${short(above)}`;
    const last = band > 0 ? ' above' : '';
    return `${reach}${upTo === null ? last : ` where up to ${roundedQuantity(upTo, scale, 3)} is predicted`}`;
  });
  return bands.join(', ');
}
