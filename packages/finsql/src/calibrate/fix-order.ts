import { nameWords, stem, words } from '../retrieval/words.ts';
import { analyse } from '../sql/scopes.ts';
import { soleOrder } from '../sql/select-list.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import type { Rule } from './rule.ts';
import { saidFirst } from './said-first.ts';

/** Revenue may be decreasing, too: it is an order that is said to be so. */
const ordered = (word: string) =>
  `\\b${word}(?: \\w+)? order\\b|\\b(?:order|sort|rank|arrang|list)\\w*(?: \\w+)? (?:by|of)(?: \\w+){0,3},? ${word}\\b`;
const DECREASING = new RegExp(ordered('decreasing'), 'i');
const INCREASING = new RegExp(ordered('increasing'), 'i');
const DOWN = /\bdescending\b|降序/i;
const UP = /\bascending\b|升序/i;
const FROM_HIGH =
  /\bfrom (?:the )?(?:high(?:est)?|larg(?:e|est)|big(?:gest)?|great(?:est)?|most|long(?:est)?|late(?:st)?|new(?:est)?) to\b|从[高大多新晚长]到|由[高大多新晚长]到/i;
const FROM_LOW =
  /\bfrom (?:the )?(?:low(?:est)?|small(?:est)?|few(?:est)?|least|short(?:est)?|earl(?:y|iest)) to\b|从[低小少旧早短]到|由[低小少旧早短]到/i;
/** What goes from one to the other itself is in no order by that. */
const MOVED =
  /\b(?:mov|chang|went|go(?:es|ne)\b|ros|ris|fell|fall|grew|grow|switch|shift|turn|pass|slip|jump|upgrad|downgrad|rais|cut\b|lower|improv|worsen)\w*(?: \w+){0,2} from\b|[变调升降转改](?:\S{0,3})[从由]|[从由].到.(?:变|调|升|降|转)/i;
/** With the extremes of a scale, or beside a word of sorting, it is an order. */
const EXTREMES = /\bfrom (?:the )?(?:\w+est|most|least) to\b/i;
const SORTING = /\b(?:list|sort|order|rank|arrang)\w*\b|[排按列序]/i;

/** Of ages; dates and years go the other way. */
const FROM_OLD = /\bfrom (?:the )?old(?:est)? to\b/i;
const FROM_YOUNG = /\bfrom (?:the )?young(?:est)? to\b/i;

/** Who is older, or longer there, was born, or came, earlier. */
const OF_AGE =
  /\b(?:age|seniority|tenure|experience|(?:length|years?) of service|longest|shortest)\b|年龄|岁|[工司党教]龄|年资|资历|年限|时长|从[长短]到|由[长短]到/i;
const BEGINS =
  /^(?:birth\w*|born|dob|hired?|joined|since|start(?:ed)?|entered|founded|opened|year|date)$/;
/** The first of a ranking is its highest. */
const PLACES = /^(?:rank|ranking|place|position|seed)$/;

/** Which way rows are ordered, where the question says it in so many words. */
export const fixOrder: Rule = {
  name: 'fix-order',
  summary: 'Rows are ordered downwards or upwards as the question says.',
  when: 'always',
  apply(sql, { schema, question = '' }) {
    const tokens = tokenizeSql(sql);
    const term = soleOrder(tokens);
    const last = term?.at(-1);
    if (term === undefined || last === undefined) return sql;
    const written = /^(?:asc|desc)$/i.test(last?.text ?? '') ? last : undefined;
    const begin = tokens.length - term.length;
    const column = analyse(tokens, schema).columns.findLast(({ at }) => at >= begin);
    const named = column === undefined ? [] : nameWords(tokens[column.at]?.value ?? '');
    const ages = named.includes('age');
    const runsOtherwise = !ages && OF_AGE.test(question) && named.some((word) => BEGINS.test(word));
    if (runsOtherwise || named.some((word) => PLACES.test(word))) return sql;
    const along = isAlong(question, named);
    const down =
      DOWN.test(question) ||
      DECREASING.test(question) ||
      (along && FROM_HIGH.test(question)) ||
      (ages && FROM_OLD.test(question));
    const up =
      UP.test(question) ||
      INCREASING.test(question) ||
      (along && FROM_LOW.test(question)) ||
      (ages && FROM_YOUNG.test(question));
    const isDown = written?.text.toLowerCase() === 'desc';
    if (down === up || down === isDown) return sql;
    if (written === undefined) return `${sql.slice(0, last.start + last.text.length)} desc`;
    return `${sql.slice(0, written.start)}${down ? 'desc' : 'asc'}`;
  },
};

/** Whether `from low to high` is the way that rows run by a column whose name has those words. */
function isAlong(question: string, named: readonly string[]): boolean {
  if (MOVED.test(question) || saidFirst(question) !== undefined) return false;
  const said = new Set(words(question).map(stem));
  const isNamed = named.some((word) => said.has(stem(word)));
  return isNamed || EXTREMES.test(question) || SORTING.test(question);
}
