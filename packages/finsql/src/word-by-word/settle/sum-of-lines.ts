/** What the lines of things come to, where things are held to it or ordered by it: 采购金额超过10万的订单. */
import { isPartOf } from '../columns/part-of.ts';
import type { ParseState } from '../model/parse-state.ts';
import { type ColumnRef, type Condition, isMeasure, isTable } from '../model/reading.ts';

/** Adds up quantity × price, of which each thing has many, unless one of them is said. */
export function sumOfLines({ asked, said, chinese, links }: ParseState): void {
  const { thing, order } = asked;
  if (!chinese || said.single || thing === undefined || asked.shown.some(isMeasure)) return;
  const areLines = ({ table, times }: ColumnRef) =>
    times !== undefined && !isTable(table, thing) && isPartOf(links, table, thing);
  if (order !== undefined && !isMeasure(order.by) && areLines(order.by))
    asked.order = { ...order, by: { call: 'sum', of: order.by } };
  const isOfLines = (one: Condition): one is Extract<Condition, { readonly kind: 'compare' }> =>
    one.kind === 'compare' && typeof one.value === 'number' && areLines(one.column);
  const held = asked.conditions.filter(isOfLines);
  asked.conditions = asked.conditions.filter((one) => !isOfLines(one));
  asked.having.push(
    ...held.map(({ column, sign, value }) => ({
      measure: { call: 'sum', of: column } as const,
      sign,
      value: Number(value),
    })),
  );
}
