/** What a ratio is called that a Chinese question tells by what it is of: 逾期率：逾期笔数占贷款笔数的百分比. */
import { isWord, type Phrase } from '../model/phrase.ts';
import type { PlacedUnit } from '../words/units.ts';

/** A name, and behind it a colon or a bracket with what it is of. */
const DEFINED =
  /(?<=^|[，,。；;])([^，,。；;：:（(]*?)(率|占比|比例|比重|比|成数|强度|集中度|覆盖度)(?:(?:是|为)(?:多少|百分之几|百分之多少)|有多[高大少])?\s*(?=[：:（(](?:即|也就是|=|＝)?[^）)：:]*(?:占|除以|÷|\/|比上)[^）)：:]*(?:[）)]|$|[，,]))/u;
const BEFORE = /^(?:各|每个?|按|分|哪)/u;
const MEAN = /平均|人均|笔均|户均/u;

/** Where such a name stands; undefined where there is none, or nothing tells where it begins. */
export function ratioLabel(
  question: string,
  units: readonly PlacedUnit[],
  phraseAt: (at: number) => Phrase | undefined,
): { readonly from: number; readonly to: number } | undefined {
  const found = DEFINED.exec(question);
  const [text = '', name = ''] = found ?? [];
  if (found === null || MEAN.test(text)) return undefined;
  const { index } = found;
  const to = index + text.length;
  const behindOf = name.lastIndexOf('的');
  if (behindOf >= 0) return { from: index + behindOf + 1, to };
  if (!BEFORE.test(name)) return { from: index, to };
  // 各网点回收率: behind what it is of each of.
  const first = units.findIndex(({ from }) => from >= index);
  const each = phraseAt(first);
  const isEach = each?.meanings.some((one) => isWord(one, 'each', 'by', 'which')) ?? false;
  const of = each && phraseAt(units.findIndex(({ from }) => from >= each.to));
  const isNamed = of?.meanings.some(({ kind }) => kind === 'table' || kind === 'column') ?? false;
  return isEach && isNamed && of !== undefined && of.to < to ? { from: of.to, to } : undefined;
}
