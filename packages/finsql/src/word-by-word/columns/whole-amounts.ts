/** The whole of an amount that is stored in parts: 价税合计 beside 不含税金额. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { calledBy } from './comment-parts.ts';

const PART = /^[不未]含/u;
const WHOLE = /合计$/u;

/** The one column that holds the whole of what another holds without something; undefined for an amount that is no such part. */
export function wholeOf({ columns }: Pick<Table, 'columns'>, part: Column): Column | undefined {
  if (!calledBy(part).some((name) => PART.test(name))) return undefined;
  const [whole, ...more] = columns.filter(
    (one) => isNumber(one) && calledBy(one).some((name) => WHOLE.test(name)),
  );
  return more.length === 0 ? whole : undefined;
}
