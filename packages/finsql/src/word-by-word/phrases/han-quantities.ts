/** 采购数量, where lines of purchases hold a 数量: how much is bought, and no number of rows. */
import { findTable, type Schema } from '../../schema/schema.ts';
import { calledBy, partsOf } from '../columns/comment-parts.ts';
import { columnOf } from '../columns/schema-columns.ts';
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';
import type { ColumnRef } from '../model/reading.ts';

const QUANTITY = /^总?数量$/u;
/** Words for rows themselves, of which there are so many. */
const ROWS = /[单票据同户人员品商司]$/u;
/** What stands behind what is done in the names of the rows of it. */
const OF_ROWS = /^(?:订单|单|合同)?(?:明细|记录|流水|清单)?表?$/u;

/** The phrases, with such a word for the column alone, and what is done for the rows that have it. */
export function quantitiesDone(
  phrases: readonly Phrase[],
  question: string,
  schema: Schema,
): Phrase[] {
  const found = phrases.map((phrase, at) => {
    const next = phrases[at + 1];
    return next === undefined ? [] : tablesWithIt(phrase, next, question, schema);
  });
  return phrases.map((phrase, at) => {
    const [own = [], before = []] = [found[at], found[at - 1]];
    const isOf = (one: Meaning, tables: readonly string[]) =>
      'table' in one && tables.includes(one.table);
    if (before.length > 0) {
      const meanings = phrase.meanings.filter((one) => one.kind === 'column' && isOf(one, before));
      return { ...phrase, meanings };
    }
    if (own.length === 0) return phrase;
    return { ...phrase, meanings: phrase.meanings.filter((one) => isOf(one, own)) };
  });
}

/** The tables of what is done that have a column for how much of it. */
function tablesWithIt(done: Phrase, next: Phrase, question: string, schema: Schema): string[] {
  const [said, much] = [question.slice(done.from, done.to), question.slice(next.from, next.to)];
  const isCount = next.meanings.some((one) => isWord(one, 'measure') && one.call === 'count');
  if (done.to !== next.from || !isCount || !QUANTITY.test(much) || ROWS.test(said)) return [];
  const isColumn = (one: Meaning, table: string) =>
    one.kind === 'column' && one.table === table && calledIn(schema, one).includes('数量');
  return done.meanings.flatMap((one) => {
    if (one.kind !== 'table' || !isOfDone(one.table, said, schema)) return [];
    return next.meanings.some((other) => isColumn(other, one.table)) ? [one.table] : [];
  });
}

function calledIn(schema: Schema, ref: ColumnRef): readonly string[] {
  const found = columnOf({ schema }, ref);
  return found === undefined ? [] : calledBy(found);
}

/** Whether the rows of a table are called by what is done with them, and something behind it. */
function isOfDone(table: string, said: string, schema: Schema): boolean {
  const { name, comment = '' } = findTable(schema, table) ?? { name: table };
  return [name, ...partsOf(comment)].some((called) => {
    const rest = called.startsWith(said) ? called.slice(said.length) : undefined;
    return rest !== undefined && rest !== '' && OF_ROWS.test(rest);
  });
}
