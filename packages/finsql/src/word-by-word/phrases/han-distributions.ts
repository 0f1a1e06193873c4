/** 设备状态分布, 拒赔案件的出险原因分布: at the end, how many rows each kind has. */
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';

const DISTRIBUTION = /^分布(?:情况)?(?:如何|怎么样|是怎样的|是什么样的)?[？?。]?$/u;

/** The phrases, with such a word as a count of each kind that the column before it tells. */
export function countKinds(phrases: readonly Phrase[], question: string): readonly Phrase[] {
  const at = phrases.findIndex(({ from }) => DISTRIBUTION.test(question.slice(from)));
  const kind = phrases[at - 1];
  const isColumn = kind?.meanings.some((one) => one.kind === 'column') ?? false;
  if (kind === undefined || !isColumn || kind.to !== phrases[at]?.from) return phrases;
  const meanings = kind.meanings.filter((one) => one.kind === 'column');
  const [before] = phrases.slice(0, at - 1).slice(-1);
  const isEach = before?.meanings.some((one) => isWord(one, 'each', 'by')) ?? false;
  const each: Meaning = { kind: 'word', word: 'each', cost: 0.2 };
  const count: Meaning = { kind: 'word', word: 'measure', call: 'count', cost: 0.2 };
  return [
    ...phrases.slice(0, at - 1),
    ...(isEach ? [] : [{ from: kind.from, to: kind.from, meanings: [each] }]),
    { ...kind, meanings },
    { from: kind.to, to: question.length, meanings: [count] },
  ];
}
