/** Which charts fit rows of an answer, by the kinds of their columns; the first is the natural one. */
import { type ColumnKind, columnKinds, type Rows } from './cells.ts';

export const CHART_KINDS = ['bar', 'line', 'scatter', 'histogram'] as const;

export type ChartKind = (typeof CHART_KINDS)[number];

export interface ChartChoice {
  readonly kind: ChartKind;
  /** Column along the horizontal axis, or of the labels. */
  readonly x: number;
  /** Column of the amounts; null where rows are counted (histogram). */
  readonly y: number | null;
}

/** More bars than these are not drawn. */
export const MOST_BARS = 30;
const FEW_LABELS = 200;
const ENOUGH_FOR_HISTOGRAM = 8;
const YEAR = /(^|_)year$|Year$/i;

/** What the axes of a chart may be. */
export interface ChartAxes {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** The columns that can go on the axes of a chart of that kind; empty lists where none fits. */
export function chartAxes(kind: ChartKind, columns: readonly string[], rows: Rows): ChartAxes {
  const kinds = columnKinds(columns, rows);
  const all = columns.map((_, index) => index);
  const of = (...wanted: readonly ColumnKind[]) =>
    all.filter((index) => wanted.includes(kinds[index] ?? 'text'));
  const amounts = of('number');
  const years = of('code').filter((index) => YEAR.test(columns[index] ?? ''));
  switch (kind) {
    case 'bar':
      return {
        x: [
          ...of('text'),
          ...of('date'),
          ...years,
          ...of('code').filter((i) => !years.includes(i)),
        ],
        y: amounts,
      };
    case 'line':
      return { x: [...of('date'), ...years], y: amounts };
    case 'scatter':
      return { x: amounts, y: amounts };
    case 'histogram':
      return { x: amounts, y: [] };
  }
}

/** The charts that rows can be drawn as, the most natural first; none for a single row. */
export function chartChoices(columns: readonly string[], rows: Rows): readonly ChartChoice[] {
  if (rows.length < 2) return [];
  const choices = CHART_KINDS.flatMap((kind) => choiceOf(kind, columns, rows) ?? []);
  return choices.sort((a, b) => fit(b, rows) - fit(a, rows));
}

function choiceOf(kind: ChartKind, columns: readonly string[], rows: Rows): ChartChoice | null {
  const { x: xs, y: ys } = chartAxes(kind, columns, rows);
  const [x] = xs;
  if (x === undefined) return null;
  if (kind === 'histogram') return rows.length < ENOUGH_FOR_HISTOGRAM ? null : { kind, x, y: null };
  const y = ys.find((column) => column !== x);
  if (y === undefined || (kind === 'line' && rows.length < 3)) return null;
  return { kind, x, y };
}

/** How natural a chart is: lines for dates in time, bars for labels that differ, else points. */
function fit({ kind, x }: ChartChoice, rows: Rows): number {
  const distinct = new Set(rows.map((row) => String(row[x]))).size === rows.length;
  if (kind === 'line') return distinct ? 4 : 1;
  if (kind === 'bar') return distinct && rows.length <= FEW_LABELS ? 3 : 0.5;
  return kind === 'scatter' ? 2 : 1.5;
}
