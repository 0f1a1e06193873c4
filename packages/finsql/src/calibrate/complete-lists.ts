import { keyOf } from '../retrieval/values/units.ts';
import { fold } from '../schema/schema.ts';
import { applyEdits, type Edit } from '../sql/edit.ts';
import { textLiteral } from '../sql/literal.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { textComparisons, textKeys, textsSpelledOut } from './compared-texts.ts';
import { NEITHER } from './neither-nor.ts';
import type { Rule } from './rule.ts';

/** What stands between two texts of a list. */
const BETWEEN =
  /^\s*(?:[,/、，]|\b(?:and|or|nor)\b|以及|还是|[和或与及])(?:\s|[,/、，]|\b(?:and|or|nor|an?|the|any|either)\b|[和或与及])*$/i;

/** A comma alone: `Paris, London branch` names one place. */
const COMMA = /^\s*[,，]\s*$/;

/** What may stand behind the last text of a list that commas alone hold together. */
const ENDS = /^\s*(?:$|[.。?？!！;；:：)）的]|[,，]?\s*(?:and|or|nor)\b|[和或与及])/i;

/** A letter or digit of a script that parts its words by spaces. */
const IN_WORD = /(?!\p{Script=Han})[\p{L}\p{N}]/u;

/** What has all of a list is another matter: one comparison can't ask for it. */
const ALL_OF_THEM = /\bboth\b|\ball of\b|都|(?<!平)均|同时|既/i;

/** A list of texts that the question spells out, of which the statement has the one. */
export const completeLists: Rule = {
  name: 'complete-lists',
  summary:
    'Where the question lists texts of a column (`A or B`, `neither A nor B`) and the statement compares it with one of them alone, it compares it with all.',
  when: 'always',
  apply(sql, { schema, values, question = '' }) {
    if (ALL_OF_THEM.test(question) && !NEITHER.test(question)) return sql;
    const tokens = tokenizeSql(sql);
    const said = new Set(textKeys(tokens));
    const comparisons = textComparisons(tokens, schema);
    if (comparisons.length === 0) return sql;
    const mentions = values.find(question);
    const edits = comparisons.flatMap((comparison): Edit[] => {
      const [at, ...others] = comparison.texts;
      const sign = comparison.reference.at + 1;
      if (at !== sign + 1 || others.length > 0) return [];
      const one = tokens[at]?.value ?? '';
      const spelled = textsSpelledOut(mentions, comparison);
      const more = listedWith(one, spelled, question).filter((value) => !said.has(keyOf(value)));
      if (more.length === 0) return [];
      const isEqual = /^==?$/.test(tokens[sign]?.text ?? '');
      return [
        { at: sign, text: isEqual ? 'in' : 'not in' },
        { at, text: `(${[one, ...more].map(textLiteral).join(', ')})` },
      ];
    });
    return applyEdits(sql, tokens, edits);
  },
};

/** Texts that follow each other in a question. */
interface Listed {
  readonly values: string[];
  /** Where the last of them ends. */
  to: number;
  /** Whether more than commas holds them together. */
  said: boolean;
}

/** Of the stored texts those that stand in one list of the question with that one. */
function listedWith(one: string, stored: readonly string[], question: string): string[] {
  const text = fold(question);
  const places = stored
    .map((value) => ({ value, from: text.indexOf(fold(value)) }))
    .filter(({ from }) => from >= 0)
    .map(({ value, from }) => ({ value, from, to: from + fold(value).length }))
    .filter(({ from, to }) => !cutsWord(text, from) && !cutsWord(text, to))
    .sort((a, b) => a.from - b.from || b.to - a.to);
  const lists: Listed[] = [];
  for (const { value, from, to } of places) {
    const list = lists.at(-1);
    if (list !== undefined && from < list.to) continue; // part of a longer text
    const between = text.slice(list?.to, from);
    if (list !== undefined && BETWEEN.test(between)) {
      list.values.push(value);
      list.to = to;
      list.said ||= !COMMA.test(between);
    } else lists.push({ values: [value], to, said: false });
  }
  const isOne = (value: string) => keyOf(value) === keyOf(one);
  const list = lists.find(({ values }) => values.some(isOne));
  if (list === undefined || !(list.said || ENDS.test(text.slice(list.to)))) return [];
  return list.values.filter((value) => !isOne(value));
}

/** Whether a word goes on across that place. */
function cutsWord(text: string, at: number): boolean {
  return IN_WORD.test(text[at - 1] ?? '') && IN_WORD.test(text[at] ?? '');
}
