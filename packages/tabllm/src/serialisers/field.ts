/** A cell as it is to be said: a name for people and a value for people. */
export interface Field {
  readonly name: string;
  /** null: the cell is missing. */
  readonly value: string | null;
}

/** What becomes of a missing value: the field vanishes, says "unknown", or keeps a blank place. */
export type Missing = 'omit' | 'unknown' | 'blank';

/** A field whose value can be written out. */
export interface WrittenField {
  readonly name: string;
  readonly value: string;
}

/** Settles what is said where a value is missing. */
export function settleMissing(fields: readonly Field[], missing: Missing): WrittenField[] {
  return fields.flatMap(({ name, value }) => {
    if (value !== null) return [{ name, value }];
    if (missing === 'omit') return [];
    return [{ name, value: missing === 'unknown' ? 'unknown' : '' }];
  });
}
