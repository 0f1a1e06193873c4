/** `leave days`: so many days, and no date on which somebody left. */
import { findColumn, findTable, type Schema } from '../../schema/schema.ts';
import { holdsDays } from '../columns/schema-columns.ts';
import type { Meaning, Phrase } from '../model/phrase.ts';
import { unread } from '../model/unread.ts';

/**
 * The phrases, without dates for what is said in days.
 * @throws Unread where nothing else is meant by one
 */
export function withoutCountedDays(
  phrases: readonly Phrase[],
  question: string,
  schema: Schema,
): readonly Phrase[] {
  const isDate = (one: Meaning) => {
    const table = one.kind === 'column' ? findTable(schema, one.table) : undefined;
    const column = one.kind === 'column' && table ? findColumn(table, one.column) : undefined;
    return column !== undefined && holdsDays(column) && !/day/i.test(column.name);
  };
  return phrases.map((phrase) => {
    const isCounted = /[a-z] days$/i.test(question.slice(phrase.from, phrase.to));
    const meanings = isCounted ? phrase.meanings.filter((one) => !isDate(one)) : phrase.meanings;
    if (meanings.length === 0 && phrase.meanings.length > 0) unread('days, or dates');
    return { ...phrase, meanings };
  });
}
