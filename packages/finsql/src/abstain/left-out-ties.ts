/** Rows that a LIMIT leaves out though they are equal to the last one it takes: `the largest fund`, where two are. */
import type { FoundRows } from '../find-rows.ts';
import { runStatement, type StatementRunner } from '../run-statement.ts';
import { fold } from '../schema/schema.ts';
import { textOf } from '../sql/edit.ts';
import { type SelectList, selectList, topLevel } from '../sql/select-list.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { Caution } from '../wording/messages.ts';

/** Rows behind the last one that are looked at. */
const MOST = 100;
/** A statement that took longer is not run once more. */
const QUICK_MS = 500;
const LONGEST_MS = 2_000;

interface Probe {
  /** The statement with what it orders by as its last columns, and more rows. */
  readonly sql: string;
  /** How many columns it orders by. */
  readonly keys: number;
  readonly limit: number;
}

/** What is to be said of rows that are equal to the last one in all that they are ordered by. */
export async function leftOutTies(
  { sql, result, failure }: FoundRows,
  runner: StatementRunner,
): Promise<Caution[]> {
  if (failure !== null || result.truncated || result.milliseconds > QUICK_MS) return [];
  const probe = probeOf(sql);
  if (probe === undefined || result.rows.length !== probe.limit) return [];
  const { timeoutMs = LONGEST_MS } = runner.limits;
  const limits = {
    ...runner.limits,
    maxRows: probe.limit + MOST,
    timeoutMs: Math.min(timeoutMs, LONGEST_MS),
  };
  const done = await runStatement(probe.sql, { ...runner, limits });
  const rows = 'result' in done ? done.result.rows : [];
  const [last, ...behind] = rows.slice(probe.limit - 1).map((row) => row.slice(-probe.keys));
  const other = behind.findIndex((keys) => keys.some((key, at) => key !== last?.[at]));
  const more = other === -1 ? behind.length : other;
  return more === 0 ? [] : [{ code: 'ties', more, orMore: more === MOST }];
}

/** Undefined for a statement that does not order its rows by expressions and take the first few. */
function probeOf(sql: string): Probe | undefined {
  const tokens = tokenizeSql(sql);
  const list = selectList(tokens);
  const order = topLevel(tokens, /^order$/);
  const limit = topLevel(tokens, /^limit$/);
  const last = list?.items.at(-1)?.at(-1);
  const [count, ...more] = limit === undefined ? [] : tokens.slice(limit + 1);
  if (list === undefined || list.distinct || order === undefined || limit === undefined) {
    return undefined;
  }
  const isCompound = topLevel(tokens, /^(?:union|intersect|except)$/) !== undefined;
  if (isCompound || last === undefined || count === undefined || !/^[1-9]\d{0,3}$/.test(count.text))
    return undefined;
  if (more.some(({ text }) => text !== ';')) return undefined;
  const keys = termsOf(tokens.slice(order + 2, limit)).map((term) => keyOf(sql, term, list));
  if (keys.some((key) => key === undefined)) return undefined;
  const end = last.start + last.text.length;
  const shown = `${sql.slice(0, end)}, ${keys.join(', ')}${sql.slice(end, count.start)}`;
  return { sql: shown + (Number(count.text) + MOST), keys: keys.length, limit: Number(count.text) };
}

/** The terms of an ORDER BY, without their directions. */
function termsOf(tokens: readonly SqlToken[]): SqlToken[][] {
  const terms: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
    const isDirection =
      token.kind === 'word' && /^(?:asc|desc|nulls|first|last)$/.test(fold(token.text));
    if (token.text === ',' && depth === 0) terms.push([]);
    else if (depth > 0 || !isDirection) terms.at(-1)?.push(token);
  }
  return terms;
}

/** A term as an expression: a place or an alias stands for what is shown there. */
function keyOf(sql: string, term: readonly SqlToken[], { items }: SelectList): string | undefined {
  const [only, ...others] = term;
  if (only === undefined) return undefined;
  if (others.length > 0) return `(${textOf(sql, term)})`;
  if (only.kind === 'number') {
    const upTo = items.slice(0, Number(only.text));
    if (upTo.some((item) => item.at(-1)?.text === '*')) return undefined;
    const item = upTo[Number(only.text) - 1];
    return item && `(${textOf(sql, withoutAlias(item))})`;
  }
  const named = items.find((item) => fold(item.at(-1)?.value ?? '') === fold(only.value));
  return `(${textOf(sql, named === undefined ? term : withoutAlias(named))})`;
}

/** `sum(x) as total` and `sum(x) total` → sum(x) */
function withoutAlias(item: readonly SqlToken[]): readonly SqlToken[] {
  const before = item.at(-2);
  if (before === undefined || item.at(-1)?.kind === 'symbol') return item;
  if (fold(before.text) === 'as') return item.slice(0, -2);
  return before.text === ')' ? item.slice(0, -1) : item;
}
