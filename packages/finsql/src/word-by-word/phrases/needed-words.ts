/**
 * English words that nothing is known of and that are needed all the same: they tell which rows or which figure
 * is meant, `direct bookings`, `cancellation rate`, `properties without any debt`.
 */
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';

/** A word that is passed over, where it stands. */
export interface Passed {
  readonly phrases: readonly Phrase[];
  readonly at: number;
  readonly question: string;
}

/** Whether an English word that is passed over tells more than may be passed over. */
export function isNeeded(passed: Passed): boolean {
  return NEEDED.some((is) => is(passed));
}

/** What a word that is passed over is, by what stands around it. */
type Needed = (passed: Passed) => boolean;

const saidAt = ({ phrases, question }: Passed, at: number): string => {
  const phrase = phrases[at];
  return phrase === undefined ? '' : question.slice(phrase.from, phrase.to);
};

/** Whether nothing but a space stands between a phrase and the one before it. */
const isAdjacent = ({ phrases, question }: Passed, at: number): boolean =>
  /^\s+$/.test(question.slice(phrases[at - 1]?.to, phrases[at]?.from));

const isPassed = (one: Meaning): boolean => isWord(one, 'noise') && one.passedOver === true;
const isSilent = (phrase: Phrase): boolean =>
  phrase.meanings.every((one) => isWord(one, 'noise') && one.passedOver !== true);
const isNamed = (phrase: Phrase | undefined): boolean =>
  phrase?.meanings.some(({ kind }) => kind !== 'word') ?? false;
const isValue = (phrase: Phrase | undefined): boolean =>
  phrase?.meanings.some(({ kind }) => kind === 'value' || kind === 'flag') ?? false;
const isOfRows = (phrase: Phrase | undefined): boolean =>
  phrase?.meanings.some((one) => one.kind === 'table' && one.done !== true && one.cost <= 1) ??
  false;

/** The phrase before, without those that say nothing. */
const heardBefore = ({ phrases, at }: Passed): Phrase | undefined =>
  phrases.slice(0, at).findLast((one) => !isSilent(one));

/** The phrase behind, without those that say nothing or only where. */
const heardBehind = ({ phrases, at }: Passed): Phrase | undefined =>
  phrases
    .slice(at + 1)
    .find(
      (one) =>
        !one.meanings.every((meaning) => isWord(meaning, 'noise', 'preposition', 'by', 'since')),
    );

const isBeforePronoun = ({ phrases, at, question }: Passed): boolean =>
  PRONOUN.test(question.slice(phrases[at]?.to));

const isBehindBy = ({ phrases, at }: Passed): boolean =>
  phrases[at + 1]?.meanings.every((one) => isWord(one, 'by', 'since')) ?? false;

const DONE = /(?:ed|ing)$/;
const ADVERB =
  /(?<!^(?:complete|full|entire|automatical|primari|most|main|on|dai|week|month|quarter|year|hour))ly$/i;
/** Whom something is done to, or who does it: of `event cost us`, the word before is a verb. */
const PRONOUN = /^\s+(?:us|me|we|you|they|it|he|she|them)\b/i;

/** `direct bookings`, `foreign clients`: which of them are meant; `the buyer's premium`: whose it is. */
const isOfThings: Needed = (passed) => {
  const { phrases, at, question } = passed;
  const isOwner = /^['’]s\b/.test(question.slice(phrases[at]?.to));
  return isOwner || (isOfRows(phrases[at + 1]) && isAdjacent(passed, at + 1));
};

/** `bond insurance`, `product sizes`, `customer information`: what is asked for of things; not `loans priced above`. */
const isOfWhat: Needed = (passed) => {
  const { phrases, at } = passed;
  const table = saidAt(passed, at - 1);
  const isBehindTable = isOfRows(phrases[at - 1]) && isAdjacent(passed, at);
  const isVerb = DONE.test(saidAt(passed, at)) || isBeforePronoun(passed);
  return isBehindTable && !/s$/i.test(table) && !isVerb;
};

const KINDS_OF_RATES =
  /^(?:commission|interest|standard|hourly|daily|monthly|annual|yearly|effective|normal|usual|current|applied|agreed)$/i;

/** `cancellation rate`, `forfeit rate`: a part of rows, and no rate that is kept. */
const isOfRate: Needed = (passed) =>
  /^(?:rate|ratio|share|proportion)s?$/i.test(saidAt(passed, passed.at + 1)) &&
  isAdjacent(passed, passed.at + 1) &&
  !KINDS_OF_RATES.test(saidAt(passed, passed.at));

/** `without any debt that we have not sold`: what there is none of. */
const isDenied: Needed = (passed) =>
  (heardBefore(passed)?.meanings.some((one) => isWord(one, 'without', 'not')) ?? false) &&
  !isNamed(heardBehind(passed));

/** `percentage of the debt`, `number of forwards traded`, `the most energy from us`: of what a figure is. */
const isMeasured: Needed = (passed) => {
  const { phrases, at } = passed;
  const isBeforeName = isNamed(phrases[at + 1]) && isAdjacent(passed, at + 1);
  const before = heardBefore(passed)?.meanings ?? [];
  if (before.some((one) => isWord(one, 'share'))) return !isBeforeName;
  const isCounted = before.some(
    (one) => isWord(one, 'how-many') || (isWord(one, 'measure') && one.call === 'count'),
  );
  const isMost = before.some((one) => isWord(one, 'extreme'));
  // `number of forwards traded`: what is counted is no such column.
  const isBeforeRows = isBeforeName && (isOfRows(phrases[at + 1]) || isValue(phrases[at + 1]));
  // `most expensive line by margin`: of lines; `the most awards in evaluations` are those of evaluations.
  const isOfNone = isBehindBy(passed) || !isNamed(heardBehind(passed));
  return (isCounted && !isBeforeRows) || (isMost && isOfNone);
};

/** `deals and megawatts per trader`, `: ISIN and fraction`: a part of a list that names nothing else. */
const isPartOfList: Needed = (passed) => {
  const { phrases, at } = passed;
  const isJoint = (one: Phrase) =>
    one.meanings.some((meaning) =>
      isWord(meaning, 'and', 'list', 'with', 'with-own', 'each', 'by', 'which', 'with-figure'),
    );
  const start = phrases.slice(0, at).findLastIndex(isJoint);
  const isListed =
    phrases[start]?.meanings.some((one) => isWord(one, 'and', 'with', 'with-own')) ?? false;
  const isEnd = (one: Phrase) =>
    isJoint(one) || one.meanings.some((meaning) => isWord(meaning, 'preposition'));
  const behind = phrases.slice(at + 1).findIndex(isEnd);
  const part = phrases.slice(start + 1, behind < 0 ? phrases.length : at + 1 + behind);
  const isAlone = part.every((one) => isSilent(one) || one.meanings.some(isPassed));
  const isSize = SIZES.test(saidAt(passed, at)) && !isOfItems(phrases, start);
  return isListed && isAlone && !isSize && !DONE.test(saidAt(passed, at));
};

/** In what figures are shown: `, thousands`. */
const SIZES = /^(?:thousand|million|billion)s$/i;

/** `: counterparty, date, thousands`: behind a stop, each of the list is shown. */
function isOfItems(phrases: readonly Phrase[], end: number): boolean {
  return phrases.slice(0, end).some(({ meanings }) => meanings.some((one) => isWord(one, 'list')));
}

const KINDS = /^(?:types?|kinds?|class|classes|categor(?:y|ies)|sizes?)$/i;

/** `by type of client`: of what is no column, a kind is another column. */
const isKindOfThings: Needed = (passed) => {
  const { phrases, at } = passed;
  const [joint, next] = [phrases[at + 1], phrases[at + 2]];
  const isOf = joint?.meanings.some((one) => isWord(one, 'preposition')) ?? false;
  return KINDS.test(saidAt(passed, at)) && isOf && isOfRows(next);
};

/** `politically exposed`, `finally mature`. */
const isOfDone: Needed = (passed) =>
  ADVERB.test(saidAt(passed, passed.at)) &&
  !(passed.phrases[passed.at + 1]?.meanings.every((one) => isWord(one, 'preposition')) ?? true) &&
  isAdjacent(passed, passed.at + 1) &&
  !isBeforePronoun(passed);

/** `have gone insolvent, with the date`, `are junk right now`: all that is said of them. */
const isSaidOf: Needed = (passed) => {
  const { phrases, at } = passed;
  const isBehindCopula = phrases[at - 1]?.meanings.some((one) => isWord(one, 'copula')) ?? false;
  const next = heardBehind(passed);
  const isEnd =
    next === undefined ||
    next.meanings.some((one) => isWord(one, 'and', 'list', 'now', 'with', 'extreme', 'which'));
  return isBehindCopula && isEnd;
};

/** `longer than 6 fortnights`: of what the number is. */
const isOfNumber: Needed = (passed) =>
  (passed.phrases[passed.at - 1]?.meanings.some(({ kind }) => kind === 'number') ?? false) &&
  isAdjacent(passed, passed.at);

const NEEDED: readonly Needed[] = [
  isOfNumber,
  isOfThings,
  isOfWhat,
  isOfRate,
  isDenied,
  isMeasured,
  isPartOfList,
  isKindOfThings,
  isOfDone,
  isSaidOf,
];
