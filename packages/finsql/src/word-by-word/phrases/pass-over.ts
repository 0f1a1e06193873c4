/**
 * Words that stand for nothing in a database, passed over: the rest of the question may say enough. A name, a
 * number, a denial is never passed over, since the rows depend on it.
 */
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';
import type { PlacedUnit } from '../words/units.ts';
import { isHanNeeded } from './needed-han.ts';
import { isNeeded } from './needed-words.ts';

/** What each such word costs: of questions with one two thirds are read right. */
export const COST_OF_PASSING_OVER = 5.5;
/** Chinese characters of one such word at most. */
const LONGEST = 4;

const DENIALS: ReadonlySet<string> = new Set(
  `no nobody none nothing nowhere never not neither nor without except excluding excluded exclude missing lacking
  lack fail failed leave leaving unless instead other another else half third quarter twice thrice double triple dozen
  only sole single both either rest remaining will would should sold bought purchased may might ought cannot hold held us
  included takings past together net netted weighted open pending waiting wait longer difference owe lost lose late back share
  number balance weight volume rate profit decided deferred reduced short free empty non self valid kept prepaid drawn
  overdrawn repaid delinquent default successful riskiest busiest soonest rentals start vote win stake worth buying
  selling ourselves up apart around onwards early cent penny off out for overdue median revised
  week weeks weekly whether null nulls blank blanks loss losses revenue earnings proceeds surplus deficit
  outstanding`.split(/\s+/),
);
/** `undecided`, `unreadable`. */
const UNDONE = /^un(?:[a-z]{2,}(?:ed|able)|sold|paid|known)$/i;
/** Denials, extremes, and words for another figure than the one that is named. */
const CHINESE_DENIALS =
  /[最停止废弃不没未无非除半倍否免仅只缺别勿均亏损余绝红净欠跌涨男女母迟换良缩降滑外快将即]/u;

/**
 * The word at a unit as a phrase that says nothing, with the Chinese characters behind it that stand for
 * nothing either; undefined for one that is not to be passed over.
 * @param isKnown whether something begins at a unit
 */
export function passOver(
  units: readonly PlacedUnit[],
  at: number,
  question: string,
  isKnown: (at: number) => boolean,
): Phrase | undefined {
  const [first] = [units[at]];
  if (first === undefined || !isPlain(first, at, question)) return undefined;
  let end = at + 1;
  const goesOn = (next: PlacedUnit | undefined): next is PlacedUnit =>
    next !== undefined &&
    end - at < LONGEST &&
    next.from === units[end - 1]?.to &&
    isHan(first) &&
    isHan(next) &&
    isPlain(next, end, question);
  while (goesOn(units[end]) && !isKnown(end)) end++;
  return {
    from: first.from,
    to: units[end - 1]?.to ?? first.to,
    meanings: [{ kind: 'word', word: 'noise', passedOver: true, cost: COST_OF_PASSING_OVER }],
  };
}

/**
 * Whether a word that is passed over is what the question asks for, `how many patents`, or all that it says of
 * things, `are married`: without it nothing is left of the question.
 */
export function passesOverTheCore(phrases: readonly Phrase[], question: string): boolean {
  const isNeededHere = isHanText.test(question) ? isHanNeeded : isNeeded;
  if (phrases.some((one, at) => isPassedOver(one) && isNeededHere({ phrases, at, question })))
    return true;
  const telling = phrases.filter(({ meanings }) => !meanings.every(isSilent));
  return telling.some((phrase, at) => {
    if (!isPassedOver(phrase)) return false;
    const before = telling.slice(0, at).findLast((one) => !isPassedOver(one));
    const behind = telling.slice(at + 1).filter((one) => !isPassedOver(one));
    const isAskedFor = before === undefined || before.meanings.some(isAsking);
    const isSaidOf = before?.meanings.some((one) => isWord(one, 'copula')) ?? false;
    // `the sales of zenith`: a name that is not stored.
    const last = telling[at - 1]?.meanings ?? [];
    const isOwner = last.length > 0 && last.every((one) => isWord(one, 'preposition'));
    if (isOwner && !(behind[0]?.meanings.some(isNamed) ?? false)) return true;
    const isSize = SIZES.test(question.slice(phrase.from, phrase.to));
    if (!isSize && isListed(telling, at)) return true;
    if (behind.every(isOfAsking) && isNounAskedFor(phrase, before, question)) return true;
    if (isAskedFor) return !(behind[0]?.meanings.some(isNamed) ?? false);
    return isSaidOf && behind.every(({ meanings }) => meanings.every(isPreposition));
  });
}

/** In what figures are shown, which is no column: `, as a fraction`. */
const SIZES = /^(?:(?:thousand|million|billion|percentage|term)s|fraction)$/i;

/** `: class, client, premium`: one of what is to be shown. */
function isListed(telling: readonly Phrase[], at: number): boolean {
  const isJoint = (one: Phrase | undefined, ...words: ('and' | 'list' | 'with' | 'with-own')[]) =>
    one?.meanings.some((meaning) => isWord(meaning, ...words)) ?? false;
  const isLast = at === telling.length - 1 || isJoint(telling[at + 1], 'and');
  return isLast && isJoint(telling[at - 1], 'and', 'list', 'with', 'with-own');
}

/** 订单数和毛利; 评分不到3分的师傅有哪些: in Chinese, what is asked for stands last. */
function isNounAskedFor({ from }: Phrase, before: Phrase | undefined, question: string): boolean {
  const isBeside = before?.meanings.some((one) => isWord(one, 'and')) ?? false;
  return /\p{Script=Han}/u.test(question[from] ?? '') && (isBeside || question[from - 1] === '的');
}

const isOfAsking = ({ meanings }: Phrase): boolean =>
  meanings.some((one) => isWord(one, 'which', 'who', 'list', 'how-many', 'how-much'));

/** Whether a phrase is a word that is passed over. */
export function isPassedOver({ meanings }: Phrase): boolean {
  return meanings.some((one) => isWord(one, 'noise') && one.passedOver === true);
}

const isSilent = (one: Meaning): boolean => isWord(one, 'noise') && one.passedOver !== true;
const isAsking = (one: Meaning): boolean =>
  isWord(one, 'how-many', 'how-much', 'measure', 'which', 'list');
const isNamed = ({ kind }: Meaning): boolean => kind !== 'word';
const isPreposition = (one: Meaning): boolean => isWord(one, 'preposition', 'noise');

const isHanText = /\p{Script=Han}/u;
const isHan = ({ stem }: PlacedUnit): boolean => /^\p{Script=Han}$/u.test(stem);

/** Behind these a name comes, however it is written. */
const NAMING = /(?:called|named|titled|entitled|name is|叫|叫做|名为)\s*["'“‘]?$/i;

/** Words that say of which rows a figure is, or which figure it is. */
const HEARD =
  /^(?:加权|去掉|相差|部分|其他|权|市值|认(?!购)|成功|实施|全(?!称)|方向|差加|应得|事件|修订|中位)/u;
/** What goes on, or is over, is told by what stands behind these. */
const GOES_ON = /(?:还在|仍在|正在|其|已|已经)$/u;
/** 到期 tells the day. */
const DUE = /到$/u;

function isPlainHan({ stem, from }: PlacedUnit, question: string): boolean {
  const before = question.slice(0, from);
  const isDue = stem === '期' && DUE.test(before);
  const isHeard = HEARD.test(question.slice(from)) || GOES_ON.test(before) || isDue;
  return !CHINESE_DENIALS.test(stem) && !isHeard;
}

/** Whether it is a word in small letters that denies nothing and is no name. */
function isPlain(unit: PlacedUnit, at: number, question: string): boolean {
  if (isHan(unit)) return isPlainHan(unit, question);
  const written = question.slice(unit.from, unit.to);
  const small = at === 0 ? written.slice(1) : written;
  const isDenied =
    UNDONE.test(written) ||
    /^['’]t\b/.test(question.slice(unit.to)) ||
    DENIALS.has(written.toLowerCase());
  const isName = NAMING.test(question.slice(0, unit.from));
  return /^[a-z’']+$/.test(small) && written.length > 1 && !isDenied && !isName;
}
