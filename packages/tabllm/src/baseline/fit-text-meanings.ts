/** What is learned of a column of text from what a language model makes of all rows, labelled or not. */
import { shareOf } from './fit-text-topics.ts';
import { leadingDirections } from './leading-directions.ts';
import { alongAxes, type TextMeanings, unitOf } from './text-meanings.ts';

/** Chosen on the means over 14 tables of news, tweets, reviews and questions, 8 and 32 labels. */
const DIRECTIONS = { most: 32, ofAll: 96, fewest: 8 };
/** Mean square of a text's entries together; that of its topics is 1. */
const SQUARE = 2;
/** Fewer texts have no directions of their own. */
const FEWEST = 8;
/** Of lengths of 1: where nothing is left, all texts are the same to the model. */
const NOTHING_LEFT = 1e-8;
/** Digits that entries are kept with. */
const DIGITS = 1e5;

/**
 * null: the texts are too few, or all the same to the model.
 * @param model its name
 * @param states of all rows, but for missing cells
 * @param columns of text that the table has, which share what models can look at
 */
export function fitTextMeanings(
  model: string,
  states: readonly ArrayLike<number>[],
  columns = 1,
): TextMeanings | null {
  const [first] = states;
  if (first === undefined || states.length < FEWEST) return null;
  const width = first.length;
  const directions = Math.min(shareOf(DIRECTIONS, columns), width, states.length - 1);
  const mean = meanOf(states, width);
  const units = states.map((state) => unitOf(state, mean));
  const middle = meanOf(units, width);
  const rows = units.map((unit) => unit.map((entry, j) => entry - (middle[j] as number)));
  const axes = leadingDirections(
    (basis, count) => timesGram(rows, basis, count),
    width,
    directions,
  );
  const squares = rows.reduce((sum, row) => sum + squareOf(alongAxes(row, axes, directions)), 0);
  const spread = Math.sqrt(squares / rows.length / SQUARE);
  if (spread < NOTHING_LEFT) return null;
  const scaled = axes.map((entry) => entry / spread);
  const centre = alongAxes(Float64Array.from(middle), scaled, directions);
  return {
    model,
    mean: mean.map(rounded),
    axes: [...scaled].map(rounded),
    centre: [...centre].map(rounded),
  };
}

function rounded(entry: number): number {
  return Math.round(DIGITS * entry) / DIGITS;
}

function meanOf(rows: readonly ArrayLike<number>[], width: number): number[] {
  const sum = new Float64Array(width);
  for (const row of rows) {
    for (let j = 0; j < width; j++) sum[j] = (sum[j] as number) + (row[j] as number);
  }
  return Array.from(sum, (entry) => entry / rows.length);
}

function squareOf(row: Float64Array): number {
  return row.reduce((sum, entry) => sum + entry ** 2, 0);
}

/** XᵀX·basis, X the rows: [width of a row, count]. */
function timesGram(
  rows: readonly Float64Array[],
  basis: Float64Array,
  count: number,
): Float64Array {
  const product = new Float64Array(basis.length);
  for (const row of rows) {
    const along = alongAxes(row, basis, count);
    for (const [j, entry] of row.entries()) {
      for (let t = 0; t < count; t++) {
        const at = j * count + t;
        product[at] = (product[at] as number) + entry * (along[t] as number);
      }
    }
  }
  return product;
}
