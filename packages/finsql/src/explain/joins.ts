/** What a SELECT reads: its tables, how their rows are matched, and which stay without a match. */
import type { From } from './ast.ts';
import { joinedConditions, type Phrasing } from './phrases.ts';

/** Sentences of a FROM; none without one. */
export function readsSentences(
  from: readonly From[],
  phrasing: Phrasing,
  commentOn: (table: string) => string,
): string[] {
  if (from.length === 0) return [];
  const { words } = phrasing;
  const tables = from.map((source) => {
    const { table } = source;
    if (table === undefined) return nameOf(source, phrasing);
    return words.table(table, commentOn(table), phrasing.naming.alias(source));
  });
  const conditions = from.flatMap(({ on }) => (on ? [on] : []));
  const keys = [
    ...joinedConditions(conditions, phrasing),
    ...from.flatMap(({ using }) => (using ?? []).map(({ value }) => words.isShared(value))),
    ...(from.some(({ join }) => join?.startsWith('NATURAL')) ? [words.namesakesShared] : []),
  ];
  return [words.reads(tables, keys), ...from.flatMap((_, at) => unmatched(from, at, phrasing))];
}

/** What a join keeps beyond the rows that match. */
function unmatched(from: readonly From[], at: number, phrasing: Phrasing): string[] {
  const { words } = phrasing;
  const entry = from[at];
  const { join = '' } = entry ?? {};
  if (entry === undefined || join === '') return [];
  const before = from.slice(0, at).map((source) => nameOf(source, phrasing));
  const own = [nameOf(entry, phrasing)];
  const isFull = join.includes('FULL');
  const kept = [
    ...(isFull || join.includes('LEFT') ? [words.keepsUnmatched(before, own)] : []),
    ...(isFull || join.includes('RIGHT') ? [words.keepsUnmatched(own, before)] : []),
  ];
  const isMatched = Boolean(entry.on) || entry.using !== undefined || join.includes('NATURAL');
  return kept.length > 0 || isMatched ? kept : [words.pairs(before, own)];
}

/** A table or an inner query by its name. */
function nameOf(source: From, { words, naming }: Phrasing): string {
  const name = naming.source(source);
  const isCall = source.expr !== undefined && source.expr.ast === undefined;
  if (isCall) return words.functionRows;
  return name === '' ? words.innerQuery : name;
}
