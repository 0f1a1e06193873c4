/** How a table writes the quantity that is to be predicted; what people type is kept so, or no model reads it. */
import { type NumberWriting, numberWriting } from '@quaestor/tabllm';
import type { BoundedTable } from './bounded-table.ts';
import { rowLabel } from './row-label.ts';

const PLAIN: NumberWriting = {
  format: { decimal: '.', group: '', prefix: '', suffix: '' },
  decimals: 0,
  example: '12.5',
};

export function quantityWriting(
  { columns, rows }: Pick<BoundedTable, 'columns' | 'rows'>,
  target: string,
): NumberWriting {
  const labelOf = rowLabel(columns, target, []);
  return numberWriting(rows.flatMap((row) => labelOf(row) ?? [])) ?? PLAIN;
}
