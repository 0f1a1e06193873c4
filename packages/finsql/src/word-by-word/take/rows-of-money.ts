/** Rows that are so much and not so many: 发了多少佣金, 奖金最多的员工. */
import { findTable } from '../../schema/schema.ts';
import { soleAmount } from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import type { ColumnRef } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { thingsOf } from '../names/done-with-rows.ts';

const MONEY =
  /(?:佣金|提成|奖金|工资|薪资|津贴|补贴|费用|保费|租金|利息|税款|罚款|成本|预算|收入|支出|营收|款项|经费)$/u;

/** The amount of rows that are money; undefined where rows are something else. @throws Unread where nothing tells how much they are */
export function amountOfMoney(state: ParseState, table: string): ColumnRef | undefined {
  const found = findTable(state.schema, table);
  const isMoney = found !== undefined && thingsOf(found).some((thing) => MONEY.test(thing));
  return state.chinese && isMoney ? soleAmount(state, table) : undefined;
}

/** Whether what comes next, or last before, is such rows, which are then added up. @throws Unread where they are measured otherwise */
export function sumsMoney(state: ParseState): boolean {
  const { asked, said } = state;
  const [next] = ahead(state);
  const named = next ?? behind(state);
  const of = named?.kind === 'table' ? amountOfMoney(state, named.table) : undefined;
  if (of === undefined) return false;
  const isMeasured = said.calls.some((call) => call !== 'sum') || said.sign !== undefined;
  if (asked.shown.length > 0 || isMeasured || said.without) unread('how much of what');
  if (next !== undefined) state.at++;
  said.calls = [];
  asked.tables.push(of.table);
  asked.shown.push({ call: 'sum', of });
  return true;
}
