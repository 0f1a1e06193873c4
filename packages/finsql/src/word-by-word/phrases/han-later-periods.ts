/**
 * Parts of a year that is said before them, or at the end: 2025年上半年和下半年, 四季度比三季度（2025年）; of the year
 * in which it is asked, where none is: 上半年签了多少.
 */
import { readPeriods } from '../../retrieval/quantities/periods.ts';
import type { Phrase } from '../model/phrase.ts';

const PART =
  /(?<![年\d一二三四五六七八九十个每各第前后近数上下按分逐两几哪-])(?:[上下]半年|第?[一二三四1-4]季度|(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?(?![\d一二三四五六七八九十]))/gu;
const YEAR = /(?:19|20)\d\d(?=年|[-/]\d)|[今去前]年/gu;
/** Years and periods that are told by today. */
const TOLD_BY_TODAY =
  /[今去前本上明同历每][年月]|(?:最近|过去|近)[^，,]*年|(?:19|20)\d\d|(?:上|本|这)个?季/u;
/** A year that stands by itself at the end, or in brackets. */
const ALONE =
  /(?:(?<=[（(])(?:19|20)\d\d年?(?=[)），,])|(?<=[，,]\s*)(?:19|20)\d\d年?(?=[？?。]?$))/gu;

/**
 * The phrases of such parts, and of the year that they are of where it stands behind them.
 * @param today the day on which it is asked; default: the current day
 */
export function laterParts(
  question: string,
  today: string = new Date().toISOString().slice(0, 10),
): Phrase[] {
  if (!TOLD_BY_TODAY.test(question)) return partsOfThisYear(question, today);
  const parts = partsIn(question, today);
  const years = [...question.matchAll(YEAR)];
  const isBehind = parts.length > 0 && years.length === 1;
  const said = isBehind ? [...question.matchAll(ALONE)] : [];
  const silent = said.map(({ 0: text, index }): Phrase => {
    const meaning = { kind: 'word', word: 'noise', cost: 0 } as const;
    return { from: index, to: index + text.length, meanings: [meaning] };
  });
  return [...parts, ...silent];
}

/** Of the year that is said. */
function partsIn(question: string, today: string): Phrase[] {
  const years = [...question.matchAll(YEAR)];
  return partsOf(question, today, 0.25, (index) => {
    const before = years.findLast((year) => year.index < index);
    const [year] = before ?? (years.length === 1 ? years[0] : undefined) ?? [];
    return year?.replace(/年?$/u, '年');
  });
}

/** 一季度, 5月份, and none that is yet to come; 下半年 may be, as 下半年到期. */
function partsOfThisYear(question: string, today: string): Phrase[] {
  const thisYear = `${today.slice(0, 4)}年`;
  const isToCome = ({ meanings: [period], ...place }: Phrase) =>
    period?.kind === 'period' &&
    period.from > today &&
    !question.slice(place.from, place.to).endsWith('半年');
  return partsOf(question, today, 0.5, () => thisYear).filter((part) => !isToCome(part));
}

/** @param yearAt the year of the part at a place, as it is said; undefined: it is of none */
function partsOf(
  question: string,
  today: string,
  cost: number,
  yearAt: (index: number) => string | undefined,
): Phrase[] {
  return [...question.matchAll(PART)].flatMap(({ 0: text, index }): Phrase[] => {
    const year = yearAt(index);
    if (year === undefined) return [];
    const [found, ...more] = readPeriods(year + text.replace(/^第/u, ''), today);
    if (found === undefined || more.length > 0) return [];
    const { from, to } = found;
    const meaning = { kind: 'period', from, to, cost } as const;
    return [{ from: index, to: index + text.length, meanings: [meaning] }];
  });
}
