/**
 * Chinese words that nothing is known of and that are needed all the same: 正常运作的基金, 换过经理的基金,
 * 5级以上, 企业规模.
 */
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';
import { HAN_NOUNS } from '../names/han-translations.ts';
import type { Passed } from './needed-words.ts';

/** Whether a Chinese word that is passed over tells more than may be passed over. */
export function isHanNeeded(passed: Passed): boolean {
  return NEEDED.some((is) => is(passed));
}

type Needed = (passed: Passed) => boolean;

const before = ({ phrases, at, question }: Passed): string => question.slice(0, phrases[at]?.from);
const behind = ({ phrases, at, question }: Passed): string => question.slice(phrases[at]?.to);
const said = ({ phrases, at, question }: Passed): string =>
  question.slice(phrases[at]?.from, phrases[at]?.to);

/** Whether a phrase stands right before or behind another. */
const isBeside = (one: Phrase | undefined, other: Phrase | undefined): boolean =>
  one !== undefined && other !== undefined && one.to === other.from;

const STOP = /[，,：:；;。？?（(]/u;

/** The phrases of the clause before the word. */
function clauseBefore({ phrases, at, question }: Passed): readonly Phrase[] {
  const start = phrases
    .slice(0, at)
    .findLastIndex(({ from, to }) => STOP.test(question.slice(from, to)));
  return phrases.slice(start + 1, at);
}

const HOLDS = new Set<Meaning['kind']>(['value', 'flag', 'stored', 'property', 'period', 'number']);
const isHolding = ({ meanings }: Phrase): boolean =>
  meanings.some((one) => HOLDS.has(one.kind) || isWord(one, 'without', 'not', 'compare'));
const isDenial = (one: Phrase | undefined): boolean =>
  one?.meanings.some((meaning) => isWord(meaning, 'without', 'not')) ?? false;
const isTable = (one: Phrase | undefined): boolean =>
  one?.meanings.some(({ kind }) => kind === 'table') ?? false;

/** 正常运作的基金, 空仓的客户: which of them are meant, where nothing else tells it. */
const isOfThings: Needed = (passed) =>
  /^里?的/u.test(behindVerb(passed)) && !clauseBefore(passed).some(isHolding);

/** What stands behind the word, and behind a verb of one character that says nothing: 的 of 趸缴的保单. */
function behindVerb({ phrases, at, question }: Passed): string {
  const [here, next] = [phrases[at], phrases[at + 1]];
  const isVerb =
    next !== undefined &&
    isBeside(here, next) &&
    next.to - next.from === 1 &&
    next.meanings.every((one) => isWord(one, 'noise') && one.cost > 0);
  return question.slice(isVerb ? next.to : here?.to);
}

/** 换过经理的基金, 签了代扣的: what was done; of 没签过合同 it is the contracts that there are none of. */
const isDone: Needed = (passed) => {
  const { phrases, at } = passed;
  const isDeniedDone = isDenial(phrases[at - 1]) || isDenial(phrases[at - 2]);
  if (isDeniedDone) return false;
  const isFirst = clauseBefore(passed).length === 0;
  return /^过/u.test(behind(passed)) || (isFirst && /^了/u.test(behind(passed)));
};

/** 被追保. */
const isSuffered: Needed = (passed) => /被$/u.test(before(passed));

/** 5级, 四星: of what the number is. */
const isCounter: Needed = (passed) =>
  passed.phrases[passed.at - 1]?.meanings.some(({ kind }) => kind === 'number') ?? false;

/** 哪类基金, 几种债券: their kinds, and not they themselves. */
const isKinds: Needed = (passed) =>
  /^[类种型]$/u.test(said(passed)) && /[哪几各每何]$/u.test(before(passed));

/** 同类, 本岗: the same in what. */
const isOwn: Needed = (passed) =>
  passed.phrases[passed.at - 1]?.meanings.some((one) => isWord(one, 'own')) ?? false;

/** What tells no more behind a thing: 理赔案子. */
const GENERIC = /^(?:案子|案件|方案|单子|单据|资料|档案|全称)$/u;

/** 企业规模, 凭证期限: what is asked for of things; not 研报覆盖的. */
const isOfWhat: Needed = (passed) => {
  const { phrases, at } = passed;
  const isNoun = /^\p{Script=Han}{2,}$/u.test(said(passed)) && !GENERIC.test(said(passed));
  const isBehindTable = isTable(phrases[at - 1]) && isBeside(phrases[at - 1], phrases[at]);
  return isNoun && isBehindTable && !/^[的过了]/u.test(behind(passed));
};

/** 收回, 借方, 催收: a table of one character is a part of another word. */
const isPartOfWord: Needed = ({ phrases, at }) =>
  [phrases[at - 1], phrases[at + 1]].some(
    (one) =>
      one !== undefined &&
      isTable(one) &&
      one.to - one.from === 1 &&
      (isBeside(one, phrases[at]) || isBeside(phrases[at], one)),
  );

/** 国企与民企的资金: beside a value, another that is not stored. */
const isBesideValue: Needed = ({ phrases, at }) => {
  const isJoined = phrases[at - 1]?.meanings.some((one) => isWord(one, 'and', 'or')) ?? false;
  const isValue = ({ kind }: Meaning) => kind === 'value' || kind === 'flag';
  const isRow = phrases[at + 1]?.meanings.some(({ kind }) => kind === 'period') ?? false;
  return isJoined && isRow && (phrases[at - 2]?.meanings.some(isValue) ?? false);
};

/** 日期、付款方、金额: a part of a list that names nothing else; of 户主、账号 the first one is behind 的. */
const isPartOfList: Needed = ({ phrases, at, question }) => {
  const isJoint = (one: Phrase) => one.meanings.some((meaning) => isWord(meaning, 'and', 'list'));
  const next = phrases.slice(at + 1).findIndex(isJoint);
  const isBeforeItem = question[phrases[at + 1 + next]?.from ?? 0] === '、';
  const begins = (one: Phrase) =>
    isJoint(one) || (isBeforeItem && question.slice(one.from, one.to) === '的');
  const start = phrases.slice(0, at).findLastIndex(begins);
  const part = phrases.slice(start + 1, next < 0 ? phrases.length : at + 1 + next);
  const isAlone = part.every(({ meanings }) =>
    meanings.every((one) => isWord(one, 'noise', 'unit', 'preposition', 'by')),
  );
  return start >= 0 && isAlone;
};

/** 合同 in 5份合同 of a database without any, where 同 alone is known: a noun, and no two words. */
const isPartOfNoun: Needed = ({ phrases, at, question }) => {
  const [before, here, next] = [phrases[at - 1], phrases[at], phrases[at + 1]];
  const isWordBeside = (one: Phrase | undefined): one is Phrase =>
    one !== undefined &&
    (isBeside(one, here) || isBeside(here, one)) &&
    one.meanings.every((meaning) => meaning.kind === 'word' && !isWord(meaning, 'unit'));
  const withBefore = isWordBeside(before) ? question.slice(before.from, here?.to) : '';
  const withNext = isWordBeside(next) ? question.slice(here?.from, next.to) : '';
  return [withBefore, withNext].some((text) => HAN_NOUNS.has(text));
};

const NEEDED: readonly Needed[] = [
  isOfThings,
  isDone,
  isSuffered,
  isCounter,
  isKinds,
  isOwn,
  isOfWhat,
  isPartOfWord,
  isBesideValue,
  isPartOfList,
  isPartOfNoun,
];
