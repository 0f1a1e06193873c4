/** The amount that is called as the rows of its table are: 预算金额 of 预算, beside 调整金额. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { hasHan } from '../../retrieval/words.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { calledBy, partsOf } from './comment-parts.ts';

/** The one such column of a table; undefined where there is none, or several. */
export function ownAmountOf({ name, comment, columns }: Table): Column | undefined {
  const things = [name, ...partsOf(comment)]
    .filter(hasHan)
    .map((thing) => thing.replace(/(?:信息|记录|明细)?表$|[表单]$|信息$|记录$|明细$/u, ''))
    .filter((thing) => thing.length > 1);
  const own = new Set(things.flatMap((thing) => [`${thing}金额`, `${thing}总额`, `${thing}额`]));
  const [only, ...more] = columns.filter(
    (column) => isNumber(column) && calledBy(column).some((called) => own.has(called)),
  );
  return more.length === 0 ? only : undefined;
}
