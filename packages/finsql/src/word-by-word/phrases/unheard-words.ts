/** Words that say nothing elsewhere and something where they stand, and nouns that say nothing behind a figure. */
import type { DatabaseContext } from '../../retrieval/context.ts';
import { isKey, isNumber } from '../columns/schema-columns.ts';
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';
import { isPartOfHanWord } from './heard-han.ts';
import { isHeardHere } from './heard-words.ts';

/** Whether a phrase is a word that says nothing, and is written as one that says something. */
export function isUnheard(phrase: Phrase, question: string): boolean {
  return (
    isQuotedWord(phrase, question) ||
    isNounOfNothing(phrase, question) ||
    isVerbOfNothing(phrase, question) ||
    isGoingOn(phrase, question) ||
    isHeardHere(phrase, question) ||
    isPartOfHanWord(phrase, question)
  );
}

/** 还在办理的申请 are no others than 申请 only where something stored says so. */
function isGoingOn({ from, to, meanings }: Phrase, question: string): boolean {
  return (
    /(?:还在|仍在|正在)$/u.test(question.slice(0, from)) &&
    /^\p{Script=Han}{2,}$/u.test(question.slice(from, to)) &&
    meanings.every((one) => isWord(one, 'noise'))
  );
}

const NO_OBJECT =
  /^\s*(?:$|[?.!,;]|(?:in|on|since|before|after|during|anything|something|nothing|and|but|or)\b)/i;

/** `clients who sold in 2024` are others than those of 2024; `books sold in 2024` are those. */
function isVerbOfNothing({ from, to, meanings }: Phrase, question: string): boolean {
  return (
    /^(?:sold|bought|purchased)$/i.test(question.slice(from, to)) &&
    NO_OBJECT.test(question.slice(to)) &&
    /\b(?:who|that|never|not|have|has|had|we|i|they|ever|did)\s+$/i.test(question.slice(0, from)) &&
    meanings.every((one) => isWord(one, 'noise'))
  );
}

/** In quotes, no word is one that says nothing. */
function isQuotedWord({ from, to, meanings }: Phrase, question: string): boolean {
  const isQuoted =
    /["'“‘「『]/.test(question[from - 1] ?? '') && /["'”’」』]/.test(question[to] ?? '');
  return isQuoted && meanings.every((one) => isWord(one, 'noise'));
}

/** Words for what is done that are nouns, too: `the scores` are no verb that may be passed over. */
const NOUNS_TOO =
  /^(?:place|score|star|act|ship|ride|release|help|treat|draw|stay|sign|visit|run|track|cover|book|order|trade|move|lead|set|host|study|rent|win|request|author|fly|drive|register|contact|data)s?$/i;
const BEFORE_NOUNS =
  /(?:^|\b(?:the|a|an|their|its|his|her|of|and|by|show|list|give|all|each|every|are|total|average|highest|lowest|most|many|per|different|for|with|any|no|without)|,)\s*$/i;

/** Without the meaning that says nothing, where the word is a noun here that a column is called by: `their rent`. */
export function asNoun(phrase: Phrase, question: string): Phrase {
  const { from, to, meanings } = phrase;
  const isNoun =
    /^takings$/i.test(question.slice(from, to)) ||
    (NOUNS_TOO.test(question.slice(from, to)) && BEFORE_NOUNS.test(question.slice(0, from)));
  const telling = meanings.filter((one) => !isWord(one, 'noise'));
  const isCalledSo = telling.some(({ kind, cost }) => kind !== 'word' && cost <= 1);
  const isOfRows = telling.length > 0 && /^\s+of\b/.test(question.slice(to));
  return isNoun && (isCalledSo || isOfRows) ? { ...phrase, meanings: telling } : phrase;
}

/** Whether it is a word that says nothing as a verb and is a noun here. */
function isNounOfNothing({ from, to, meanings }: Phrase, question: string): boolean {
  return (
    NOUNS_TOO.test(question.slice(from, to)) &&
    BEFORE_NOUNS.test(question.slice(0, from)) &&
    meanings.every((one) => isWord(one, 'noise'))
  );
}

/** Ends of the names of amounts of money, which are no rates. */
const MONEY = /(?:tax|interest|discount|commission|fee|cost|pay|premium|amount|amt|hour)s?$/i;

/** Behind the name of a figure, it tells no more: `enrollment size`, `cloud cover rates`, `mileage reading`. */
export function isOfFigure(
  noun: string,
  before: Phrase | undefined,
  { schema }: Pick<DatabaseContext, 'schema'>,
): boolean {
  const isFigure = (one: Meaning) =>
    one.kind === 'column' && !isKey(one) && isNumber({ schema, chinese: false }, one);
  // `tax rate` is no amount of tax.
  const isOfAmount = (one: Meaning) => one.kind === 'column' && MONEY.test(one.column);
  if (noun === 'rate' && before?.meanings.some(isOfAmount)) return false;
  const isBehindFigure = before?.meanings.some(isFigure) ?? false;
  return (
    isBehindFigure &&
    /^(?:figure|level|size|rate|value|reading|number|score|price|fee|charge|cost)$/.test(noun)
  );
}
