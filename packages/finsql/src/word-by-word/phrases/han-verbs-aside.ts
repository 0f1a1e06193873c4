/** Verbs that say nothing beside what is asked for, where nothing stored is called so: 付了多少元, 没办过贷款. */

const BEFORE_FIGURE =
  /^(?:支付|付|发放|发|放|投|让|缴|交|还|收回|收|贷|批|支|拨|赔|卖|买|用|做|办|接|签|给|送|充|存|取|记|审|消|转)(?:出|出去|进来|掉|入)?[了过]?(?=(?:合计|一共|总共|共)?(?:多少|几))/u;
const DONE_BEFORE = /^(?:办理|办|做|申请|参加|享受|接受)[了过]/u;

/** How many characters of such a verb stand at a place; 0 for other words. */
export function verbAside(question: string, at: number): number {
  const rest = question.slice(at);
  return (BEFORE_FIGURE.exec(rest) ?? DONE_BEFORE.exec(rest))?.[0].length ?? 0;
}
