import { fold, type Table } from '../schema/schema.ts';
import { textOf } from '../sql/edit.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { textComparisons } from './compared-texts.ts';
import type { Rule } from './rule.ts';

/** How the names of the first and the last day of a period differ. */
const PAIRS = [
  ['start', 'end'],
  ['begin', 'end'],
  ['from', 'to'],
  ['from', 'until'],
] as const;

/** Said of the day on which a period begins or ends. */
const ON_THE_DAY =
  /\b(?:beg[aiu]n\w*|start\w*|becom(?:e|es|ing)|became|commenc\w*|effective|end(?:s|ed|ing)?|expir\w*|matur\w*|terminat\w*|finish\w*|laps\w*|due|t(?:ook|akes?|aken) (?:office|over|up|effect)|entered|left|leav\w*|join\w*|resign\w*|until|till)\b|\bfrom (?:\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b)|到期|期满|届满|生效|失效|[日号月]起|[日号月]止|起始|起自|开始|结束|终止|上任|就任|卸任|离任|离职|入职/i;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Who held a post on a day seldom began or ended on it. */
export const withinPeriods: Rule = {
  name: 'within-periods',
  summary:
    'A period that begins or ends on a day where none does becomes one that the day lies in, unless the question says that it begins or ends; one without an end goes on.',
  when: 'empty',
  apply(sql, { schema, question = '' }) {
    if (ON_THE_DAY.test(question)) return sql;
    const tokens = tokenizeSql(sql);
    let text = sql;
    for (const { reference, owner, column, texts } of textComparisons(tokens, schema).reverse()) {
      const [at, ...more] = texts;
      const [literal, sign] = [at === undefined ? undefined : tokens[at], tokens[reference.at + 1]];
      const period = periodOf(owner, column);
      if (literal === undefined || period === undefined || more.length > 0) continue;
      if (sign?.text !== '=' || !DAY.test(literal.value)) continue;
      const written = tokens.slice(reference.qualifier ?? reference.at, reference.at + 1);
      const qualifier = textOf(sql, written).slice(0, -column.length);
      const [first, last] = period.map((name) => `${qualifier}${name}`);
      const within = `${first} <= ${literal.text} and (${last} is null or ${last} >= ${literal.text})`;
      const from = written[0]?.start ?? 0;
      text = text.slice(0, from) + within + text.slice(literal.start + literal.text.length);
    }
    return text;
  },
};

/** The columns with the first and the last day of the period that one of them belongs to. */
function periodOf({ columns }: Table, column: string): readonly [string, string] | undefined {
  const name = fold(column);
  const names = new Map(columns.map((other) => [fold(other.name), other.name]));
  const partner = (one: string, other: string) => {
    const pattern = new RegExp(`(^|_)${one}(?=_|$|date|day)`);
    return pattern.test(name) ? names.get(name.replace(pattern, `$1${other}`)) : undefined;
  };
  for (const [start, end] of PAIRS) {
    const last = partner(start, end);
    if (last !== undefined) return [column, last];
    const first = partner(end, start);
    if (first !== undefined) return [first, column];
  }
  return undefined;
}
