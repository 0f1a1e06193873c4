/** How people say the tables and columns of a schema: by name, by comment, in other words, in part. */
import { isDeepStrictEqual } from 'node:util';
import type { Link } from '../../retrieval/context.ts';
import { hasHan, singular } from '../../retrieval/words.ts';
import { findColumn, findTable, fold, type Schema, type Table } from '../../schema/schema.ts';
import { soleKey } from '../../schema/table-keys.ts';
import { partsOf } from '../columns/comment-parts.ts';
import { flagOf } from '../columns/flag-columns.ts';
import { labelsOf } from '../columns/label-columns.ts';
import { saidOfAmounts } from '../columns/line-values.ts';
import { COST, type Naming, naming } from '../columns/name-costs.ts';
import { tableWords, wordsOf } from '../columns/name-words.ts';
import { namesakeOf } from '../columns/namesake-figures.ts';
import { holdsDays, holdsYears } from '../columns/schema-columns.ts';
import { type Meaning, refOf } from '../model/phrase.ts';
import { phraseKey } from '../words/units.ts';
import { saidOfColumn } from './column-names.ts';
import { saidOfRatios } from './finance-ratios.ts';
import { saidOfFormulas } from './formula-names.ts';
import { saidOfLabels } from './han-label-names.ts';
import { translationsOf } from './han-translations.ts';
import { saidInLargerUnits } from './larger-units.ts';
import { saidOfLateAcross } from './late-across.ts';
import { saidOfDocuments } from './line-tables.ts';
import { saidOfMade, saidOfProfit } from './made-figures.ts';
import { saidOfOwed } from './owed-names.ts';
import { saidOfPaid } from './paid-names.ts';
import { saidOfReferences } from './reference-names.ts';
import { saidOfRoles } from './role-names.ts';
import { saidOfRowsDone } from './rows-by-verbs.ts';
import { saidOfSiblings } from './sibling-names.ts';
import { saidOfSigned } from './signed-figures.ts';
import { saidOfSpans } from './span-names.ts';
import { saidOfBoth } from './summed-names.ts';
import { saidOfTable, sharedPrefix } from './table-names.ts';
import { saidOfTakings } from './takings.ts';

/** Keys of phrases with what they mean. */
export type Dictionary = ReadonlyMap<string, readonly Meaning[]>;

/** Each says one kind of name of a table or its columns. */
const NAMERS: readonly ((table: Table, schema: Schema) => readonly Naming[])[] = [
  saidOfAmounts,
  saidOfFigures,
  saidOfFormulas,
  saidOfOwed,
  saidOfBoth,
  (table, schema) => saidOfMade(schema, table),
  (table) => saidOfProfit(table),
  saidOfTakings,
  saidOfPaid,
  saidOfSigned,
  saidInLargerUnits,
  saidOfRatios,
  saidOfSpans,
  (table, schema) => saidOfRows(schema, table),
  saidOfRowsDone,
];

/** The same of the tables together. */
const NAMERS_OF_SCHEMA: readonly ((schema: Schema, links: readonly Link[]) => readonly Naming[])[] =
  [saidOfReferences, saidOfRoles, saidOfLabels, saidOfSiblings, saidOfLateAcross];

/** The phrases that name something of a schema. */
export function schemaPhrases(schema: Schema, links: readonly Link[]): Dictionary {
  const keys = new Set(links.map(({ table, column }) => `${table}.${column}`));
  const prefix = sharedPrefix(schema);
  const found = gather([
    ...schema.tables.flatMap((table) => [
      ...saidOfDocuments(table, saidOfTable(table, prefix), schema, links),
      ...table.columns.flatMap((column) =>
        saidOfColumn(table, column, keys.has(`${fold(table.name)}.${fold(column.name)}`)),
      ),
      ...NAMERS.flatMap((namer) => namer(table, schema)),
    ]),
    ...NAMERS_OF_SCHEMA.flatMap((namer) => namer(schema, links)),
  ]);
  dropOtherTotals(found);
  cheapenOnly(found, schema);
  putTablesFirst(found, schema);
  return found;
}

/** `closing price` of a table of closing prices: its one figure of that name. */
function saidOfFigures(table: Table): Naming[] {
  const figure = namesakeOf(table);
  if (figure === undefined) return [];
  const { name, comment } = table;
  const meant = { kind: 'column', table: name, column: figure.name, cost: COST.synonym } as const;
  const texts = [tableWords(name).map(singular).join(' '), ...partsOf(comment).filter(hasHan)];
  return texts.map((text) => naming(text, meant, COST.full));
}

/** The key of rows, or a column that is called as such where none is declared: payid of payments. */
function ownIds({ name, columns }: Table, key: string | undefined): string[] {
  if (key !== undefined) return hasHan(key) ? [] : [key];
  const isOwn = (column: string) => {
    const rest = column.replace(/_?id$/i, '').toLowerCase();
    return rest !== column.toLowerCase() && rest.length > 2 && name.toLowerCase().startsWith(rest);
  };
  return columns.flatMap((one) => (isOwn(one.name) ? one.name : []));
}

/** `id` and `name` alone: of the rows that are spoken of. */
function saidOfRows(schema: Schema, table: Table): Naming[] {
  const key = soleKey(schema, table.name);
  const [label, ...labels] = labelsOf(table, false);
  const meant = { kind: 'column', table: table.name } as const;
  const isNamed =
    label !== undefined &&
    labels.length === 0 &&
    !hasHan(label) &&
    !/(?:number|no|code)$/i.test(label);
  const numbered = keyWords(schema, table, key);
  const [day, ...days] = table.columns.filter(holdsDays);
  const isDated = day !== undefined && days.length === 0;
  const own = tableWords(table.name).map(singular).join(' ');
  return [
    // `payment id` for payid.
    ...ownIds(table, key).map((column) =>
      naming(`${own} id`, { ...meant, column, cost: COST.verb }),
    ),
    ...(numbered === undefined
      ? []
      : [numbered, ...translationsOf(numbered.split(' '))].map((text) =>
          naming(text, { kind: 'table', table: table.name, cost: COST.verb }),
        )),
    // `the date of the order`.
    ...(isDated
      ? ['date', 'day'].map((text) => naming(text, { ...meant, column: day.name, cost: COST.done }))
      : []),
    ...(key === undefined ? [] : [naming('id', { ...meant, column: key, cost: COST.key })]),
    ...(isNamed
      ? ['name', 'full name'].map((text) =>
          naming(text, { ...meant, column: label, cost: COST.full }),
        )
      : []),
    ...(labels.length > 0
      ? ['name', 'full name', 'first name and last name', 'first and last name'].map((text) =>
          naming(text, { kind: 'names', table: table.name, cost: COST.full }),
        )
      : []),
  ];
}

/** `loans` for the rows of `pawnloan` that `loan_no` tells; undefined where another table is called so, with words before. */
function keyWords(schema: Schema, table: Table, key: string | undefined): string | undefined {
  const own = key === undefined || hasHan(key) ? [] : wordsOf(key);
  if (own.length < 2 || !/^(?:id|number)$/.test(own.at(-1) ?? '')) return undefined;
  const text = own.slice(0, -1).map(singular).join(' ');
  const isOther = schema.tables.some(
    ({ name }) => name !== table.name && tableWords(name).map(singular).join(' ').endsWith(text),
  );
  return isOther ? undefined : text;
}

/** All that each text means, each meaning once at its lowest cost. */
function gather(all: readonly Naming[]): Map<string, Meaning[]> {
  const found = new Map<string, Meaning[]>();
  const synonyms = new Set<Meaning>();
  for (const { text, meaning, isSynonym } of all) {
    const key = phraseKey(text);
    if (key === '') continue;
    const known = found.get(key) ?? [];
    const at = known.findIndex((other) => isSame(other, meaning));
    const isInPart = (known[at]?.cost ?? 0) >= COST.part;
    if (at >= 0 && 'done' in meaning && !isInPart) continue;
    if (at < 0) known.push(meaning);
    else if ((known[at]?.cost ?? 0) > meaning.cost) known[at] = meaning;
    found.set(key, known);
    if (isSynonym) synonyms.add(meaning);
  }
  dropSynonyms(found, synonyms);
  return found;
}

/** What a comment tells of rows, in words that may be names. */
const TOLD: ReadonlySet<Meaning['kind']> = new Set(['value', 'property']);

/**
 * Where a table or column is called so in full, none is in other words: accounts are customers only where
 * there is no table of those.
 */
function dropSynonyms(found: Map<string, Meaning[]>, synonyms: ReadonlySet<Meaning>): void {
  for (const [key, meanings] of found) {
    const named = meanings.filter((one) => !synonyms.has(one));
    const kinds = new Set(named.map(({ kind }) => kind));
    // A word by which a code is told is that of nothing else.
    const isOther = ({ kind }: Meaning) =>
      kinds.has(kind) || (TOLD.has(kind) && meanings.some((one) => !TOLD.has(one.kind)));
    found.set(
      key,
      meanings.filter((one) => !synonyms.has(one) || !isOther(one)),
    );
  }
}

/** 报销总额 of a column that is called so is no total of 报销明细. */
function dropOtherTotals(found: Map<string, Meaning[]>): void {
  for (const [key, meanings] of found) {
    const isCalled = meanings.some(({ kind, cost }) => kind === 'column' && cost === COST.full);
    const isOther = (one: Meaning) =>
      one.kind === 'column' && one.total === true && one.cost > COST.full;
    if (isCalled && hasHan(key))
      found.set(
        key,
        meanings.filter((one) => !isOther(one)),
      );
  }
}

/** A part of a name is as good as another word for it where no other name has that part. */
function cheapenOnly(found: ReadonlyMap<string, Meaning[]>, schema: Schema): void {
  for (const meanings of found.values()) {
    const [only, ...more] = meanings;
    if (only === undefined || only.cost !== COST.part) continue;
    // Keys of other tables are called so by what they refer to.
    const areKeys = more.every(
      ({ kind, cost }) => kind === 'column' && cost >= COST.part + COST.key,
    );
    // What its rows come to is called as they are.
    const areAmounts = more.every(
      (one) =>
        one.kind === 'column' &&
        one.times !== undefined &&
        'table' in only &&
        one.table === only.table,
    );
    const cost = areKeys ? COST.onlyPart : COST.onlyPart + COST.head;
    if (only.kind === 'table' && (areKeys || areAmounts)) meanings[0] = { ...only, cost };
    if (only.kind !== 'column' || more.length > 0) continue;
    const table = findTable(schema, only.table);
    const column = table && findColumn(table, only.column);
    if (column === undefined || flagOf(column) !== undefined) continue;
    meanings[0] = { ...only, cost: COST.onlyPart };
  }
}

/** A column that is called as a table is meant less often than the table. */
function putTablesFirst(found: Map<string, Meaning[]>, schema: Schema): void {
  for (const [key, all] of found) {
    const meanings = afterRows(hasHan(key) ? withoutOwnParts(all) : all);
    found.set(key, meanings);
    const isTable = meanings.some(({ kind, cost }) => kind === 'table' && cost === 0);
    if (!isTable) continue;
    // A part of a column's name is none of it where a table is called so: guests are no max_guests.
    const isOther = (one: Meaning) =>
      one.kind === 'column' && (one.cost >= COST.part || isOfYears(schema, one));
    const meant = meanings.filter((one) => !isOther(one));
    found.set(
      key,
      meant.map((one) => (one.kind === 'column' ? { ...one, cost: one.cost + COST.asTable } : one)),
    );
  }
}

/** The keys of rows behind the rows that are called by them: indices before index_id of their members. */
function afterRows(meanings: readonly Meaning[]): Meaning[] {
  const areRows = meanings.some(
    (one) => one.kind === 'table' && one.cost === COST.verb && one.done !== true,
  );
  return meanings.map((one) =>
    areRows && one.kind === 'column' && one.cost === COST.key
      ? { ...one, cost: one.cost + COST.asTable }
      : one,
  );
}

/** 账单 of bills is none of their 账单月份. */
function withoutOwnParts(meanings: readonly Meaning[]): Meaning[] {
  const isRows = ({ table, cost }: { readonly table: string; readonly cost: number }) =>
    cost >= COST.part &&
    meanings.some((one) => one.kind === 'table' && one.table === table && one.cost < COST.part);
  return meanings.filter((one) => one.kind !== 'column' || !isRows(one));
}

/** 预算 for 预算年度: nothing is done in it. */
function isOfYears(schema: Schema, one: Extract<Meaning, { readonly kind: 'column' }>): boolean {
  const table = findTable(schema, one.table);
  const column = table && findColumn(table, one.column);
  return one.done === true && column !== undefined && holdsYears(column);
}

function isSame(a: Meaning, b: Meaning): boolean {
  if (a.kind !== b.kind || !('table' in a) || !('table' in b) || a.table !== b.table) return false;
  if (!('column' in a) || !('column' in b)) return a.kind === 'table';
  const isValue = a.kind === 'value' && b.kind === 'value';
  if (a.column !== b.column || (isValue && a.value !== b.value)) return false;
  const besideOf = (one: Meaning) => (one.kind === 'column' ? refOf(one) : undefined);
  return isDeepStrictEqual(besideOf(a), besideOf(b));
}
