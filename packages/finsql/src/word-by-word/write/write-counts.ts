/** Counts of several kinds of rows as SQL: `how many guests and how many bookings are there`. */
import { identifier } from '../../schema/identifiers.ts';
import { fold } from '../../schema/schema.ts';
import { isMeasure, type Reading } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * Each count by itself; undefined where rows of one kind are counted, or of none.
 * @throws Unread where the rows are held to something or grouped: joined, rows of the one kind without any of
 * the other would be left out
 */
export function writeCounts({ shown, conditions, groups, having }: Reading): string | undefined {
  const counted = shown.flatMap((item) =>
    isMeasure(item) && item.call === 'count' ? (item.rows ?? []) : [],
  );
  if (new Set(counted.map(fold)).size < 2) return undefined;
  const isPlain = [conditions, groups, having].every((one) => one.length === 0);
  if (!isPlain || counted.length < shown.length) unread('counts of two kinds of rows');
  return `select ${counted.map((table) => `(select count(*) from ${identifier(table)})`).join(', ')}`;
}
