/** Words that Chinese counts things by: 三家公司, 多少笔, 哪一位. */

/** Those that say nothing by themselves. */
export const UNITS = '个|家|位|只|名|笔|张|种|条|份|人|次|件|台|辆|间|套|款|项|支|户|盒|瓶|箱|封';

/** Others are parts of too many words: 各门店, 各期限, 各类别. */
export const AFTER_NUMBERS = `${UNITS}|期|场|本|起|单|部|座|门|所|批|幢|栋|篇|人次|个人`;

/** Those of what is done, which tell how often it is. */
export const OF_DONE = '次|笔|单|回|趟';

/** Each text with every classifier in the place of `*`: `多少*` → 多少个|多少家|…. */
export function counted(classifiers: string, ...texts: readonly string[]): string {
  return texts
    .flatMap((text) => classifiers.split('|').map((one) => text.replace('*', one)))
    .join('|');
}

/** The rest of them, which tell nothing of what is counted. */
export const OF_THINGS = AFTER_NUMBERS.split('|')
  .filter((one) => !OF_DONE.split('|').includes(one))
  .join('|');
