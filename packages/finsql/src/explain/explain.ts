/** SQL → plain sentences, from its tree; nothing here is guessed by a model. */
import { hasCompactDays } from '../calibrate/date-forms.ts';
import type { Language } from '../language.ts';
import { hasHan } from '../retrieval/words.ts';
import { findTable, type Schema } from '../schema/schema.ts';
import { type StatementWords, wordingOf } from '../wording/wording.ts';
import { type Expression, type From, type Part, parseStatement, type Select } from './ast.ts';
import { type CodesShown, codesShown, meaningsOf } from './codes.ts';
import { columnOf } from './column-of.ts';
import {
  numbersOf,
  partsOf,
  queriesWithin,
  refersOutside,
  tablesReadAround,
  type WithinQuery,
} from './inner-queries.ts';
import { readsSentences } from './joins.ts';
import { type Naming, namingOf, type Scope } from './naming.ts';
import { conditionPhrase, type Phrasing, valuePhrase } from './phrases.ts';
import { type Unit, unitsShown } from './units.ts';

/** What is told of a SELECT besides its tree. */
interface Telling {
  readonly words: StatementWords;
  /** What a query within is called. */
  nameOf(query: WithinQuery): string;
  phrasingOf(scope: Omit<Scope, 'readAround'>): Phrasing;
  commentOn(table: string): string;
  unitsOf(select: Select, naming: Naming): readonly Unit[];
  codesOf(select: Select, naming: Naming): readonly CodesShown[];
}

/** What a statement does: one sentence per clause, each inner query in one. Empty when it can't be parsed. */
export function explainSql(sql: string, schema: Schema, language: Language = 'en'): string[] {
  const words = wordingOf(language).statements;
  const parts = parseStatement(sql) ?? [];
  const within = parts.flatMap(({ select }) => queriesWithin(select));
  const numbers = numbersOf(within);
  const readAround = tablesReadAround(within);
  return explainParts(parts, {
    words,
    nameOf: ({ name, select }) => name ?? numbers.get(select) ?? '',
    phrasingOf: ({ from, outer }) => {
      const sources = [...from, ...outer];
      return {
        words,
        naming: namingOf({ from, outer, readAround }),
        queryName: ({ ast }) => numbers.get(ast) ?? '',
        isCompactDay: (column) => {
          const own = columnOf(column, sources, schema);
          return own !== undefined && hasCompactDays(own);
        },
        meaningOf: (column, code) => {
          const own = columnOf(column, sources, schema);
          const meanings = own === undefined ? [] : meaningsOf(own, language);
          return meanings.find((one) => one.code === code)?.words;
        },
      };
    },
    commentOn: (name) => commentOf(name, schema, language),
    unitsOf: (select, naming) => unitsShown(select, schema, language, naming.column),
    codesOf: (select, naming) => codesShown(select, schema, language, naming.column),
  });
}

function explainParts(parts: readonly Part[], telling: Telling): string[] {
  return combined(parts, [], telling, (select) => [
    ...queriesWithin(select).map((query) => explainWithin(query, telling)),
    ...explainSelect(select, [], telling),
  ]);
}

/** ORDER BY and LIMIT of the last of several SELECTs are about the rows of all. */
function combined(
  parts: readonly Part[],
  outer: readonly From[],
  telling: Telling,
  explain: (select: Select) => readonly string[],
): string[] {
  const { words } = telling;
  const [first, ...others] = parts;
  const last = others.at(-1)?.select;
  const sentences = parts.flatMap(({ operation, select }) => [
    ...(operation === null ? [] : [words.combines[operation]]),
    ...explain(select === last ? { ...last, orderby: null, limit: null } : select),
  ]);
  if (first === undefined || last === undefined) return sentences;
  const { columns, from } = first.select;
  const phrasing = telling.phrasingOf({ from: from ?? [], outer });
  const value = (expression: Expression) => orderPhrase(expression, columns, phrasing);
  const ordered = [...orderSentences(last, words, value), ...limitSentences(last, words)];
  return ordered.length === 0 ? sentences : [...sentences, words.whole, ...ordered];
}

function explainWithin(query: WithinQuery, telling: Telling): string {
  const { select, forRows } = query;
  const outer = refersOutside(query) ? query.outer : [];
  const sentences = combined(partsOf(select), outer, telling, (part) =>
    explainSelect(part, outer, telling, forRows),
  );
  return telling.words.inner(telling.nameOf(query), sentences, outer.length > 0);
}

/** @param forRows whether what it shows does not matter */
function explainSelect(
  select: Select,
  outer: readonly From[],
  telling: Telling,
  forRows = false,
): string[] {
  const { words, commentOn, unitsOf, codesOf } = telling;
  const phrasing = telling.phrasingOf({ from: select.from ?? [], outer });
  const { from, where, groupby, having, columns, distinct } = select;
  const value = (expression: Expression) => orderPhrase(expression, columns, phrasing);
  const groups = groupby?.columns ?? [];
  const shown = columns.map(({ expr, as }) => {
    const phrase = valuePhrase(expr, phrasing);
    return as === null || as === phrase ? phrase : words.named(phrase, as);
  });
  const units = unitsOf(select, phrasing.naming);
  const shows = [
    words.shows(shown, Boolean(distinct)),
    ...(units.length > 0 ? [words.units(units)] : []),
    ...codesOf(select, phrasing.naming).map(words.codes),
  ];
  return [
    ...readsSentences(from ?? [], phrasing, commentOn),
    ...(where ? [words.keepsRows(conditionPhrase(where, phrasing))] : []),
    ...(groups.length > 0 ? [words.groups(groups.map(value))] : []),
    ...(having ? [words.keepsGroups(conditionPhrase(having, phrasing))] : []),
    ...(forRows ? [] : shows),
    ...orderSentences(select, words, value),
    ...limitSentences(select, words),
  ];
}

/** What GROUP BY or ORDER BY names: an expression, or a column by its place. */
function orderPhrase(
  expression: Expression,
  columns: Select['columns'],
  phrasing: Phrasing,
): string {
  if (expression.type !== 'number') return valuePhrase(expression, phrasing);
  const column = columnAt(expression.value, columns);
  return column === undefined
    ? phrasing.words.columnAt(String(expression.value))
    : valuePhrase(column, phrasing);
}

function orderSentences(
  { orderby }: Select,
  words: StatementWords,
  value: (expression: Expression) => string,
): string[] {
  const orders = orderby?.map(({ expr, type }) => ({
    value: value(expr),
    descending: type === 'DESC',
  }));
  return orders ? [words.sorts(orders)] : [];
}

/** The column that `order by 2` means; undefined behind `*`. */
function columnAt(position: number, columns: Select['columns']): Expression | undefined {
  const upTo = columns.slice(0, Number(position)).map(({ expr }) => expr);
  const isStar = upTo.some((expr) => expr.type === 'column_ref' && expr.column === '*');
  return isStar ? undefined : columns[Number(position) - 1]?.expr;
}

/** What the comment of a table tells beyond its name, in the language where it has it: `english | 中文`. */
function commentOf(name: string, schema: Schema, language: Language): string {
  const parts = (findTable(schema, name)?.comment ?? '').split('|').map((part) => part.trim());
  const comment = parts.find((part) => hasHan(part) === (language === 'zh')) ?? parts[0] ?? '';
  return comment.toLowerCase() === name.replaceAll('_', ' ').toLowerCase() ? '' : comment;
}

function limitSentences({ limit, orderby }: Select, words: StatementWords): string[] {
  const [first, second] = limit?.value.map(({ value }) => value) ?? [];
  if (limit === null || first === undefined) return [];
  const [count, skipped] =
    second === undefined ? [first, 0] : limit.seperator === ',' ? [second, first] : [first, second];
  // A negative limit is none, and a negative offset, too.
  const how = { skipped: Math.max(0, skipped), sorted: orderby !== null };
  if (count >= 0) return [words.takes(count, how)];
  return how.skipped === 0 ? [] : [words.takes('all', how)];
}
