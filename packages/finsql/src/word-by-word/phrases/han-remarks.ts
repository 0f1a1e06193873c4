/** What stands at the end of Chinese questions and asks for more: ，要账号和余额; 前五的客户和金额. */
import { hasHan } from '../../retrieval/words.ts';
import type { Meaning, Phrase } from '../model/phrase.ts';

const LIST = /(?<=[，,；;。]\s*)(?:只)?要(?=\p{Script=Han}{2})(?![多几求是有能不没付])/gu;
/** What it is ordered by, or held to, stands before it. */
const MEASURED =
  /最[多少高低大小]|前[\d一二两三四五六七八九十]|超过|高于|大于|多于|少于|低于|不足|不到|不低于|不超过|以上|以下|至少/u;
const FIGURE =
  /(?<=(?:和|及|以及|及其|和其|与|、|，|,|连同|附)(?:各自|相应|对应)?的?)(?:总金额|总额|金额|数额|合计金额|金额合计|合计|比例|比率)(?=$|[（(。？?；;，,])/gu;

const WITH_NONE =
  /没有?\p{Script=Han}{1,6}也(?:要|得)?(?:列出来|列出|列上|列|显示|给出|算上|算|写上|包括|统计)(?:进来|在内|0|为0)?/gu;

/** The phrases of such remarks. */
export function hanRemarks(question: string): Phrase[] {
  if (!hasHan(question)) return [];
  return [
    ...phrasesOf(question, LIST, { kind: 'word', word: 'list', cost: 0.2 }),
    ...phrasesOf(question, WITH_NONE, { kind: 'word', word: 'with-none', cost: 0.2 }),
    ...figures(question),
  ];
}

function figures(question: string): Phrase[] {
  const meaning: Meaning = { kind: 'word', word: 'with-figure', cost: 0.4 };
  return phrasesOf(question, FIGURE, meaning).filter(({ from }) =>
    MEASURED.test(question.slice(0, from)),
  );
}

function phrasesOf(question: string, pattern: RegExp, meaning: Meaning): Phrase[] {
  return [...question.matchAll(pattern)].map(({ 0: text, index }) => ({
    from: index,
    to: index + text.length,
    meanings: [meaning],
  }));
}
