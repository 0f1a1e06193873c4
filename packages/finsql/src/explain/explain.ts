/** SQL → plain sentences, from its tree; nothing here is guessed by a model. */
import type { Language } from '../language.ts';
import { hasHan } from '../retrieval/words.ts';
import { findTable, type Schema } from '../schema/schema.ts';
import { type Wording, wordingOf } from '../wording/wording.ts';
import { type From, parseStatement, type Select } from './ast.ts';
import { conditionPhrase, namingOf, type Phrasing, valuePhrase } from './phrases.ts';
import { type Unit, unitsShown } from './units.ts';

/** What a statement does: one sentence per clause. Empty when it can't be parsed. */
export function explainSql(sql: string, schema: Schema, language: Language = 'en'): string[] {
  const words = wordingOf(language).statements;
  return (parseStatement(sql) ?? []).flatMap(({ operation, select }) => {
    const sentences = explainSelect(select, words, {
      commentOn: (name) => commentOf(name, schema, language),
      units: unitsShown(select, schema, language, namingOf(select.from).column),
    });
    return operation === null ? sentences : [words.combines[operation], ...sentences];
  });
}

function explainSelect(
  select: Select,
  words: Wording['statements'],
  { commentOn, units }: { commentOn(table: string): string; readonly units: readonly Unit[] },
): string[] {
  const phrasing = { words, naming: namingOf(select.from) };
  const value = (expression: Parameters<typeof valuePhrase>[0]) =>
    valuePhrase(expression, phrasing);
  const { from, where, groupby, having, columns, distinct, orderby } = select;
  const groups = groupby?.columns ?? [];
  const shown = columns.map(({ expr, as }) => {
    const phrase = value(expr);
    return as === null || as === phrase ? phrase : words.named(phrase, as);
  });
  const orders = orderby?.map(({ expr, type }) => ({
    value: value(expr),
    descending: type === 'DESC',
  }));
  return [
    ...readsSentences(from ?? [], phrasing, commentOn),
    ...(where ? [words.keepsRows(conditionPhrase(where, phrasing))] : []),
    ...(groups.length > 0 ? [words.groups(groups.map(value))] : []),
    ...(having ? [words.keepsGroups(conditionPhrase(having, phrasing))] : []),
    words.shows(shown, Boolean(distinct)),
    ...(units.length > 0 ? [words.units(units)] : []),
    ...(orders ? [words.sorts(orders)] : []),
    ...limitSentences(select, words),
  ];
}

function readsSentences(
  from: readonly From[],
  phrasing: Phrasing,
  commentOn: (table: string) => string,
): string[] {
  if (from.length === 0) return [];
  const { words } = phrasing;
  const tables = from.map(({ table = '', expr }) => {
    if (expr?.ast !== undefined) return words.innerQuery;
    return expr === undefined ? words.table(table, commentOn(table)) : words.functionRows;
  });
  const keys = from.flatMap(({ on }) => (on ? [conditionPhrase(on, phrasing)] : []));
  return [words.reads(tables, keys)];
}

/** What the comment of a table tells beyond its name, in the language where it has it: `english | 中文`. */
function commentOf(name: string, schema: Schema, language: Language): string {
  const parts = (findTable(schema, name)?.comment ?? '').split('|').map((part) => part.trim());
  const comment = parts.find((part) => hasHan(part) === (language === 'zh')) ?? parts[0] ?? '';
  return comment.toLowerCase() === name.replaceAll('_', ' ').toLowerCase() ? '' : comment;
}

function limitSentences({ limit, orderby }: Select, words: Wording['statements']): string[] {
  const [first, second] = limit?.value.map(({ value }) => value) ?? [];
  if (limit === null || first === undefined) return [];
  const [count, skipped] =
    second === undefined ? [first, 0] : limit.seperator === ',' ? [second, first] : [first, second];
  return [words.takes(count, { skipped, sorted: orderby !== null })];
}
