import { readPeriods } from '../retrieval/quantities/periods.ts';
import type { Column } from '../schema/schema.ts';
import { applyEdits, type Edit } from '../sql/edit.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import { askedColumnAt } from './asked-columns.ts';
import type { CalibrationContext, Rule } from './rule.ts';
import { yearCondition } from './year-conditions.ts';

/** Stands between the first year and the last. */
const TO = /^ ?(?:to|till|until|through|[-–—至到]) ?$/i;
/** Years that are spelled out need no day to be counted from. */
const ANY_DAY = '2000-01-01';

/** "2019 to 2024" beside a known question about one year. */
export const wholeSpans: Rule = {
  name: 'whole-spans',
  summary:
    'A condition on the first year of several that the question names from the first to the last becomes one on all of them, where the statement says nothing of the last.',
  when: 'always',
  apply(sql, context) {
    const span = soleSpan(context.question ?? '');
    if (span === undefined || sql.includes(span.last)) return sql;
    const tokens = tokenizeSql(sql);
    const places = tokens.flatMap((token, at) => (token.text.includes(span.first) ? [at] : []));
    const [at, ...more] = places;
    if (at === undefined || more.length > 0) return sql;
    return applyEdits(sql, tokens, widened(tokens, at, span, context));
  },
};

interface YearSpan {
  readonly first: string;
  readonly last: string;
}

/** The one span of whole years that a question names; undefined where it names another period, too. */
function soleSpan(question: string): YearSpan | undefined {
  const periods = readPeriods(question, ANY_DAY);
  const [begin, end = begin, ...more] = periods;
  if (begin === undefined || end === undefined || more.length > 0) return undefined;
  if (begin.relative || end.relative) return undefined;
  const between = question.slice(begin.at + begin.text.length, end.at);
  if (begin !== end && !TO.test(between)) return undefined;
  const isWhole = begin.from.endsWith('-01-01') && end.to.endsWith('-12-31');
  const [first, last] = [begin.from.slice(0, 4), end.to.slice(0, 4)];
  return isWhole && first < last ? { first, last } : undefined;
}

/** Days with a time behind them: the last day of a year is after its own text. */
function holdsTimes({ samples }: Column): boolean {
  return samples.some((one) => /^\d{4}-\d\d-\d\d[ T]\d/.test(one));
}

/** `x = 2019` of a column of years, `x like '2019-%'`; none where the year stands otherwise. */
function widened(
  tokens: readonly SqlToken[],
  at: number,
  { first, last }: YearSpan,
  { schema }: CalibrationContext,
): Edit[] {
  const condition = yearCondition(tokens, at, first, schema);
  if (condition === undefined) return [];
  const asked = askedColumnAt(tokens, schema, at - 2);
  if (condition === 'days' && asked !== undefined && holdsTimes(asked.column)) {
    const before = tokens[at - 3]?.text === '.' ? `${tokens[at - 4]?.text}.` : '';
    const column = before + (tokens[at - 2]?.text ?? '');
    return [
      { at: at - 1, text: '>=' },
      { at, text: `'${first}-01-01' and ${column} < '${Number(last) + 1}-01-01'` },
    ];
  }
  const ends =
    condition === 'days' ? `'${first}-01-01' and '${last}-12-31'` : `${first} and ${last}`;
  return [
    { at: at - 1, text: 'between' },
    { at, text: ends },
  ];
}
