/** Figures that are asked for by what they are counted in: 一共多少手 of a column of 手数, 多少课时, 多少股. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { hasHan } from '../../retrieval/words.ts';
import type { Column, Schema } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { COST } from '../columns/name-costs.ts';
import { wordsOf } from '../columns/name-words.ts';
import type { Meaning, Phrase } from '../model/phrase.ts';
import { unread } from '../model/unread.ts';
import { translationsOf } from '../names/han-translations.ts';

const ASKED =
  /((?:(?:一共|总共|合计|共计|累计|共)(?:有|是)?|各有?|分别有?|有|是|了)?)(多少|几)(手|课时|股|份|吨|升|度|公斤|千克|平米|平方米|里程|公里|小时|工时|积分|万份|万股)(?=$|[，,、。；;？?！!）)和及])/gu;
const EACH = /^(?:各|分别)/u;

/**
 * The phrases of such figures, the question for it and the column apart.
 * @throws Unread where nothing tells how many shares there are
 */
export function unitFigures(question: string, schema: Schema): Phrase[] {
  if (!hasHan(question)) return [];
  return figuresIn(question, schema);
}

/** 平均期限（年）. @throws Unread where it is kept in months: nothing is read in years */
export function expectNoYears(question: string, { tables }: Schema): void {
  const isInMonths = tables.some(({ columns }) =>
    columns.some((one) => isNumber(one) && /month|月/i.test(`${one.name}${one.comment}`)),
  );
  if (isInMonths && /[（(]年[)）]/u.test(question)) unread('years of months');
}

function figuresIn(question: string, schema: Schema): Phrase[] {
  return [...question.matchAll(ASKED)].flatMap(
    ({ 0: text, 1: before = '', 3: unit = '', index }): Phrase[] => {
      const meanings = schema.tables.flatMap((table) =>
        table.columns
          .filter((column) => isCountedIn(column, unit))
          .map(
            ({ name }): Meaning => ({
              ...{ kind: 'column', table: table.name, column: name },
              ...{ total: true, cost: COST.full },
            }),
          ),
      );
      if (meanings.length === 0) return unit === '股' ? unread('how many of a unit') : [];
      const from = index + (before === '了' ? 1 : 0);
      const end = index + text.length;
      const each = EACH.test(before) ? ({ each: true } as const) : {};
      const asking: Meaning = { kind: 'word', word: 'how-much', ...each, cost: 0 };
      return [
        { from, to: end - unit.length, meanings: [asking] },
        { from: end - unit.length, to: end, meanings },
      ];
    },
  );
}

/** What tells how many shares are bought and sold. */
const SHARES = /^(?:quantity|qty|shares)$/;

/** A column of 手数, 购买课时, or one that its comment says to be in 手. */
function isCountedIn(column: Column, unit: string): boolean {
  if (!isNumber(column)) return false;
  const bare = unit.replace(/^万/u, '');
  const called = [...calledBy(column), ...translationsOf(wordsOf(column.name))];
  const isCalled = called.some((name) => name.endsWith(`${bare}数`) || name.endsWith(bare));
  const isOfShares = bare === '股' && wordsOf(column.name).some((word) => SHARES.test(word));
  return isCalled || isOfShares || column.comment.trim() === unit;
}
