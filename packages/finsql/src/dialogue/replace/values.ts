/** Stored values of a follow-up put in the place of those of the same column. */
import type { Earlier } from '../follow-up.ts';
import {
  replaceSpan,
  type Span,
  tableOf,
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
 * @param preposition what the follow-up says before it, as `in`; empty: none. What stands behind the same one is meant
 *   rather than another value of the column, and no one who does something by what is done `from` or `with` others.
 */
export function replaceValue(
  earlier: Earlier,
  value: ValueMention,
  preposition: string,
  vocabulary: Vocabulary,
): Replacement | undefined {
  const olds = valueMentions(earlier.body, vocabulary);
  const old =
    behindSame(olds, earlier.body, value, preposition) ??
    oneOf(olds, (key) => value.columns.includes(key)) ??
    siblingOf(olds, value);
  if (old === 'several') return undefined;
  if (old !== undefined) {
    if (isSubject(old, earlier.body) && SIDE.test(preposition)) return undefined;
    if (old.text.toLowerCase() === value.text.toLowerCase()) return undefined;
    return { body: replaceSpan(earlier.body, old, value.text), replaced: true };
  }
  // `and paid?` says nothing of where no state was asked for.
  if (value.isCode === true) return undefined;
  const body = earlier.han
    ? `${value.text}${earlier.body}`
    : `${earlier.body} ${preposition || 'for'} ${value.text}`;
  return { body, replaced: false };
}

const BEHIND = /\b(in|at|of|for|from|by|with|to|against)\s+(?:the\s+)?$|(?<han>[与跟向从给])$/iu;
/** Prepositions of the other side of a deal, which stands for no subject. */
const SIDE = /^(?:from|with|to|against)$/i;
const SUBJECT_BEHIND =
  /^$|\b(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would)\s+$/i;

/** The preposition that a text ends in; empty where it ends in none. */
export function prepositionBefore(text: string): string {
  const found = BEHIND.exec(text);
  return (found?.[1] ?? found?.groups?.han ?? '').toLowerCase();
}

/** The only mention behind the same preposition, of a column beside those of the value: buyer and seller. */
function behindSame(
  mentions: readonly ValueMention[],
  body: string,
  value: ValueMention,
  preposition: string,
): ValueMention | undefined {
  if (preposition === '') return undefined;
  const tables = new Set(value.columns.map(tableOf));
  const found = mentions.filter(
    ({ at, columns }) =>
      prepositionBefore(body.slice(0, at)) === preposition &&
      columns.some((key) => tables.has(tableOf(key))),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** Whether a mention stands where the one does that does something: `did Ann Lee buy`. */
function isSubject({ at }: Span, body: string): boolean {
  return SUBJECT_BEHIND.test(body.slice(0, at));
}

/** The only mention with such a column; `several` where it can't be told which is meant. */
function oneOf(
  mentions: readonly ValueMention[],
  fits: (column: string) => boolean,
): ValueMention | 'several' | undefined {
  const found = mentions.filter(({ columns }) => columns.some(fits));
  return found.length > 1 ? 'several' : found[0];
}

/** A value of the column for the other language: `company_name` beside `company_name_cn`. */
function siblingOf(
  mentions: readonly ValueMention[],
  value: ValueMention,
): ValueMention | 'several' | undefined {
  const bare = (key: string) => key.replace(/_(?:cn|zh|en)$/, '');
  const own = new Set(value.columns.map(bare));
  return oneOf(mentions, (key) => own.has(bare(key)));
}
