/** 有几张？金额合计多少: of two questions in one, each is answered. */
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { unread } from '../model/unread.ts';

/** @throws Unread where it is asked how many or how much more often than figures are shown */
export function expectEachQuestion({ asked, phrases, chinese }: ParseState): void {
  if (!chinese || asked.groups.length > 0) return;
  const questions = phrases.filter((one) => isWord(one, 'how-many', 'how-much'));
  if (questions.length > 1 && asked.shown.length < questions.length) unread('two questions');
}
