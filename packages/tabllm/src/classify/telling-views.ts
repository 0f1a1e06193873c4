/**
 * Whether a view of a column tells the target, by lines through the labelled rows, with it and without, and what they
 * say of rows that they have not seen. What a language model makes of free text counts beside other columns only if
 * it is shown to help, since names and numbers say nothing and cost some; in a table of nothing but text it counts
 * unless it is shown to harm. A part of the calendar or a ratio of two columns counts if it is shown to help by more
 * than the best of so many does by chance; the days between two dates count unless they are shown to harm, and the
 * differences of two sides always.
 */
import { type AmountRatio, amountRatios } from '../baseline/amount-ratios.ts';
import { besideOf, type EncodedColumn, encoderOf, viewOf, widthOf } from '../baseline/encoder.ts';
import { joinColumns, type Matrix } from '../baseline/matrix.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import type { TextStates } from '../scoring/text-states.ts';
import { type HeldOutLine, judgedRows } from './held-out-line.ts';
import { likelyRatios } from './likely-ratios.ts';

/** Labelled rows, and how well lines do on those that they have not seen. */
export interface ViewsTold {
  readonly schema: TableSchema;
  /** Cells in the schema's order. */
  readonly rows: readonly (readonly string[])[];
  readonly states: TextStates | null;
  /** Of the columns of `judgedRows`; null: there are too few to tell. */
  readonly lineOf: (x: Matrix) => HeldOutLine | null;
  /** What is learned of a ratio. */
  readonly fitRatio: (ratio: AmountRatio) => readonly EncodedColumn[];
}

/**
 * In nats: of text chosen on 14 tables of text and one whose text is names drawn at random, of dates on 16 tables that
 * they tell something of and 9 that they do not, with 8 to 128 labels.
 */
const UNLESS_HARM = -1;
const IF_HELP = 0;

const MEANINGS = 'meanings';

/** The same columns without the views that do not tell, and the ratios that do. */
export function tellingViews(
  encoding: readonly EncodedColumn[],
  told: ViewsTold,
): readonly EncodedColumn[] {
  const { schema, states, lineOf } = told;
  const rows = judgedRows(told.rows.length).map((row) => told.rows[row] as readonly string[]);
  const ratios = amountRatios(schema, rows);
  const views = doubtfulIn(encoding);
  if (views.length === 0 && ratios.length === 0) return encoding;
  const own = encoderOf(schema, encoding, states).encode(rows);
  const without = lineOf(withoutViews(own, encoding, null));
  const likely = without === null ? [] : likelyRatios(ratios, without);
  const fitted = likely.flatMap(told.fitRatio);
  const every = [...encoding, ...fitted];
  const x = joinColumns(own, encoderOf(schema, fitted).encode(rows));
  const textAlone = encoding.every(({ kind }) => kind === 'text');
  const among = { textAlone, views: views.length, ratios: ratios.length };
  const kept = new Set(
    doubtfulIn(every).filter((view) => {
      const least = leastGain(view, every, among);
      const line = without === null ? null : lineOf(withoutViews(x, every, view));
      return without === null || line === null ? least < 0 : without.loss - line.loss > least;
    }),
  );
  return every.flatMap((encoded): EncodedColumn[] => {
    const view = doubtful(encoded);
    if (view === null || kept.has(view)) return [encoded];
    return encoded.kind === 'text' ? [{ ...encoded, meanings: null }] : [];
  });
}

function doubtfulIn(encoding: readonly EncodedColumn[]): string[] {
  return [...new Set(encoding.map(doubtful))].filter((view) => view !== null);
}

/** What counts, or does not, as one; null: it counts anyway. */
function doubtful(encoded: EncodedColumn): string | null {
  if (encoded.kind === 'text') return encoded.meanings === null ? null : MEANINGS;
  const beside = besideOf(encoded);
  const isDoubtful = encoded.kind === 'calendar' || (beside !== null && beside.as !== 'less');
  return isDoubtful ? viewOf(encoded) : null;
}

/** Nats that a line must gain by a view; below 0: it counts where there are too few rows to tell, too. */
function leastGain(
  view: string,
  encoding: readonly EncodedColumn[],
  among: { readonly textAlone: boolean; readonly views: number; readonly ratios: number },
): number {
  if (view === MEANINGS) return among.textAlone ? UNLESS_HARM : IF_HELP;
  const one = encoding.find((encoded) => viewOf(encoded) === view);
  if (one?.kind === 'calendar') return Math.log(among.views);
  return one && besideOf(one)?.as === 'per' ? Math.log(among.ratios) : UNLESS_HARM;
}

/** A copy in which the entries of doubtful views but one are 0. */
function withoutViews(x: Matrix, encoding: readonly EncodedColumn[], kept: string | null): Matrix {
  const values = x.values.slice();
  let end = 0;
  for (const encoded of encoding) {
    const width = widthOf(encoded);
    end += width;
    const view = doubtful(encoded);
    if (view === null || view === kept) continue;
    const own = encoded.kind === 'text' ? (encoded.meanings?.centre.length ?? 0) : width;
    for (let row = 0; row < x.rows; row++) {
      values.fill(0, row * x.columns + end - own, row * x.columns + end);
    }
  }
  return { rows: x.rows, columns: x.columns, values };
}
