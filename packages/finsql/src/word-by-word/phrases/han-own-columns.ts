/** What a Chinese list asks of the rows themselves: ：编号、日期和金额; and those who are people: 余额最多的人. */
import { hasHan } from '../../retrieval/words.ts';
import { findColumn, type Schema, type Table } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { labelsOf } from '../columns/label-columns.ts';
import { COST } from '../columns/name-costs.ts';
import type { Meaning, Phrase } from '../model/phrase.ts';

const ITEM =
  /(?<=[：:、，,和及与列]\s*)(?:(编号|单号|号码)|日期|时间)(?=\s*(?:[、，,和及与。）)（(]|$))/gu;
const PEOPLE =
  /(?<=的|哪些|[\d一二两三四五六七八九十几][个位名])人(?=$|[，,、。？?：:（(是有和及]|分别|都)/gu;
const NAME = /^(?:姓名|户名|full_?name|person(?:_?name)?)$/iu;

/** The phrases of such items. */
export function hanOwnColumns(question: string): Phrase[] {
  if (!hasHan(question)) return [];
  return [...question.matchAll(ITEM)].map(({ 0: text, 1: number, index }) => {
    const of = number === undefined ? 'day' : 'key';
    const cost = number === undefined ? COST.verb : 0;
    const meaning: Meaning = { kind: 'word', word: 'own-number', of, cost };
    return { from: index, to: index + text.length, meanings: [meaning] };
  });
}

/** 人, where a table holds people. */
export function hanPeople({ tables }: Schema, question: string): Phrase[] {
  const meanings = tables
    .filter(holdsPeople)
    .map(({ name }): Meaning => ({ kind: 'table', table: name, cost: COST.verb }));
  if (meanings.length === 0) return [];
  return [...question.matchAll(PEOPLE)].map(({ index }) => ({
    from: index,
    to: index + 1,
    meanings,
  }));
}

function holdsPeople(table: Table): boolean {
  const [label, ...more] = labelsOf(table, true);
  const column = label === undefined ? undefined : findColumn(table, label);
  return (
    column !== undefined && more.length === 0 && calledBy(column).some((name) => NAME.test(name))
  );
}
