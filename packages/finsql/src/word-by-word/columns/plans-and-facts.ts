/** What was spent, drawn or paid against what was planned, allowed or due, where a question names the latter alone: `over budget`, `above their limit`. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { type Column, findTable, fold, type Schema } from '../../schema/schema.ts';
import type { ColumnRef } from '../model/reading.ts';
import { withoutUnit } from './money-names.ts';
import { wordsOf } from './name-words.ts';

/** Names of what is planned, and of what then is so. */
const PAIRS: readonly (readonly [plan: RegExp, fact: RegExp])[] = [
  [
    /^(?:budget|budgeted|estimate|estimated|planned|plan)(?: (?:amount|cost|hours))?$/,
    /^(?:actual|spent|amount|cost|actual cost|actual amount)$/,
  ],
  [
    /^(?:(?:credit|facility|overdraft|loan|card|spending) )?(?:limit|line)$|^(?:commitment|committed|approved)(?: amount)?$/,
    /^(?:drawn|used|utili[sz]ed|outstanding)(?: (?:balance|amount))?$|^(?:current )?balance$/,
  ],
  [/^(?:target|goal)(?: amount)?$/, /^(?:raised|sold|reached|actual|achieved)(?: amount)?$/],
];

/** The one figure of a table that is held against another of it; undefined where there is none, or several. */
export function factOf(schema: Schema, { table, column }: ColumnRef): ColumnRef | undefined {
  const own = (findTable(schema, table)?.columns ?? []).filter(isNumber);
  const called = ({ name }: Column) => withoutUnit(wordsOf(name)).join(' ');
  const plan = own.find(({ name }) => fold(name) === fold(column));
  const facts = PAIRS.filter(([pattern]) => plan !== undefined && pattern.test(called(plan)));
  const found = own.filter((one) => facts.some(([, pattern]) => pattern.test(called(one))));
  const [only, ...others] = found;
  return only === undefined || others.length > 0 ? undefined : { table, column: only.name };
}
