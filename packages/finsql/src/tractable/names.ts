/** How people say the tables and columns of a schema: by name, by comment, in other words, in part. */
import type { Link } from '../retrieval/context.ts';
import { hasHan, nameWords, singular } from '../retrieval/words.ts';
import {
  type Column,
  findColumn,
  findTable,
  fold,
  type Schema,
  type Table,
} from '../schema/schema.ts';
import { soleKey } from '../schema/table-keys.ts';
import { isSoleAmount, isTotal, totalNames } from './amount-totals.ts';
import { codedValues } from './coded-values.ts';
import { partsOf } from './comment-parts.ts';
import { doneWith } from './done-with-rows.ts';
import { flagOf } from './flag-columns.ts';
import { doneOn, hanColumnNames, hanTableNames } from './han-names.ts';
import { labelsOf } from './label-columns.ts';
import { lineValueNames, lineValueOf, TURNOVER, turnoverOf } from './line-values.ts';
import { COST, type Named } from './name-costs.ts';
import { synonymsOf, verbForms, wordsOf } from './name-words.ts';
import type { Meaning } from './phrase.ts';
import { propertiesOf } from './properties.ts';
import { storedNames } from './stored-days.ts';
import { phraseKey } from './units.ts';

/** Words of names that tell nothing by themselves. */
const TELL_NOTHING = new Set(
  'id name code number no date the of key type value total tbl dim fact t is has flag'
    .split(' ')
    .map(singular),
);

/** Keys of phrases with what they mean. */
export type Dictionary = ReadonlyMap<string, readonly Meaning[]>;

/** The phrases that name something of a schema. */
export function schemaPhrases(schema: Schema, links: readonly Link[]): Dictionary {
  const keys = new Set(links.map(({ table, column }) => `${table}.${column}`));
  const found = new Map<string, Meaning[]>();
  const synonyms = new Set<Meaning>();
  const add = (text: string, meaning: Meaning, nameCost = meaning.cost) => {
    const key = phraseKey(text);
    if (key === '') return;
    const known = found.get(key) ?? [];
    const at = known.findIndex((other) => isSame(other, meaning));
    if (at >= 0 && 'done' in meaning) return;
    if (at < 0) known.push(meaning);
    else if ((known[at]?.cost ?? 0) > meaning.cost) known[at] = meaning;
    found.set(key, known);
    if (nameCost === COST.synonym) synonyms.add(meaning);
  };
  for (const table of schema.tables) {
    for (const [text, cost] of [...tableNames(table), ...tableVerbs(table)]) {
      add(text, { kind: 'table', table: table.name, cost });
    }
    for (const text of doneWith(table)) {
      add(text, { kind: 'table', table: table.name, cost: COST.done, done: true });
    }
    for (const column of table.columns) {
      const place = { table: table.name, column: column.name };
      const isKey = keys.has(`${fold(table.name)}.${fold(column.name)}`);
      const more = (flagOf(column) === undefined ? 0 : COST.part) + (isKey ? COST.key : 0);
      for (const [text, cost] of columnNames(table, column)) {
        const total = isTotal(column, text) ? ({ total: true } as const) : {};
        add(text, { kind: 'column', ...place, cost: cost + more, ...total }, cost);
      }
      for (const [text, cost] of dayVerbs(column)) {
        add(text, { kind: 'column', ...place, done: true, cost: cost + more });
      }
      if (isSoleAmount(table, column)) {
        add('金额', { kind: 'column', ...place, cost: COST.translated });
      }
      for (const text of doneOn(column)) {
        add(text, { kind: 'column', ...place, cost: COST.done, done: true });
      }
      for (const text of totalNames(table, column)) {
        add(text, { kind: 'column', ...place, cost: COST.done, total: true });
      }
      for (const [text, cost] of flagNames(column)) add(text, { kind: 'flag', ...place, cost });
      for (const { text, sign } of propertiesOf(column)) {
        add(text, { kind: 'property', ...place, sign, cost: COST.verb });
      }
      for (const { text, not } of storedNames(table, column)) {
        add(text, { kind: 'stored', ...place, not, cost: COST.done });
      }
      for (const [word, value] of codedValues(column)) {
        add(word, { kind: 'value', ...place, value, cost: COST.verb });
      }
    }
    const turnover = turnoverOf(table);
    for (const text of turnover === undefined ? [] : TURNOVER) {
      add(text, {
        kind: 'column',
        table: table.name,
        column: turnover?.name ?? '',
        cost: COST.synonym,
      });
    }
    const line = lineValueOf(table);
    for (const text of line === undefined ? [] : lineValueNames(table)) {
      const [column, times] = [line?.quantity.name ?? '', line?.price.name ?? ''];
      add(text, { kind: 'column', table: table.name, column, times, cost: COST.synonym });
    }
    const key = soleKey(schema, table.name);
    if (key !== undefined)
      add('id', { kind: 'column', table: table.name, column: key, cost: COST.key });
    const [label, ...labels] = labelsOf(table, false);
    if (label !== undefined && labels.length === 0 && !hasHan(label)) {
      add('name', { kind: 'column', table: table.name, column: label, cost: COST.full });
    }
  }
  dropSynonyms(found, synonyms);
  cheapenOnly(found, schema);
  return found;
}

/**
 * Where a table or column is called so in full, none is in other words: accounts are customers only where
 * there is no table of those.
 */
function dropSynonyms(found: Map<string, Meaning[]>, synonyms: ReadonlySet<Meaning>): void {
  for (const [key, meanings] of found) {
    const kinds = new Set(meanings.filter((one) => !synonyms.has(one)).map(({ kind }) => kind));
    found.set(
      key,
      meanings.filter((one) => !synonyms.has(one) || !kinds.has(one.kind)),
    );
  }
}

/** A part of a name is as good as another word for it where no other name has that part. */
function cheapenOnly(found: ReadonlyMap<string, Meaning[]>, schema: Schema): void {
  for (const meanings of found.values()) {
    const [only, ...more] = meanings;
    if (only === undefined || more.length > 0 || only.cost !== COST.part) continue;
    if (only.kind === 'table') meanings[0] = { ...only, cost: COST.onlyPart };
    if (only.kind !== 'column') continue;
    const table = findTable(schema, only.table);
    const column = table && findColumn(table, only.column);
    if (column === undefined || flagOf(column) !== undefined) continue;
    meanings[0] = { ...only, cost: COST.onlyPart };
  }
}

function isSame(a: Meaning, b: Meaning): boolean {
  if (a.kind !== b.kind || !('table' in a) || !('table' in b) || a.table !== b.table) return false;
  if (!('column' in a) || !('column' in b)) return a.kind === 'table';
  const isValue = a.kind === 'value' && b.kind === 'value';
  const timesOf = (one: Meaning) => (one.kind === 'column' ? one.times : undefined);
  return a.column === b.column && timesOf(a) === timesOf(b) && (!isValue || a.value === b.value);
}

function tableNames(table: Table): Named[] {
  const { name, comment } = table;
  if (hasHan(table.name)) return hanTableNames(table);
  const own = wordsOf(name).filter((word, at) => at > 0 || !/^(?:tbl|dim|fact|t|tb)$/.test(word));
  const said = partsOf(comment);
  return [
    [own.join(' '), COST.full],
    ...said.map((text): Named => [text, COST.full]),
    ...synonymsOf(own).map((text): Named => [text, COST.synonym]),
    ...headOf(own).map((text): Named => [text, COST.part]),
    ...hanTableNames(table),
  ];
}

/** Words for rows of any kind: of `lease contracts` and `audit log` the first word tells more. */
const ANY_ROWS = new Set(
  'contract record list log entry detail data history info master'.split(' '),
);

/** What people say for a name of several words: orders for fund orders, leases for lease contracts. */
function headOf(own: readonly string[]): string[] {
  const [first, last] = [own[0], own.at(-1)];
  if (first === undefined || last === undefined || own.length < 2) return [];
  return [ANY_ROWS.has(singular(last)) ? first : last];
}

function columnNames(table: Table, column: Column): Named[] {
  if (hasHan(column.name)) return hanColumnNames(table, column);
  const own = wordsOf(column.name);
  const of = new Set(wordsOf(table.name).map(singular));
  const rest = own.filter((word) => !of.has(singular(word)));
  const said = partsOf(column.comment);
  const bare = rest.length > 0 && rest.length < own.length ? [rest] : [];
  const telling = own.filter(
    (word) => !TELL_NOTHING.has(singular(word)) && !of.has(singular(word)) && word.length > 2,
  );
  const parts: string[][] = [];
  // net_profit_margin: margin, profit margin, net profit.
  for (let size = 1; size < own.length; size++) {
    for (let at = 0; at + size <= own.length; at++) {
      const part = own.slice(at, at + size);
      if (part.some((word) => telling.includes(word))) parts.push(part);
    }
  }
  return [
    [own.join(' '), COST.full],
    [nameWords(column.name).join(' '), COST.full],
    ...said.map((text): Named => [text, COST.full]),
    ...bare.map((words): Named => [words.join(' '), COST.full]),
    // `branches opened in 2020` names no column of branches.
    ...(column.kind === 'date'
      ? []
      : [[[...wordsOf(table.name).map(singular), ...rest].join(' '), COST.full] as const]),
    ...(own.length === 2 ? [[own.toReversed().join(' '), COST.full] as const] : []),
    ...[own, ...bare].flatMap(synonymsOf).map((text): Named => [text, COST.synonym]),
    ...parts.map((part): Named => [part.join(' '), COST.part]),
    ...parts.flatMap(synonymsOf).map((text): Named => [text, COST.part + COST.synonym]),
    ...hanColumnNames(table, column),
  ];
}

/** Words of names of days beside the word for what is done on them. */
const OF_DAY = /^(?:date|day|dt|on|at|time|timestamp)$/;

/** `hired` for hire_date, `signed up` for signup_date. */
function dayVerbs({ name, kind }: Column): Named[] {
  const done = wordsOf(name).filter((word) => !OF_DAY.test(word));
  const [verb, ...more] = done;
  if (kind !== 'date' || verb === undefined || more.length > 0) return [];
  // The noun itself is no verb of it: `orders` are not their order_date.
  return verbForms(verb)
    .filter((text) => phraseKey(text) !== phraseKey(verb))
    .map((text): Named => [text, COST.verb]);
}

/** `ordered` for orders, `lent` for loans. */
function tableVerbs({ name }: Table): Named[] {
  const [noun, ...more] = wordsOf(name).map(singular);
  if (noun === undefined || more.length > 0 || hasHan(name)) return [];
  return verbForms(noun).map((text): Named => [text, COST.synonym]);
}

function flagNames(column: Column): Named[] {
  const { name, comment } = column;
  if (flagOf(column) === undefined) return [];
  const own = wordsOf(name).filter((word, at) => at > 0 || !/^(?:is|has|was|flag)$/.test(word));
  return [
    [own.join(' '), COST.full],
    ...partsOf(comment).map(
      (text): Named => [text.replace(/^(?:whether|is|are|是否)\s*/i, ''), COST.full],
    ),
  ];
}
