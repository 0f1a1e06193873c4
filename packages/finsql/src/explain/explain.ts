/** SQL → plain sentences, from its tree; nothing here is guessed by a model. */
import { hasCompactDays } from '../calibrate/date-forms.ts';
import type { Language } from '../language.ts';
import { hasHan } from '../retrieval/words.ts';
import { findTable, type Schema } from '../schema/schema.ts';
import { type SetOperation, type StatementWords, wordingOf } from '../wording/wording.ts';
import { type Expression, type Part, parseStatement, type Select } from './ast.ts';
import { type CodesShown, codesShown, meaningsOf } from './codes.ts';
import { columnOf } from './column-of.ts';
import { readsSentences } from './joins.ts';
import { namingOf } from './naming.ts';
import { conditionPhrase, type Phrasing, valuePhrase } from './phrases.ts';
import { type Unit, unitsShown } from './units.ts';

/** What is told of a SELECT besides its tree. */
interface Telling {
  readonly words: StatementWords;
  phrasingOf(from: Select['from']): Phrasing;
  commentOn(table: string): string;
  unitsOf(select: Select): readonly Unit[];
  codesOf(select: Select): readonly CodesShown[];
}

/** What a statement does: one sentence per clause, an inner query in one. Empty when it can't be parsed. */
export function explainSql(sql: string, schema: Schema, language: Language = 'en'): string[] {
  const words = wordingOf(language).statements;
  return explainParts(parseStatement(sql) ?? [], {
    words,
    phrasingOf: (from) => ({
      words,
      naming: namingOf(from),
      isCompactDay: (column) => {
        const own = columnOf(column, from ?? [], schema);
        return own !== undefined && hasCompactDays(own);
      },
      meaningOf: (column, code) => {
        const own = columnOf(column, from ?? [], schema);
        const meanings = own === undefined ? [] : meaningsOf(own, language);
        return meanings.find((one) => one.code === code)?.words;
      },
    }),
    commentOn: (name) => commentOf(name, schema, language),
    unitsOf: (select) => unitsShown(select, schema, language, namingOf(select.from).column),
    codesOf: (select) => codesShown(select, schema, language, namingOf(select.from).column),
  });
}

function explainParts(parts: readonly Part[], telling: Telling): string[] {
  return combined(parts, telling, (select) => [
    ...innerQueriesOf(select).flatMap((inner) => explainInner(inner, telling)),
    ...explainSelect(select, telling),
  ]);
}

/** ORDER BY and LIMIT of the last of several SELECTs are about the rows of all. */
function combined(
  parts: readonly Part[],
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
  const phrasing = telling.phrasingOf(from);
  const value = (expression: Expression) => orderPhrase(expression, columns, phrasing);
  const ordered = [...orderSentences(last, words, value), ...limitSentences(last, words)];
  return ordered.length === 0 ? sentences : [...sentences, words.whole, ...ordered];
}

/** The queries inside an inner query come before it, so that none stands within the sentence of another. */
function explainInner({ name, select }: NamedQuery, telling: Telling): string[] {
  const parts = partsOf(select);
  const inner = parts.flatMap((part) => innerQueriesOf(part.select));
  const sentences = combined(parts, telling, (part) => explainSelect(part, telling));
  return [
    ...inner.flatMap((query) => explainInner(query, telling)),
    telling.words.inner(name, sentences),
  ];
}

interface NamedQuery {
  /** `''` for one without a name. */
  readonly name: string;
  readonly select: Select;
}

/** What WITH names and FROM reads. */
function innerQueriesOf({ with: named, from }: Select): NamedQuery[] {
  return [
    ...(named ?? []).map(({ name: { value }, columns, stmt }) => ({
      name: columns ? `${value}(${columns.map(({ column }) => column).join(', ')})` : value,
      select: stmt.ast,
    })),
    ...(from ?? []).flatMap(({ as, expr }) =>
      expr?.ast === undefined ? [] : [{ name: as ?? '', select: expr.ast }],
    ),
  ];
}

/** The SELECTs that UNION puts together within parentheses. */
function partsOf(select: Select, operation: SetOperation | null = null): Part[] {
  const { _next: next, set_op: word = '' } = select;
  const rest = next && partsOf(next, word.toLowerCase() as SetOperation);
  return [{ operation, select }, ...(rest ?? [])];
}

function explainSelect(select: Select, telling: Telling): string[] {
  const { words, commentOn, unitsOf, codesOf } = telling;
  const phrasing = telling.phrasingOf(select.from);
  const { from, where, groupby, having, columns, distinct } = select;
  const value = (expression: Expression) => orderPhrase(expression, columns, phrasing);
  const groups = groupby?.columns ?? [];
  const shown = columns.map(({ expr, as }) => {
    const phrase = valuePhrase(expr, phrasing);
    return as === null || as === phrase ? phrase : words.named(phrase, as);
  });
  const units = unitsOf(select);
  return [
    ...readsSentences(from ?? [], phrasing, commentOn),
    ...(where ? [words.keepsRows(conditionPhrase(where, phrasing))] : []),
    ...(groups.length > 0 ? [words.groups(groups.map(value))] : []),
    ...(having ? [words.keepsGroups(conditionPhrase(having, phrasing))] : []),
    words.shows(shown, Boolean(distinct)),
    ...(units.length > 0 ? [words.units(units)] : []),
    ...codesOf(select).map(words.codes),
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
