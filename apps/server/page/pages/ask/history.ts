/** What was asked in this browser, newest first; kept here only, for all of its tabs. */
import { signal } from '@preact/signals';
import { keep, onKeptElsewhere, readKept, readList, writtenList } from '../../parts/kept.ts';

export interface HistoryEntry {
  /** Of the answer; null when nothing was kept. */
  readonly id: string | null;
  /** Whether it got no rows. */
  readonly failed: boolean;
  readonly question: string;
  readonly database: string;
  /** ISO time. */
  readonly asked: string;
}

type Asked = Pick<HistoryEntry, 'question' | 'database'>;

const PLACE = 'history';
const MOST = 200;

export const history = signal<readonly HistoryEntry[]>(read());

onKeptElsewhere(PLACE, () => {
  history.value = read();
});

/** Puts a question that is being asked at the top; the same one of the same database is kept once. */
export function remember({ question, database }: Asked): void {
  const entry = { id: null, failed: false, question, database, asked: new Date().toISOString() };
  write([entry, ...read().filter((other) => !isSame(other, entry))].slice(0, MOST));
}

/** Adds what came of a question; one that was cleared meanwhile stays so. */
export function noteOutcome(asked: Asked, outcome: Pick<HistoryEntry, 'id' | 'failed'>): void {
  write(read().map((entry) => (isSame(entry, asked) ? { ...entry, ...outcome } : entry)));
}

export function clearHistory(): void {
  write([]);
}

/** Entries whose question or database has every word of `wanted`, in any case. */
export function searchHistory(
  entries: readonly HistoryEntry[],
  wanted: string,
): readonly HistoryEntry[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(({ question, database }) => {
    const text = `${question} ${database}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

const isSame = (one: Asked, other: Asked) =>
  one.question === other.question && one.database === other.database;

function write(entries: readonly HistoryEntry[]): void {
  history.value = entries;
  keep(PLACE, writtenList(entries));
}

/** As it is now: another tab may have written since. */
function read(): readonly HistoryEntry[] {
  return readList(readKept(PLACE), isEntry);
}

function isEntry(value: unknown): value is HistoryEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { id, failed, question, database, asked } = value as Record<string, unknown>;
  return (
    (id === null || typeof id === 'string') &&
    typeof failed === 'boolean' &&
    [question, database, asked].every((part) => typeof part === 'string')
  );
}
