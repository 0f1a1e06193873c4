/** Labels as numbers: whether a target is a quantity, and what of it cannot be read so. */
import type { Translated } from '@quaestor/peft';
import { TabLlmError } from '../errors.ts';
import { commonDateFormat, detectDateFormat, isTimeOfDay } from '../schema/date-format.ts';
import {
  closestNumberFormat,
  detectNumberFormat,
  type NumberFormat,
  readNumber,
} from '../schema/number-format.ts';
import { cellInWords } from '../schema/unread-cells.ts';
import { MOST_CLASSES } from './classes.ts';

/** The labels of a target. */
export interface TargetLabels {
  readonly target: string;
  readonly labels: readonly string[];
  /** What each one's row is called; undefined: rows have no numbers. */
  readonly rowNumbers: readonly number[] | undefined;
}

/** Numbers with decimals, a currency or a percentage are a quantity from so many different ones on. */
const FEW_NUMBERS = 10;
/** More different ones of these are asked about where they are too few to be taken for a quantity. */
const FEW_MEASURED = 2;
/** Labels that are named as no numbers. */
const NAMED = 3;

/** How the numbers of a quantity are written; null for classes. @throws TabLlmError 'bad-data' where a quantity is asked for and is none */
export function quantityFormat(
  { target, labels, rowNumbers }: TargetLabels,
  task: 'auto' | 'quantity',
): NumberFormat | null {
  const format = detectNumberFormat(labels);
  if (task === 'quantity') {
    if (format) return format;
    const unread = unreadOf({ target, labels, rowNumbers });
    const dates = datesAsLabels(labels);
    const hint = { en: dates ? ` ${dates.en}` : '', zh: dates?.zh ?? '' };
    throw new TabLlmError('bad-data', {
      en: `Column ${target} is not a quantity: ${labels.length === 0 ? 'it has no labels' : unread.en}.${hint.en}`,
      zh: `列“${target}”不是数量：${labels.length === 0 ? '没有标签' : unread.zh}。${hint.zh}`,
    });
  }
  if (!format) return null;
  const values = numbersIn(labels, format);
  return values.size > (isMeasured(values, format) ? FEW_NUMBERS : MOST_CLASSES) ? format : null;
}

/** What to give in place of dates or times, in a sentence; null where labels are none. */
export function datesAsLabels(labels: readonly string[]): Translated | null {
  const format = detectDateFormat(labels) ?? commonDateFormat(labels);
  if (format === null) return null;
  return isTimeOfDay(format)
    ? {
        en: 'Its labels are times of day, which cannot be predicted: give the minutes since midnight in their place.',
        zh: '其标签是时间，无法预测：请改为自零点起的分钟数。',
      }
    : {
        en: 'Its labels are dates, which cannot be predicted: give the days since a date in their place.',
        zh: '其标签是日期，无法预测：请改为自某一日期起的天数。',
      };
}

/** Where most labels are numbers: the first that are not, in a sentence. */
export function hiddenQuantity(given: TargetLabels): Translated | null {
  const { labels } = given;
  const read = readIn(labels).filter(Boolean).length;
  if (read === labels.length || 2 * read <= labels.length) return null;
  const { en, zh } = unreadOf(given);
  return { en: `${en}.`, zh: `${zh}。` };
}

/** Classes that are nearly all different numbers, with hardly a row of each. */
export function likeQuantity(given: TargetLabels): Translated[] {
  const { target, labels } = given;
  const format = closestNumberFormat(labels);
  if (format === null) return [];
  const values = numbersIn(labels, format);
  const different = values.size;
  const few = isMeasured(values, format) ? FEW_MEASURED : FEW_NUMBERS;
  if (different <= few || 2 * different <= labels.length) return [];
  const hidden = hiddenQuantity(given);
  return [
    {
      en: `${target} has ${labels.length} labels, ${different} different numbers: is it a quantity? Then give --task quantity${hidden ? `. ${hidden.en.slice(0, -1)}` : ''}`,
      zh: `列“${target}”有 ${labels.length} 个标签、${different} 个不同的数字，它是不是数量？如果是，请使用 --task quantity${hidden ? `。${hidden.zh.slice(0, -1)}` : ''}`,
    },
  ];
}

/** Numbers that are hardly names: with decimals, a currency or a percentage. */
function isMeasured(values: ReadonlySet<number>, { prefix, suffix }: NumberFormat): boolean {
  return `${prefix}${suffix}` !== '' || [...values].some((value) => !Number.isInteger(value));
}

function numbersIn(labels: readonly string[], format: NumberFormat): Set<number> {
  return new Set(labels.map((label) => readNumber(label, format)).filter((one) => one !== null));
}

function readIn(labels: readonly string[]): boolean[] {
  const format = closestNumberFormat(labels);
  return labels.map((label) => format !== null && readNumber(label, format) !== null);
}

/** `2 of 45 labels are no numbers: row 3 'none', row 9 'soon'`. */
function unreadOf({ labels, rowNumbers }: TargetLabels): Translated {
  const read = readIn(labels);
  const places = [...labels.keys()].filter((place) => !read[place]);
  const named = places
    .slice(0, NAMED)
    .map((place) => cellInWords(labels[place] as string, rowNumbers?.[place] ?? null));
  const more = places.length > NAMED;
  return {
    en: `${places.length} of ${labels.length} labels are no numbers: ${named.map(({ en }) => en).join(', ')}${more ? ', …' : ''}`,
    zh: `${labels.length} 个标签中有 ${places.length} 个不是数字：${named.map(({ zh }) => zh).join('、')}${more ? '等' : ''}`,
  };
}
