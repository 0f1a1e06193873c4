import { unlabelledTest } from '@quaestor/tabllm';

/** The label of a row, by its cells and the label that it was given; null: it has none. */
export type RowLabel = (cells: readonly string[], given?: string) => string | null;

/**
 * Labels that were given count before those of the table, where words such as NA are labels only if a class
 * is named so.
 * @param classes that are named
 */
export function rowLabel(
  columns: readonly string[],
  target: string,
  classes: readonly string[],
): RowLabel {
  const place = columns.indexOf(target);
  const isNone = unlabelledTest(classes);
  return (cells, given) => {
    const label = given ?? (cells[place] ?? '').trim();
    return given === undefined && isNone(label) ? null : label;
  };
}
