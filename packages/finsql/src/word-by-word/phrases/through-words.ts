/** 通过手机银行申请的分期: through what something is done, and no state of it. */
import type { Meaning, Phrase } from '../model/phrase.ts';

const THROUGH = /^(?:通过|经过|经由)$/u;
const PREPOSITION: Meaning = { kind: 'word', word: 'preposition', cost: 0 };

/** The phrases with such a word as a preposition where what is stored stands right behind it and something is done then. */
export function hearThrough(phrases: readonly Phrase[], question: string): Phrase[] {
  return phrases.map((phrase, at) => {
    const { from, to, meanings } = phrase;
    const next = phrases[at + 1];
    const isState = meanings.some(({ kind }) => kind === 'value');
    const isBehind = next?.from === to && next.meanings.every(({ kind }) => kind === 'value');
    if (!isState || !isBehind || !THROUGH.test(question.slice(from, to))) return phrase;
    const isDone =
      /^(?:渠道|方式|平台)?(?:申请|办理|提交|下单|发起|购买|支付|付款|缴费|缴纳|交|销售|卖|买|申购|赎回|提现|开户|投保)/u;
    return isDone.test(question.slice(next?.to)) ? { ...phrase, meanings: [PREPOSITION] } : phrase;
  });
}
