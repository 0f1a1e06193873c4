/** What the amounts of a table are called added up: 销售额, 合同总额. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { holdsDays } from '../columns/schema-columns.ts';
import { toldOnce } from '../columns/told-once.ts';
import { wholeOf } from '../columns/whole-amounts.ts';
import { doneWith, thingsOf } from './done-with-rows.ts';

const AMOUNT = /amount|amt|金额|总额|款额$/i;
const QUANTITY = /quantity|qty|^units$|^数量$|件数$/i;
const SALES = /^销售/u;
/** Rows by which somebody earns. */
const EARNING = /订单$|^(?:销售|预订|收费|门诊收费)/u;
const BUYING = /采购|进货/u;

/** Whether a text asks for a column's figures added up, as 总金额 does where each row has one. */
export function isTotal(column: Column, text: string): boolean {
  return isNumber(column) && /总(?:金额|额)$/u.test(text);
}

/** Whether a column is the one amount of its table: 金额, whatever it is called. */
export function isSoleAmount(table: Table, column: Column): boolean {
  return soleAmount(table) === column;
}

const soleAmount = toldOnce((table: Table) => soleOf(table, AMOUNT));
const soleQuantity = toldOnce((table: Table) => soleOf(table, QUANTITY));

/** 最低申购金额 is no amount of its rows. */
const BOUND = /^最[低高大小多少]/u;

function soleOf(table: Table, pattern: RegExp): Column | undefined {
  const [only, ...more] = table.columns.filter(
    (one) =>
      isNumber(one) &&
      calledBy(one).some((name) => pattern.test(name)) &&
      !calledBy(one).some((name) => BOUND.test(name)),
  );
  if (only === undefined || more.length > 0) return undefined;
  return wholeOf(table, only) ?? only;
}

/** How the total of a column is said; nothing where its table has several such columns. */
export function totalNames(table: Table, column: Column): string[] {
  const things = thingsOf(table).flatMap((thing) => [thing, thing.replace(/单$/u, '')]);
  const isOfSales = things.some((thing) => SALES.test(thing));
  if (isSoleAmount(table, column)) {
    const own = /^(.*)金额$/u.exec(calledBy(column).at(-1) ?? '')?.[1] ?? '';
    const ofThings = [...new Set([...things, own])].filter((thing) => thing.length >= 2);
    return [
      ...ofThings.flatMap((thing) => [`${thing}总额`, `${thing}总金额`, `${thing}金额总计`]),
      ...(isOfSales ? ['销售额', '营业额', '消费金额', '消费额', '消费总额', '销售收入'] : []),
    ].filter((text) => text !== column.name);
  }
  if (soleQuantity(table) === column && isOfSales) {
    return ['销量', '销售量', '销售数量', '卖出多少件', '卖了多少件', '售出多少件', '卖出去多少件'];
  }
  return [];
}

/** 收入 for the one amount of what is sold. */
export function incomeNames(table: Table, column: Column): string[] {
  const things = thingsOf(table);
  const isEarned =
    things.some((thing) => EARNING.test(thing)) && !things.some((thing) => BUYING.test(thing));
  return isEarned && isSoleAmount(table, column) ? ['收入', '总收入', '营收', '营业收入'] : [];
}

/** Days that are of anything that is done. */
const ANY_DAY = /^(?:交易|发生|业务|登记|记账|入账)?(?:日期|时间|日)$/u;

/** 赔了多少钱 for 赔付金额: what came together by what was done, unless the day of the row is that of something else. */
export function doneAmounts(table: Table, column: Column): string[] {
  if (!isNumber(column)) return [];
  const days = table.columns.filter(holdsDays);
  const saidOfRows = new Set(doneWith(table));
  return calledBy(column).flatMap((name) => {
    const done = /^(\p{Script=Han}{2})(?:金额|经费|款额|资金)$/u.exec(name)?.[1];
    if (done === undefined) return [];
    const isOfDone = (day: string) =>
      ANY_DAY.test(day) || [...done].some((one) => day.includes(one));
    const [day, ...more] = days;
    const isOther = day !== undefined && more.length === 0 && !calledBy(day).some(isOfDone);
    const verbs = isOther
      ? []
      : [done, done.slice(0, 1)].filter(
          (verb) => !saidOfRows.has(verb) && !saidOfRows.has(`${verb}了`),
        );
    return verbs.flatMap((verb) => ['多少', '多少钱'].map((end) => `${verb}了${end}`));
  });
}
