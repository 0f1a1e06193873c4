/** By which figure the rows of a mean weigh, in Chinese: 按贷款金额加权的平均利率, 加权平均成交价，以数量为权重. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { hasHan } from '../../retrieval/words.ts';
import { findColumn, findTable, type Schema } from '../../schema/schema.ts';
import type { Meaning, Phrase } from '../model/phrase.ts';
import type { Dictionary } from '../names/names.ts';
import { phraseKey } from '../words/units.ts';

const WEIGHED =
  /(?:(?:按照|按|以|用)(\p{Script=Han}{2,10}?)(?:为权重|作为权重|作权重|做权重|进行加权|加权)|权重(?:为|是|用|取)(\p{Script=Han}{2,10}))(?=平均|的|$|[，,。；;）)？?])/gu;

/** The phrases that say by what rows weigh. */
export function weighedBy(question: string, names: Dictionary, schema: Schema): Phrase[] {
  if (!hasHan(question)) return [];
  return [...question.matchAll(WEIGHED)].flatMap(({ 0: text, 1: before, 2: behind, index }) => {
    const known = names.get(phraseKey(before ?? behind ?? '')) ?? [];
    const meanings = known.flatMap((one): Meaning[] => {
      if (one.kind !== 'column' || one.minus !== undefined || one.times !== undefined) return [];
      const { table, column, cost } = one;
      const found = findTable(schema, table);
      const own = found && findColumn(found, column);
      if (own === undefined || !isNumber(own)) return [];
      return [{ kind: 'word', word: 'weighed', by: { table, column }, cost }];
    });
    return meanings.length === 0 ? [] : [{ from: index, to: index + text.length, meanings }];
  });
}
