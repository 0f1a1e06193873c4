/**
 * Free text as what a language model makes of it: where its state h (see `textStates`) lies along the directions
 * in which the states of the table's texts differ most.
 *   u = (h − m)/‖h − m‖     m: mean of the texts' states
 *   meaning = u·A − c       c: mean of the texts' u·A
 */

import type { TextStates } from '../scoring/text-states.ts';

/** What was learned of the states of a column of text; data, to be kept with a model. */
export interface TextMeanings {
  /** Name of the language model. */
  readonly model: string;
  /** m */
  readonly mean: readonly number[];
  /** A: [width of a state, directions]. */
  readonly axes: readonly number[];
  /** c: [directions]. */
  readonly centre: readonly number[];
}

/**
 * [directions] of each cell; null of missing ones.
 * @param states that of the model by which the meanings were learned @throws Error without it
 */
export function readMeanings(
  meanings: TextMeanings,
  states: TextStates | null,
  cells: readonly string[],
  isMissing: (cell: string) => boolean,
): (Float64Array | null)[] {
  const written = cells.filter((cell) => !isMissing(cell));
  // Whoever loads a model sees to it.
  if (states === null) throw new Error(`text was read by ${meanings.model}, which is not there`);
  const read = states.read(written);
  let next = 0;
  return cells.map((cell) =>
    isMissing(cell) ? null : meaningOf(meanings, read[next++] as Float32Array),
  );
}

/** [directions] of a state. */
export function meaningOf(
  { mean, axes, centre }: TextMeanings,
  state: ArrayLike<number>,
): Float64Array {
  const along = alongAxes(unitOf(state, mean), axes, centre.length);
  return along.map((entry, t) => entry - (centre[t] as number));
}

/** u; 0 of the mean itself. */
export function unitOf(state: ArrayLike<number>, mean: readonly number[]): Float64Array {
  const apart = Float64Array.from(mean, (entry, j) => (state[j] as number) - entry);
  const length = Math.hypot(...apart) || 1;
  return apart.map((entry) => entry / length);
}

/** row·A: [directions]. @param axes [width of the row, directions] */
export function alongAxes(
  row: Float64Array,
  axes: ArrayLike<number>,
  directions: number,
): Float64Array {
  const along = new Float64Array(directions);
  for (const [j, entry] of row.entries()) {
    for (let t = 0; t < directions; t++) {
      along[t] = (along[t] as number) + entry * (axes[j * directions + t] as number);
    }
  }
  return along;
}
