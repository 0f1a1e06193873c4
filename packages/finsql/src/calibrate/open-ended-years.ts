import { applyEdits, type Edit } from '../sql/edit.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import { askedColumns } from './asked-columns.ts';
import type { CalibrationContext, Rule } from './rule.ts';
import { yearCondition } from './year-conditions.ts';

type Sign = '>=' | '>' | '<';

/** What is said of a year that more than that year is meant by; the year is the first group. */
const SAID: readonly (readonly [RegExp, Sign])[] = [
  [/\b(?:since|in or after|from) (\d{4})(?= on\b| onwards?\b)/gi, '>='],
  [/\bsince (\d{4})(?![-\d])/gi, '>='],
  [/\b(\d{4}) (?:or|and) later\b/gi, '>='],
  [/(?<!in or |\b(?:the|a|one) (?:year|day) )\bafter (\d{4})(?![-\d])/gi, '>'],
  [/(?<!\b(?:the|a|one) (?:year|day) )\bbefore (\d{4})(?![-\d])/gi, '<'],
  [/(\d{4})年?(?:以来|至今|及以后|及之后)/g, '>='],
  [/(?<![-\d])(\d{4})年(?:以后|之后)/g, '>'],
  [/(?<![-\d])(\d{4})年(?:以前|之前)/g, '<'],
];

/** What changed from that year to another. */
const CHANGE =
  /\b(?:gr[oe]w\w*|growth|chang\w*|increas\w*|decreas\w*|ris(?:es?|en|ing)|rose|f[ae]ll(?:s|en|ing)?|drop\w*|declin\w*|gain\w*|los[et]s?|lost|differ\w*|compar\w*)\b|增|变化|变动|涨|跌|降|减|差/i;

/** "Since 2019" copies the condition of a known question about 2019. */
export const openEndedYears: Rule = {
  name: 'open-ended-years',
  summary:
    'A condition on one year becomes one on all since, after or before it, where the question says so.',
  when: 'always',
  apply(sql, context) {
    const years = openYears(context.question ?? '');
    if (years.size === 0) return sql;
    const tokens = tokenizeSql(sql);
    const edits: Edit[] = [];
    for (const [year, sign] of years) {
      const places = tokens.flatMap((token, at) => (token.text.includes(year) ? [at] : []));
      const [at, ...more] = places;
      if (at === undefined || more.length > 0 || isPointInTime(tokens, at, context)) continue;
      edits.push(...opened(tokens, at, year, sign, context));
    }
    return applyEdits(sql, tokens, edits);
  },
};

/** Years that the question names once, with what it says of them. */
function openYears(question: string): ReadonlyMap<string, Sign> {
  const years = new Map<string, Sign>();
  for (const [pattern, sign] of SAID) {
    for (const [, year = ''] of question.matchAll(pattern)) {
      if (question.split(year).length === 2 && !years.has(year)) years.set(year, sign);
    }
  }
  return years;
}

/**
 * Whether the year is reckoned with, or is one of two that are set beside each other: the same column is
 * compared with another, or the question asks what changed and the table is there twice.
 */
function isPointInTime(
  tokens: readonly SqlToken[],
  at: number,
  { schema, question = '' }: CalibrationContext,
): boolean {
  if (/^[-+*/%|]/.test(tokens[at + 1]?.text ?? '')) return true;
  const asked = askedColumns(tokens, schema);
  const own = asked.find((one) => one.at === at - 2);
  if (own === undefined) return false;
  const others = asked.filter((one) => one.column === own.column && one !== own);
  const isCompared = others.some((one) => comparesYear(tokens, one.at + 1));
  const isTwice = asked.some(
    ({ reference: { table, handle } }) =>
      table === own.reference.table && handle !== own.reference.handle,
  );
  return isCompared || (isTwice && CHANGE.test(question));
}

/** `= 2023`, `like '2023-%'`, `= (select max(year) …`. */
function comparesYear(tokens: readonly SqlToken[], sign: number): boolean {
  const [operator, value] = [tokens[sign]?.text.toLowerCase(), tokens[sign + 1]];
  if (operator !== '=' && operator !== 'like') return false;
  return value?.text === '(' || /^(?:1[5-9]|20|21)\d\d(?!\d)/.test(value?.value ?? '');
}

/** `x like '2019-%'` or `x = 2019` of a column of years, opened; none where the year stands otherwise. */
function opened(
  tokens: readonly SqlToken[],
  at: number,
  year: string,
  sign: Sign,
  { schema }: CalibrationContext,
): Edit[] {
  const condition = yearCondition(tokens, at, year, schema);
  if (condition === undefined) return [];
  if (condition === 'years') return [{ at: at - 1, text: sign }];
  // With a time of day the last day of the year is after its text: later than 2019 begins with 2020.
  const first = sign === '>' ? Number(year) + 1 : year;
  return [
    { at: at - 1, text: sign === '>' ? '>=' : sign },
    { at, text: `'${first}-01-01'` },
  ];
}
