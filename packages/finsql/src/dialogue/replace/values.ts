/** Stored values of a follow-up put in the place of those of the same column. */
import type { Earlier } from '../follow-up.ts';
import {
  replaceSpan,
  type Span,
  type ValueMention,
  type Vocabulary,
  valueMentions,
} from '../mentions.ts';

export interface Replacement {
  readonly body: string;
  /** False where it had to be added, since there was no value of the column. */
  readonly replaced: boolean;
}

/**
 * The question with a value of a follow-up. Several values of one column count as one stretch.
 * @param preposition what the follow-up says before it, as `in`; empty: none
 */
export function replaceValue(
  earlier: Earlier,
  value: ValueMention,
  preposition: string,
  vocabulary: Vocabulary,
): Replacement | undefined {
  const olds = valueMentions(earlier.body, vocabulary);
  const old = oneOf(olds, (key) => value.columns.includes(key)) ?? siblingOf(olds, value);
  if (old === 'several') return undefined;
  if (old !== undefined) {
    if (old.text.toLowerCase() === value.text.toLowerCase()) return undefined;
    return { body: replaceSpan(earlier.body, old, value.text), replaced: true };
  }
  const body = earlier.han
    ? `${value.text}${earlier.body}`
    : `${earlier.body} ${preposition || 'for'} ${value.text}`;
  return { body, replaced: false };
}

/** The only mention with such a column; `several` where it can't be told which is meant. */
function oneOf(
  mentions: readonly ValueMention[],
  fits: (column: string) => boolean,
): Span | 'several' | undefined {
  const found = mentions.filter(({ columns }) => columns.some(fits));
  return found.length > 1 ? 'several' : found[0];
}

/** A value of the column for the other language: `company_name` beside `company_name_cn`. */
function siblingOf(
  mentions: readonly ValueMention[],
  value: ValueMention,
): Span | 'several' | undefined {
  const bare = (key: string) => key.replace(/_(?:cn|zh|en)$/, '');
  const own = new Set(value.columns.map(bare));
  return oneOf(mentions, (key) => own.has(bare(key)));
}
