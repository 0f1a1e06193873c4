/** In what figures are to be shown, said behind them: （元）, ，万元, 用亿元表示, 换成元. */
import { hasHan } from '../../retrieval/words.ts';
import type { Phrase } from '../model/phrase.ts';

const SIZES: ReadonlyMap<string, number> = new Map([
  ['元', 1],
  ['分', 0.01],
  ['千元', 1e3],
  ['万元', 1e4],
  ['百万元', 1e6],
  ['亿元', 1e8],
]);

const UNIT = '(?:人民币)?(元|分|[千万亿]元|百万元)';
const TO = '换算?[成为]|折算?[成为合]|折合成?';
const SHOWN = '为单位|表示|计|计算|显示|列示';

/** The first group is what is no part of the phrase. */
const FORMS: readonly RegExp[] = [
  new RegExp(`([（(] ?)(?:单位[:：]? ?|${TO}|[用以按])?${UNIT}(?= ?[)）])`, 'gu'),
  new RegExp(
    `()[，,] ?(?:金额|结果|数字|统一|都)?(?:单位)?(?:${TO}|[用以按为是:：])? ?${UNIT}(?:${SHOWN}|就行|即可)?(?=$|[，,。；;？?！!）)])`,
    'gu',
  ),
  new RegExp(`()[用以按]${UNIT}(?:${SHOWN})`, 'gu'),
  new RegExp(`()(?:单位|金额)?(?:${TO})${UNIT}(?![/每])`, 'gu'),
];

/** The phrases of such units. */
export function hanUnits(question: string): Phrase[] {
  if (!hasHan(question)) return [];
  return FORMS.flatMap((form) =>
    [...question.matchAll(form)].flatMap(
      ({ 0: text, 1: before = '', 2: unit = '', index }): Phrase[] => {
        const size = SIZES.get(unit);
        if (size === undefined) return [];
        const from = index + before.length;
        const meanings = [{ kind: 'word', word: 'in-unit', unit: size, cost: 0 } as const];
        return [{ from, to: index + text.length, meanings }];
      },
    ),
  );
}
