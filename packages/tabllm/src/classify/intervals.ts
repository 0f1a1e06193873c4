/**
 * Intervals around predicted quantities, conformal: so wide that 90 % of the labelled rows lie inside when
 * they are predicted by models that have not seen them (Vovk et al. 2005; cross-conformal, Vovk 2015).
 * Rows are banded by what is predicted (Mondrian, Vovk et al. 2003): a dear house is missed by more than a
 * cheap one, and one width for all would be too wide for most and too narrow where it matters.
 */

/** A band of predictions and half of the 90 % interval there. */
export interface IntervalBand {
  /** The largest prediction of the band; null: there is no larger band. */
  readonly upTo: number | null;
  readonly halfWidth: number;
}

/** Of fewer rows an interval would say nothing. */
const FEWEST = 20;
/** Labelled rows of a band: with 50 the widest tenth is five. */
const ROWS_OF_BAND = 50;
const MOST_BANDS = 5;
const INTERVAL_LEVEL = 0.9;

/**
 * @param predicted values of labelled rows by models that have not seen them
 * @returns bands from small to large predictions; none with too few rows to tell
 */
export function fitIntervals(predicted: Float64Array, values: Float64Array): IntervalBand[] {
  const count = predicted.length;
  if (count < FEWEST) return [];
  const order = [...predicted.keys()].sort(
    (a, b) => (predicted[a] as number) - (predicted[b] as number),
  );
  const bands = Math.min(MOST_BANDS, Math.max(1, Math.floor(count / ROWS_OF_BAND)));
  return Array.from({ length: bands }, (_, band): IntervalBand => {
    const end = Math.round(((band + 1) * count) / bands);
    const rows = order.slice(Math.round((band * count) / bands), end);
    const errors = Float64Array.from(rows, (row) =>
      Math.abs((predicted[row] as number) - (values[row] as number)),
    );
    const upTo = band === bands - 1 ? null : (predicted[rows.at(-1) as number] as number);
    return { upTo, halfWidth: conformalWidth(errors) };
  });
}

/** Half of the interval around a prediction; null without bands. */
export function halfWidthAt(bands: readonly IntervalBand[], prediction: number): number | null {
  const band = bands.find(({ upTo }) => upTo === null || prediction <= upTo);
  return band?.halfWidth ?? null;
}

/** The ⌈0.9 (n+1)⌉-th smallest error. */
function conformalWidth(errors: Float64Array): number {
  const rank = Math.ceil(INTERVAL_LEVEL * (errors.length + 1));
  return errors.sort()[Math.min(rank, errors.length) - 1] as number;
}
