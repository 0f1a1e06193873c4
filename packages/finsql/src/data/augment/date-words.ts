/** Days and months as people say them, with the preposition that English wants. */
import type { Entry } from './slots.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** `2024-06-28` → "on 2024-06-28", "on June 28, 2024"; the ends of months and years have more names. */
export function dateEntry(iso: string): Entry {
  const [year = '', month = '', day = ''] = iso.split('-');
  const name = MONTHS[Number(month) - 1] ?? month;
  const number = Number(day);
  const english = [`on ${iso}`, `on ${iso}`, `on ${name} ${number}, ${year}`];
  const chinese = [`${year}年${Number(month)}月${number}日`];
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (number === last) {
    if (month === '12') {
      english.push(`at the end of ${year}`, `at the end of ${year}`, `at year-end ${year}`);
      chinese.push(`${year}年末`, `${year}年底`);
    } else {
      english.push(`at the end of ${name} ${year}`);
      chinese.push(`${year}年${Number(month)}月末`);
    }
  }
  const monthWords = { en: [`${name} ${year}`], zh: [`${year}年${Number(month)}月`] };
  return entryOf(iso, english, chinese, monthWords);
}

/** `2024-06` → "in June 2024". */
export function monthEntry(value: string): Entry {
  const [year = '', month = ''] = value.split('-');
  const name = MONTHS[Number(month) - 1] ?? month;
  return entryOf(value, [`in ${name} ${year}`], [`${year}年${Number(month)}月`]);
}

function entryOf(
  value: string,
  english: readonly string[],
  chinese: readonly string[],
  monthWords?: Entry['words'],
): Entry {
  const sql = `'${value}'`;
  return {
    sql: { en: sql, zh: sql },
    words: { en: english, zh: chinese },
    fields: new Map<string, string | Entry['words']>([
      ['text', value],
      ...(monthWords === undefined ? [] : [['month', monthWords] as const]),
    ]),
  };
}
