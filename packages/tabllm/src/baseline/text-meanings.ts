/**
 * Free text as what a language model makes of it: where its state h (see `textStates`) lies along the directions
 * in which the states of the table's texts differ most.
 *   u = (h − m)/‖h − m‖     m: mean of the texts' states
 *   meaning = u·A − c       c: mean of the texts' u·A
 */

import { TabLlmError } from '../errors.ts';
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
 * @param states null: there is none @throws TabLlmError 'bad-config' where cells are to be read without
 */
export function readMeanings(
  meanings: TextMeanings,
  states: TextStates | null,
  cells: readonly string[],
  isMissing: (cell: string) => boolean,
): (Float64Array | null)[] {
  const written = cells.filter((cell) => !isMissing(cell));
  if (states === null && written.length > 0) throw needsReader(meanings.model);
  const read = states?.read(written) ?? [];
  let next = 0;
  return cells.map((cell) =>
    isMissing(cell) ? null : meaningOf(meanings, read[next++] as Float32Array),
  );
}

function needsReader(model: string): TabLlmError {
  return new TabLlmError('bad-config', {
    en: `This model reads text with the language model ${model}; give it.`,
    zh: `这个模型用语言模型 ${model} 阅读文本，请给出它。`,
  });
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
