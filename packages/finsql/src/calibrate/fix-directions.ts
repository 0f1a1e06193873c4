import { applyEdits, type Edit } from '../sql/edit.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { Rule } from './rule.ts';

const BELOW =
  /(?:\b(?:under|below|beneath|less than|fewer than|smaller than|lower than|younger than|shorter than|cheaper than)|低于|少于|小于)\s*(?:the\s+)?(?:age\s+(?:of\s+)?)?(\d+(?:\.\d+)?)(?![\d.,]*\d)/gi;
const ABOVE =
  /(?:\b(?:over|above|more than|greater than|larger than|bigger than|higher than|older than|longer than|exceed(?:s|ed|ing)?)|高于|多于|大于|超过)\s*(?:the\s+)?(?:age\s+(?:of\s+)?)?(\d+(?:\.\d+)?)(?![\d.,]*\d)/gi;

/** What is said of none, or of all, is asked for by those for which it is not so. */
const NEGATED =
  /\b(?:no|not|never|none|neither|nor|nothing|without|except|all|always|every|only|\w+n['’]t)\b|[不未没无除非都均全只]/i;

/** The sign that looks the other way. */
const TURNED: Readonly<Record<string, string>> = { '<': '>', '<=': '>', '>': '<', '>=': '<' };

/** "Under 30" beside a known question about more than 30. */
export const fixDirections: Rule = {
  name: 'fix-directions',
  summary: 'A number that the question says "under" or "over" of is compared so.',
  when: 'always',
  apply(sql, { question = '' }) {
    if (NEGATED.test(question)) return sql;
    const tokens = tokenizeSql(sql);
    const below = numbersIn(question, BELOW);
    const above = numbersIn(question, ABOVE);
    const edits = [
      ...turned(tokens, below, above, /^>=?$/),
      ...turned(tokens, above, below, /^<=?$/),
    ];
    return applyEdits(sql, tokens, edits);
  },
};

/** Numbers behind such words, which the question names once. */
function numbersIn(question: string, words: RegExp): ReadonlySet<number> {
  const all = [...question.matchAll(/\d+(?:\.\d+)?/g)].map(([number]) => Number(number));
  const found = [...question.matchAll(words)].map(([, number]) => Number(number));
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
    return wrong.test(sign) ? [{ at: at - 1, text: TURNED[sign] ?? sign }] : [];
  });
}
