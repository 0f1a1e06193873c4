/** The day on which the rows of a table begin: an order's is that of the order, not that of its delivery. */
import { type Column, findTable } from '../../schema/schema.ts';
import type { ParseState } from '../model/parse-state.ts';
import type { ColumnRef } from '../model/reading.ts';
import { calledBy } from './comment-parts.ts';
import { wordsOf } from './name-words.ts';
import { isDay } from './schema-columns.ts';

/** Days that something ends, follows, or is changed on: of several, those that it begins on are meant. */
const ENDS =
  /due|end|until|expir|matur|clos|updat|modif|deliver|ship|return|birth|dob|cancel|last|settle|resol|valid|value|(?:^|_)val(?:_|$)|paid|next|到期|结束|截止|更新|出生|离|交割|出院|归还|还款|结清|注销|销户|失效|停用|解约|终止|释放/i;
/** Others on which something comes after the beginning. */
const LATER =
  /receiv|rcvd|recd|receipt|arriv|promis|requir|expect|complet|finish|approv|到货|收货|发货|交货|交付|送达|签收|验收|要求|预计|承诺|完成|付款|支付|审批|审核|核准|批准|复核|驳回/i;

function isEnd(name: string): boolean {
  return ENDS.test(name) || ENDS.test(wordsOf(name).join('_'));
}

/** Of a day, by its name or what a comment calls it. */
export function isEndDay(column: Column): boolean {
  return calledBy(column).some(isEnd);
}

/** The one of some days that is no end of anything; undefined where there are none, or several. */
export function firstDay(days: readonly Column[]): Column | undefined {
  const [only, ...more] = days.filter(
    (column) =>
      !isEndDay(column) &&
      !calledBy(column).some((name) => LATER.test(wordsOf(name).join('_')) || LATER.test(name)),
  );
  return more.length > 0 ? undefined : only;
}

/** The one day on which the rows of a table begin; undefined where there are none, or several. */
export function firstDayOf(
  within: Pick<ParseState, 'schema' | 'chinese'>,
  table: string,
): ColumnRef | undefined {
  const columns = findTable(within.schema, table)?.columns ?? [];
  const first = firstDay(columns.filter(({ name }) => isDay(within, { table, column: name })));
  return first && { table, column: first.name };
}
