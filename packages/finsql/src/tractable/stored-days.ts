/**
 * Days on which something is over with, which hold nothing before it is: `unpaid invoices` have no day on
 * which they were paid, `running contracts` none on which they ended.
 */
import { singular } from '../retrieval/words.ts';
import type { Column, Table } from '../schema/schema.ts';
import { OF_DAY, verbForms, wordsOf } from './name-words.ts';

/** What the columns are called by, beside the word for day. */
const DONE = new Set(
  `paid pay payment settled settlement closed close closing ended end finished delivered delivery shipped shipment
   received receipt arrived arrival returned return cancelled canceled cancellation resolved resolution completed
   completion terminated termination left departure exit approved approval signed repaid refunded redeemed`.split(
    /\s+/,
  ),
);
const OF_END = new Set(['end', 'ended', 'terminated', 'termination', 'exit']);
const OF_CLOSING = new Set(['closed', 'close', 'closing', 'resolved', 'resolution']);

/** More of what is done, by the word of the column. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  received: ['arrived', 'come in'],
  receipt: ['received', 'arrived'],
  return: ['returned', 'brought back'],
  pay: ['paid'],
  end: ['ended', 'over', 'finished'],
  close: ['closed'],
  exit: ['exited', 'left'],
  resolution: ['resolved'],
  settlement: ['settled'],
  completion: ['completed'],
  approval: ['approved'],
};

/** What is said of rows where it is done, or, with `not`, where it is not. */
export interface StoredName {
  readonly text: string;
  readonly not: boolean;
}

/** How a column of a table says what is done; nothing for other columns. */
export function storedNames({ columns }: Table, { name, kind }: Column): StoredName[] {
  const [word, ...more] = wordsOf(name).filter((one) => !OF_DAY.test(one));
  if (kind !== 'date' || word === undefined || more.length > 0 || !DONE.has(word)) return [];
  const done = [...new Set([...verbForms(singular(word)), ...(OTHERS[word] ?? [])])].filter(
    (text) => text.endsWith('ed') || !DONE.has(text) || text === 'paid',
  );
  const isStated = columns.some((one) => /status|state$|active/i.test(one.name));
  const goesOn = [
    ...(OF_END.has(word) ? ['running', 'ongoing', 'active', 'open'] : []),
    ...(OF_CLOSING.has(word) ? ['open'] : []),
  ];
  const running = isStated ? [] : goesOn;
  return [
    ...done.map((text) => ({ text, not: false })),
    ...[...done.map((text) => `un${text}`), ...running].map((text) => ({ text, not: true })),
  ];
}
