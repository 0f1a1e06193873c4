/** What was asked in this browser, newest first; kept here only. */
import { signal } from '@preact/signals';
import { keep, readKept } from '../../parts/kept.ts';

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

const PLACE = 'history';
const MOST = 200;

export const history = signal<readonly HistoryEntry[]>(read());

/** Puts a question at the top; the same question of the same database is kept once. */
export function remember(entry: Omit<HistoryEntry, 'asked'>): void {
  const others = history.value.filter(
    ({ question, database }) => question !== entry.question || database !== entry.database,
  );
  write([{ ...entry, asked: new Date().toISOString() }, ...others].slice(0, MOST));
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

function write(entries: readonly HistoryEntry[]): void {
  history.value = entries;
  keep(PLACE, entries.length === 0 ? null : JSON.stringify(entries));
}

function read(): readonly HistoryEntry[] {
  try {
    const entries: unknown = JSON.parse(readKept(PLACE) ?? '[]');
    return Array.isArray(entries) ? entries.filter(isEntry) : [];
  } catch {
    return [];
  }
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
