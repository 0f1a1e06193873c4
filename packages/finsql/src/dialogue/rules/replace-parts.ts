import { nameWords, stem } from '../../retrieval/words.ts';
import type { Earlier, FollowUp } from '../follow-up.ts';
import {
  blank,
  nearValue,
  type Span,
  type ValueMention,
  type Vocabulary,
  valueMentions,
} from '../mentions.ts';
import { replaceAttribute } from '../replace/attributes.ts';
import { completePeriod, periodsOf, replacePeriods } from '../replace/periods.ts';
import { blankSpan, replaceSpanOfPeriods } from '../replace/spans.ts';
import { prepositionBefore, replaceValue } from '../replace/values.ts';
import type { FollowUpRule } from '../rule.ts';
import { asks } from '../sentence.ts';

const ONLY =
  /^(?:only|just)\s+(?:the\s+|those\s+|in\s+|for\s+)?|^(?:只|仅)(?:要|看|显示|列出|统计|限)?/iu;
const POSITION = /\b(?:since|before|after|until)\b/i;
const FILLERS =
  /\b(?:as of|as at|in|for|of|on|at|by|during|from|to|the|a|an|and|or|with|its|their|his|her|year|fiscal|s|at the end|end|ones?)\b|[的在对和与、，,'’及年]/giu;

/**
 * `What was the revenue of Haldane Electronics in 2022?` + `and the net profit of Cormere Pharma in
 * 2023?`: each part takes the place of its like. A follow-up with anything else in it is of another kind.
 */
export const replaceParts: FollowUpRule = {
  name: 'replace-parts',
  summary: 'Another period, another stored value of the same column, another column.',
  apply(followUp, earlier, vocabulary) {
    const only = ONLY.test(followUp.rest);
    const rest = completePeriod(followUp.rest.replace(ONLY, ''), earlier);
    const periods = periodsOf(rest);
    const open = blank(blankSpan(rest), periods);
    const values = valueMentions(open, vocabulary);
    const left = blank(open, values);
    const phrase = left.replace(FILLERS, ' ').replace(/\s+/g, ' ').trim();
    const preposition = POSITION.exec(phrase)?.[0]?.toLowerCase() ?? '';
    const words = phrase.replace(POSITION, '').trim();
    const value = joined(open, values);
    if (value === 'mixed' || asks(words)) return undefined;

    let now: Earlier = earlier;
    const step = (body: string | undefined): boolean => {
      if (body !== undefined) now = { ...now, body };
      return body !== undefined;
    };
    if (words !== '' && !isKindOf(words, value, vocabulary)) {
      const attribute = replaceAttribute(now, words, vocabulary);
      if (!step(attribute)) {
        return value === undefined && periods.length === 0
          ? renamed(followUp, words, earlier, vocabulary)
          : undefined;
      }
    }
    const timed = (): string | undefined =>
      replaceSpanOfPeriods(now.body, rest) ?? replacePeriods(now, periods, preposition);
    if (periods.length > 0 && !step(timed())) return undefined;
    if (value !== undefined) {
      const before = open.slice(0, value.at);
      const lead = prepositionBefore(before);
      const adds = only || /\bwith(?:out)?\s+(?:an?\s+|the\s+)?$/i.test(before);
      const found = replaceValue(now, value, lead, vocabulary);
      // `only bond funds` and `with bonds` over a question without a type of fund add a condition.
      if (found === undefined || (adds && !found.replaced)) return undefined;
      step(found.body);
    }
    return now.body === earlier.body ? undefined : now.body + earlier.mark;
  },
};

/** All values as one stretch, where they are of one column. */
function joined(text: string, values: readonly ValueMention[]): ValueMention | 'mixed' | undefined {
  const [first, ...others] = values;
  const last = values.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const columns = first.columns.filter((key) =>
    others.every((other) => other.columns.includes(key)),
  );
  if (columns.length === 0) return 'mixed';
  const isCode = values.some((one) => one.isCode === true);
  return {
    at: first.at,
    text: text.slice(first.at, last.at + last.text.length),
    columns,
    ...(isCode && { isCode }),
  };
}

/** `the energy sector`: words that only say what the value is. */
function isKindOf(words: string, value: ValueMention | undefined, { schema }: Vocabulary): boolean {
  if (value === undefined) return false;
  const kinds = new Set(value.columns.flatMap(nameWords).map(stem));
  const chinese = schema.tables.map(({ comment }) => comment.split('|').at(-1)?.trim() ?? '');
  return words
    .split(' ')
    .every((word) => kinds.has(stem(word.toLowerCase())) || chinese.includes(word));
}

/** A name that the database spells in another way, or does not have, in the place of the only name there. */
function renamed(
  { linked }: FollowUp,
  words: string,
  earlier: Earlier,
  vocabulary: Vocabulary,
): string | undefined {
  const near = nearValue(words, vocabulary);
  const nameLike = /^\p{Lu}[\p{L}\p{N}&.-]*(?: \p{Lu}[\p{L}\p{N}&.-]*)*$/u.test(words);
  if (!linked || !(nameLike || near !== undefined)) return undefined;
  if (near !== undefined) {
    const found = replaceValue(earlier, near, '', vocabulary);
    return found === undefined ? undefined : found.body + earlier.mark;
  }
  const names = valueMentions(earlier.body, vocabulary).filter(({ text }) =>
    / |^\p{Lu}/u.test(text),
  );
  const [name] = names;
  if (names.length !== 1 || name === undefined) return undefined;
  const span: Span = name;
  return (
    earlier.body.slice(0, span.at) +
    words +
    earlier.body.slice(span.at + span.text.length) +
    earlier.mark
  );
}
