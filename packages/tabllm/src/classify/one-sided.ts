/** Quantities of which no label is negative, or none positive: what is predicted of them is not, either. */

/** 1: never negative; −1: never positive; null: either may be. */
export type Sign = 1 | -1 | null;

export function signOf(values: Float64Array): Sign {
  if (values.every((value) => value >= 0)) return 1;
  return values.every((value) => value <= 0) ? -1 : null;
}

/** The nearest value of that sign. */
export function onSide(value: number, sign: Sign): number {
  if (sign === null) return value;
  return sign > 0 ? Math.max(0, value) : Math.min(0, value);
}
