/** What is not so of any row of another table is said of the thing: `customers that did not buy tea`. */
import type { Link } from '../../retrieval/context.ts';
import { fold, type Schema } from '../../schema/schema.ts';
import { isOneToOne } from '../../schema/table-keys.ts';
import {
  type ColumnCondition,
  type ColumnRef,
  type Condition,
  type Item,
  isMeasure,
  type Reading,
} from '../model/reading.ts';

/** The reading with things without such rows, in the place of things with other rows. */
export function denyRows(reading: Reading, schema: Schema, links: readonly Link[]): Reading {
  const own = new Set(reading.shown.flatMap(tableOf).map(fold));
  const isOfMany = ({ table }: ColumnRef) =>
    !own.has(fold(table)) &&
    links.some(
      (link) =>
        link.table === fold(table) &&
        own.has(link.target) &&
        !isOneToOne(schema, link.table, link.column),
    );
  const denied = reading.conditions.filter(isDenied).filter(({ column }) => isOfMany(column));
  if (denied.length === 0) return reading;
  const absent = new Set(denied.map(({ column }) => fold(column.table)));
  const [shown = reading.thing] = own;
  return {
    ...reading,
    thing: absent.has(fold(reading.thing)) ? shown : reading.thing,
    tables: reading.tables.filter((table) => !absent.has(fold(table))),
    conditions: [
      ...reading.conditions.map((one) => {
        const other = denied.find((each) => each === one);
        return other === undefined ? one : affirmed(other);
      }),
      ...[...absent].map((table): Condition => ({ kind: 'without', table })),
    ],
  };
}

function tableOf(item: Item): string[] {
  if (!isMeasure(item)) return [item.table];
  const table = item.of?.table ?? item.rows;
  return table === undefined ? [] : [table];
}

/** Whether rows are held not to be something. */
export function isDenied(condition: Condition): condition is ColumnCondition {
  if (condition.kind === 'among' || condition.kind === 'like') return condition.not;
  return condition.kind === 'compare' && condition.sign === '<>';
}

/** Whether rows are held to be something of their own. */
export function isAffirmed(condition: Condition): condition is ColumnCondition {
  return condition.kind !== 'without' && !isDenied(condition);
}

/** What is denied, not denied. */
export function affirmed(condition: ColumnCondition): ColumnCondition {
  if (condition.kind === 'among') return { ...condition, not: false, all: false };
  if (condition.kind === 'like') return { ...condition, not: false };
  return condition.kind === 'compare' ? { ...condition, sign: '=' } : condition;
}
