/** Parts of a year that is said before them, or at the end: 2025年上半年和下半年, 四季度比三季度（2025年）. */
import { readPeriods } from '../../retrieval/quantities/periods.ts';
import type { Phrase } from '../model/phrase.ts';

const PART =
  /(?<![年\d一二三四五六七八九十个每各第前后近数上下按分逐两几哪-])(?:[上下]半年|第?[一二三四1-4]季度|(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?(?![\d一二三四五六七八九十]))/gu;
const YEAR = /(?:19|20)\d\d(?=年|[-/]\d)/gu;
/** No part of a year depends on the day on which it is asked. */
const ANY_DAY = '2000-01-01';

/** A year that stands by itself at the end, or in brackets. */
const ALONE =
  /(?:(?<=[（(])(?:19|20)\d\d年?(?=[)），,])|(?<=[，,]\s*)(?:19|20)\d\d年?(?=[？?。]?$))/gu;

/** The phrases of such parts, and of the year that they are of where it stands behind them; none where no year is said. */
export function laterParts(question: string): Phrase[] {
  const parts = partsIn(question);
  const years = [...question.matchAll(YEAR)];
  const isBehind = parts.length > 0 && years.length === 1;
  const said = isBehind ? [...question.matchAll(ALONE)] : [];
  const silent = said.map(({ 0: text, index }): Phrase => {
    const meaning = { kind: 'word', word: 'noise', cost: 0 } as const;
    return { from: index, to: index + text.length, meanings: [meaning] };
  });
  return [...parts, ...silent];
}

function partsIn(question: string): Phrase[] {
  const years = [...question.matchAll(YEAR)];
  return [...question.matchAll(PART)].flatMap(({ 0: text, index }): Phrase[] => {
    const before = years.findLast((year) => year.index < index);
    const [year] = before ?? (years.length === 1 ? years : [undefined]) ?? [];
    if (year === undefined) return [];
    const [found, ...more] = readPeriods(`${year}年${text.replace(/^第/u, '')}`, ANY_DAY);
    if (found === undefined || more.length > 0) return [];
    const { from, to } = found;
    const meaning = { kind: 'period', from, to, cost: 0.25 } as const;
    return [{ from: index, to: index + text.length, meanings: [meaning] }];
  });
}
