/** What is left out of rows to tell why they got their labels, as if the cells were missing. */
import { besideOf, type EncodedColumn } from '../baseline/encoder.ts';
import { featureColumns } from '../schema/feature-columns.ts';
import type { TableSchema } from '../schema/table-schema.ts';

/** Places of one column, or of two that a model reads together. */
export type LeftOut = readonly [index: number] | readonly [index: number, beside: number];

/** Each column in turn, and then each two whose ratio or difference, or the days between them, are read. */
export function partsToLeaveOut(
  schema: TableSchema,
  encoding: readonly EncodedColumn[],
): readonly LeftOut[] {
  const pairs = new Map<string, LeftOut>();
  for (const encoded of encoding) {
    const beside = besideOf(encoded);
    if (beside === null) continue;
    // One may be read less the other, and the other per the one.
    const key = JSON.stringify([encoded.index, beside.index].sort((a, b) => a - b));
    if (!pairs.has(key)) pairs.set(key, [encoded.index, beside.index]);
  }
  const columns = featureColumns(schema).map(({ index }): LeftOut => [index]);
  return [...columns, ...pairs.values()];
}

/** Of each row a copy for each part, without its cells. */
export function withoutEach(
  parts: readonly LeftOut[],
  { missing }: TableSchema,
  rows: readonly (readonly string[])[],
): string[][] {
  const nothing = missing[0] ?? '';
  return rows.flatMap((row) =>
    parts.map((part) => part.reduce<string[]>((left, at) => left.with(at, nothing), [...row])),
  );
}
