/** A class against all others, for models that tell two sides apart. */
export interface ClassSide {
  readonly label: number;
  /** 1 for rows of the class, −1 for others. */
  readonly signs: Int8Array;
}

/** One for each class; of two classes the second alone, for the first is its opposite. */
export function oneAgainstOthers(labels: Int32Array, classes: number): ClassSide[] {
  const told = classes === 2 ? [1] : Array.from({ length: classes }, (_, k) => k);
  return told.map((label) => ({
    label,
    signs: Int8Array.from(labels, (own) => (own === label ? 1 : -1)),
  }));
}
