/** A reading as SQL. */
import type { Link } from '../retrieval/context.ts';
import { identifier } from '../schema/identifiers.ts';
import { findTable, fold, type Schema } from '../schema/schema.ts';
import { textLiteral } from '../sql/literal.ts';
import { type Joined, joinTables } from './joins.ts';
import {
  type ColumnRef,
  type Condition,
  type Group,
  type Item,
  isMeasure,
  type Measure,
  type Reading,
} from './reading.ts';

/** The statement of a reading; undefined where its tables can't be joined. */
export function writeReading(
  given: Reading,
  schema: Schema,
  links: readonly Link[],
): string | undefined {
  const reading = denyRows(given, schema, links);
  const { thing, shown, conditions, groups, having, order, limit } = reading;
  const without = conditions.filter((one) => one.kind === 'without');
  const absent = new Set(without.map(({ table }) => fold(table)));
  const inner = conditions.filter(
    (one) => one.kind !== 'without' && absent.has(fold(one.column.table)),
  );
  const held = conditions.filter((one) => one.kind !== 'without' && !inner.includes(one)) as Held[];
  const items: readonly Item[] = [
    ...shown,
    ...groups,
    ...having.map(({ measure }) => measure),
    ...(order === undefined ? [] : [order.by]),
  ];
  const columns = [
    ...items.flatMap((item) => (isMeasure(item) ? (item.of ?? []) : item)),
    ...held.map(({ column }) => column),
  ];
  const counted = items.flatMap((item) => (isMeasure(item) ? (item.rows ?? []) : []));
  const joined = joinTables(links, [
    thing,
    ...columns.map(({ table }) => table),
    ...counted,
    ...reading.tables,
  ]);
  if (joined === undefined) return undefined;
  const told = shown.filter((item): item is ColumnRef => !isMeasure(item));
  const owners = told.length > 0 ? told.map(({ table }) => fold(table)) : [fold(thing)];
  const isMany = (table: string) =>
    !owners.includes(fold(table)) && owners.every((owner) => multipliesRows(joined, owner, schema));
  if (held.some((one) => one.kind === 'among' && one.all && !one.not && isMany(one.column.table)))
    return undefined;
  if (reading.implicit && !owners.every((owner) => multipliesRows(joined, owner, schema)))
    return undefined;
  const write = writer(joined, schema, links, thing);
  const counts = [
    ...shown,
    ...having.map(({ measure }) => measure),
    ...(order ? [order.by] : []),
  ].some(isMeasure);
  const shownColumns = shown.filter((item): item is ColumnRef => !isMeasure(item));
  const distinct =
    !counts && (reading.distinct || write.repeats(shownColumns)) && order === undefined
      ? 'distinct '
      : '';
  const grouping = write.groups(groups);
  const clauses = [
    `select ${distinct}${shown.map(write.item).join(', ')}`,
    write.from,
    ...where([
      ...held.map(write.condition),
      ...without.map(({ table }) => write.without(table, inner as Held[])),
    ]),
    ...(grouping.length > 0 ? [`group by ${grouping.join(', ')}`] : []),
    ...(having.length > 0
      ? [
          `having ${having.map(({ measure, sign, value }) => `${write.item(measure)} ${sign} ${value}`).join(' and ')}`,
        ]
      : []),
    ...(order === undefined
      ? []
      : [`order by ${write.item(order.by)} ${order.descending ? 'desc' : 'asc'}`]),
    ...(limit === undefined ? [] : [`limit ${limit}`]),
  ];
  return clauses.some((clause) => clause.includes(UNWRITTEN)) ? undefined : clauses.join(' ');
}

/** What is not so of any row of another table is said of the thing: `customers that did not buy tea`. */
function denyRows(reading: Reading, schema: Schema, links: readonly Link[]): Reading {
  const own = new Set(
    reading.shown
      .flatMap((item) => (isMeasure(item) ? (item.of?.table ?? item.rows ?? []) : item.table))
      .map(fold),
  );
  const denied = reading.conditions.filter(
    (one) =>
      (one.kind === 'among' ? one.not : one.kind === 'compare' && one.sign === '<>') &&
      'column' in one &&
      !own.has(fold(one.column.table)) &&
      links.some(
        ({ table, column, target }) =>
          table === fold(one.column.table) && own.has(target) && !isOneToOne(schema, table, column),
      ),
  );
  if (denied.length === 0) return reading;
  const tables = new Set(
    denied.flatMap((one) => ('column' in one ? [fold(one.column.table)] : [])),
  );
  const conditions = reading.conditions.map((one): Condition => {
    if (!denied.includes(one)) return one;
    if (one.kind === 'among') return { ...one, not: false, all: false };
    return one.kind === 'compare' ? { ...one, sign: '=' } : one;
  });
  return {
    ...reading,
    thing: tables.has(fold(reading.thing)) ? ([...own][0] ?? reading.thing) : reading.thing,
    tables: reading.tables.filter((table) => !tables.has(fold(table))),
    conditions: [
      ...conditions,
      ...[...tables].map((table): Condition => ({ kind: 'without', table })),
    ],
  };
}

type Held = Exclude<Condition, { readonly kind: 'without' }>;

const FORMATS = { year: '%Y', month: '%Y-%m', 'month-of-year': '%m' } as const;

/** Stands in a clause that can't be written. */
const UNWRITTEN = '\u0000';

function where(conditions: readonly string[]): string[] {
  return conditions.length === 0 ? [] : [`where ${[...new Set(conditions)].join(' and ')}`];
}

function writer({ tables, keys }: Joined, schema: Schema, links: readonly Link[], thing: string) {
  const alias = new Map(
    tables.map((name, at) => [name, tables.length === 1 ? undefined : `t${at + 1}`]),
  );
  const column = ({ table, column: name, part }: ColumnRef): string => {
    const handle = alias.get(fold(table));
    const written = handle === undefined ? identifier(name) : `${handle}.${identifier(name)}`;
    return part === undefined ? written : `strftime('${FORMATS[part]}', ${written})`;
  };
  const source = (name: string): string => {
    const handle = alias.get(name);
    return handle === undefined ? identifier(name) : `${identifier(name)} as ${handle}`;
  };
  const from = [
    `from ${source(tables[0] ?? '')}`,
    ...keys.map((key, at) => {
      const left = column({ table: key.table, column: key.column });
      const right = column({ table: key.target, column: key.targetColumn });
      return `join ${source(tables[at + 1] ?? '')} on ${left} = ${right}`;
    }),
  ].join(' ');
  const item = (one: Item): string => (isMeasure(one) ? measure(one) : column(one));
  const measure = ({ call, of, rows = thing, distinct }: Measure): string => {
    if (of !== undefined) {
      // A join to many would add the same figure several times.
      if (
        call !== 'min' &&
        call !== 'max' &&
        call !== 'count' &&
        multipliesRows({ tables, keys }, fold(of.table), schema)
      )
        return UNWRITTEN;
      return `${call}(${distinct === true ? 'distinct ' : ''}${column(of)})`;
    }
    if (!multipliesRows({ tables, keys }, fold(rows), schema)) return 'count(*)';
    const [key, ...more] =
      findTable(schema, rows)?.columns.filter(({ primaryKey }) => primaryKey) ?? [];
    return key !== undefined && more.length === 0
      ? `count(distinct ${column({ table: rows, column: key.name })})`
      : UNWRITTEN;
  };
  return {
    from,
    item,
    /** Whether the rows of every table that is shown may stand there several times. */
    repeats: (shown: readonly ColumnRef[]) =>
      shown.every(({ table }) => multipliesRows({ tables, keys }, fold(table), schema)),
    groups: (shown: readonly Group[]) => {
      const owners = [...new Set(shown.filter(({ isThing }) => isThing).map(({ table }) => table))];
      const ids = owners.flatMap((table) => {
        const own = findTable(schema, table)?.columns.filter(({ primaryKey }) => primaryKey) ?? [];
        return own.length === 1 ? own.map(({ name }) => column({ table, column: name })) : [];
      });
      return [...new Set([...ids, ...shown.map(column)])];
    },
    condition: (one: Held): string => condition(one, column(one.column)),
    without: (table: string, inner: readonly Held[]): string => {
      const key = links.filter(
        (link) => link.table === fold(table) && tables.includes(link.target),
      );
      const [only, ...more] = key;
      if (only === undefined || more.length > 0) return UNWRITTEN;
      const own = column({ table: only.target, column: only.targetColumn });
      return `${own} not in (select ${identifier(only.column)} from ${identifier(table)} where ${[`${identifier(only.column)} is not null`, ...inner.map((one) => condition(one, identifier(one.column.column)))].join(' and ')})`;
    },
  };
}

/** Whether a join leads from the thing to many rows for one of its own. */
function multipliesRows({ tables, keys }: Joined, thing: string, schema: Schema): boolean {
  const reached = new Set([thing]);
  let many = false;
  for (let grown = true; grown; ) {
    grown = false;
    for (const { table, column, target } of keys) {
      if (reached.has(table) && !reached.has(target)) {
        reached.add(target);
        grown = true;
      } else if (reached.has(target) && !reached.has(table)) {
        reached.add(table);
        many ||= !isOneToOne(schema, table, column);
        grown = true;
      }
    }
  }
  return many && tables.length > 1;
}

/** Whether a column that refers to another table is the whole key of its own. */
function isOneToOne(schema: Schema, table: string, column: string): boolean {
  const keys = findTable(schema, table)?.columns.filter(({ primaryKey }) => primaryKey) ?? [];
  return keys.length === 1 && keys.every(({ name }) => fold(name) === column);
}

function condition(one: Held, name: string): string {
  if (one.kind === 'among') {
    return `${name} ${one.not ? 'not in' : 'in'} (${one.values.map(textLiteral).join(', ')})`;
  }
  if (one.kind === 'between') return `${name} between ${literal(one.from)} and ${literal(one.to)}`;
  if (one.kind === 'mean') {
    return `${name} ${one.sign} (select avg(${identifier(one.column.column)}) from ${identifier(one.column.table)})`;
  }
  if (one.kind === 'peak') {
    return `${name} = (select ${one.call}(${identifier(one.column.column)}) from ${identifier(one.column.table)})`;
  }
  return `${name} ${one.sign} ${literal(one.value)}`;
}

function literal(value: string | number): string {
  return typeof value === 'number' ? String(value) : textLiteral(value);
}
