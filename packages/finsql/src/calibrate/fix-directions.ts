import { applyEdits, type Edit } from '../sql/edit.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import { isDenied } from './denied-parts.ts';
import type { Rule } from './rule.ts';

/** What is beside such words: no place of a ranking, 10th. */
const NUMBER =
  /\s*(?:the\s+)?(?:age\s+(?:of\s+)?)?(\d+(?:\.\d+)?)(?![\d.,]*\d)(?!\s?(?:st|nd|rd|th)\b)/.source;
const BELOW = beside(
  /(?:\b(?:under|below|beneath|less than|fewer than|smaller than|lower than|younger than|shorter than|cheaper than)|低于|少于|小于)/,
);
const ABOVE = beside(
  /(?:\b(?:over|above|more than|greater than|larger than|bigger than|higher than|older than|longer than|exceed(?:s|ed|ing)?)|高于|多于|大于|超过)/,
);

function beside(words: RegExp): RegExp {
  return new RegExp(words.source + NUMBER, 'gi');
}

/** Behind the number and what it counts: 30亿元以下, 1%以内. */
const MEASURE =
  '[%％]?(?:个百分点)?(?:[百千万亿]{0,2}(?:美元|港元|[元股份人户名家个只支位岁年月天点倍]))?';
const BELOW_BEHIND = new RegExp(`(?<![\\d.,])(\\d+(?:\\.\\d+)?)${MEASURE}以[下内]`, 'gu');
const ABOVE_BEHIND = new RegExp(`(?<![\\d.,])(\\d+(?:\\.\\d+)?)${MEASURE}以上`, 'gu');

/** The second place is above the third, as 2 is below 3. */
const RANKED =
  /(?:\b(?:rank(?:s|ed|ing)?|plac(?:e|es|ed|ing)|positions?|positioned|seeded)(?: (?:is|are|was|were|of|at))?|排名|排行|排序|名次|位次|排(?:在|到)?)[是为在]?\s*(?:第\s*)?$/i;
/** Who is older than 2015 was born before it. */
const OF_AGE = /^(?:older|younger)\b/i;
const YEAR = /^(?:1[89]|20|21)\d\d$/;

/** What is said of none, or of all, is asked for by those for which it is not so. */
const NEGATED =
  /\b(?:no|not|never|none|neither|nor|nothing|without|except|always|every|only|\w+n['’]t|exclud\w*|remov\w*|drop(?:s|ped|ping)?|omit\w*|ignor\w*|other than|apart from|aside from|leav\w* out|fail\w*)\b|去[掉除]|过滤|扣除|剔除|排除|[不未没无非除]|(?<![成首])都|(?<![平人户月日年])均|(?<![几多少哪每各该某这那数\d一二两三四五六七八九十百千]\s?)只/i;
/** `All funds under 30` may be those that are to be listed; 全部低于 is said of each. */
const OF_ALL =
  /(?<!\b(?:list|show|find|give|name|get|count|display|return|of)(?: me)?\s)\ball\b|全(?:部|体|是|为)?\s*(?:低于|少于|小于|高于|多于|大于|超过)/i;
const LISTED = /\ball\b|全|所有/i;
const NEGATED_SQL = /\b(?:not|except|case)\b/i;

/** The sign that looks the other way. */
const TURNED: Readonly<Record<string, string>> = { '<': '>', '<=': '>', '>': '<', '>=': '<' };

/** "Under 30" beside a known question about more than 30. */
export const fixDirections: Rule = {
  name: 'fix-directions',
  summary: 'A number that the question says "under" or "over" of is compared so.',
  when: 'always',
  apply(sql, { question = '' }) {
    if (NEGATED.test(question) || OF_ALL.test(question)) return sql;
    if (LISTED.test(question) && NEGATED_SQL.test(sql)) return sql;
    const tokens = tokenizeSql(sql);
    const below = numbersIn(question, [BELOW, BELOW_BEHIND]);
    const above = numbersIn(question, [ABOVE, ABOVE_BEHIND]);
    const edits = [
      ...turned(tokens, below, above, /^>=?$/),
      ...turned(tokens, above, below, /^<=?$/),
    ];
    return applyEdits(sql, tokens, edits);
  },
};

/** Numbers beside such words, which the question names once. */
function numbersIn(question: string, patterns: readonly RegExp[]): ReadonlySet<number> {
  const all = [...question.matchAll(/\d+(?:\.\d+)?/g)].map(([number]) => Number(number));
  const found = patterns.flatMap((words) =>
    [...question.matchAll(words)].flatMap(({ 0: said, 1: number = '', index }) => {
      const isYear = OF_AGE.test(said) && YEAR.test(number);
      return isYear || RANKED.test(question.slice(0, index)) ? [] : [Number(number)];
    }),
  );
  return new Set(found.filter((number) => all.filter((one) => one === number).length === 1));
}

/** Turns the signs before the numbers, where each stands in the statement once. */
function turned(
  tokens: readonly SqlToken[],
  numbers: ReadonlySet<number>,
  others: ReadonlySet<number>,
  wrong: RegExp,
): Edit[] {
  const literals = tokens.filter(({ kind }) => kind === 'number');
  return tokens.flatMap((token, at) => {
    const number = Number(token.value);
    const sign = tokens[at - 1]?.text ?? '';
    if (token.kind !== 'number' || !numbers.has(number) || others.has(number)) return [];
    if (literals.filter(({ value }) => Number(value) === number).length > 1) return [];
    if (isDenied(tokens, at)) return [];
    return wrong.test(sign) ? [{ at: at - 1, text: TURNED[sign] ?? sign }] : [];
  });
}
