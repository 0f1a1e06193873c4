/** Chinese characters that say nothing elsewhere and are parts of words where they stand: 收款凭证, 部分退款, 在用设备. */
import { isWord, type Phrase } from '../model/phrase.ts';
import { unread } from '../model/unread.ts';

/** What a word costs that is a verb where something is stored that is called so. */
const VERB_COST = 0.5;

/** What things are counted by stands behind a number, or behind a word in its place: 三家, 每户, 这批. */
const BEFORE_COUNTERS =
  /[\d〇零一二三四五六七八九十百千万亿两几多少每各哪第这那某该上下首末整同有是前后半数另头单来余个\s]$/u;

/** Whether a character that says nothing elsewhere is a part of a word that nothing stored stands for. */
export function isPartOfHanWord({ from, to, meanings }: Phrase, question: string): boolean {
  const [said, before, behind] = [
    question.slice(from, to),
    question.slice(0, from),
    question.slice(to),
  ];
  if (!/^\p{Script=Han}$/u.test(said)) return false;
  const isCounter =
    meanings.some((one) => isWord(one, 'unit') && one.counts === true) &&
    meanings.every((one) => isWord(one, 'unit', 'preposition'));
  // 收款凭证数: 款 counts nothing there.
  if (isCounter) return /^\p{Script=Han}/u.test(behind) && !BEFORE_COUNTERS.test(before);
  // 在用设备: those in use.
  const isVerb = meanings.every((one) => isWord(one, 'noise') && one.cost === VERB_COST);
  return isVerb && /在$/u.test(before);
}

/** 每位分析师评级了多少家公司, where 分析师评级 are rows. @throws Unread where what is taken for a name says what is done */
export function expectNoDeed(phrases: readonly Phrase[], question: string): void {
  const isDeed = ({ to, meanings }: Phrase) =>
    meanings.every((one) => one.kind === 'table' && one.done !== true) &&
    /^[了过](?:多少|几|哪)/u.test(question.slice(to));
  if (phrases.some(isDeed)) unread('what is done, or rows of it');
}
