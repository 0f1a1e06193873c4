import { identifier } from '../schema/identifiers.ts';
import { fold } from '../schema/schema.ts';
import { analyse, type Scope, type TableReference } from '../sql/scopes.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { CalibrationContext, Rule } from './rule.ts';

export const fixJoinKeys: Rule = {
  name: 'fix-join-keys',
  summary:
    'A join without a condition, or whose condition compares a column with itself, gets the key that links its table with one before.',
  when: 'always',
  apply(sql, context) {
    const tokens = tokenizeSql(sql);
    for (const scope of analyse(tokens, context.schema).scopes) {
      for (const [index, reference] of scope.tables.entries()) {
        const before = scope.tables.slice(0, index);
        const fixed = fixJoin(sql, tokens, reference, before, context);
        // One at a time: the next run of the rule sees it in the statement.
        if (fixed !== undefined && fixed !== sql) return fixJoinKeys.apply(fixed, context);
      }
    }
    return sql;
  },
};

function fixJoin(
  sql: string,
  tokens: readonly SqlToken[],
  reference: TableReference,
  before: Scope['tables'],
  context: CalibrationContext,
): string | undefined {
  const { at } = reference;
  if (at === undefined || before.length === 0 || reference.table === undefined) return undefined;
  if (fold(tokens[at - 1]?.text ?? '') !== 'join') return undefined;
  if (/^(?:cross|natural)$/.test(fold(tokens[at - 2]?.text ?? ''))) return undefined;
  const last = endOfName(tokens, at, reference.handle);
  const end = (tokens[last]?.start ?? 0) + (tokens[last]?.text.length ?? 0);
  const next = fold(tokens[last + 1]?.text ?? '');
  if (next === 'using') return undefined;
  if (next !== 'on') {
    const condition = conditionFor(reference, before, context);
    // The joins behind it may hold its condition.
    if (condition === undefined || joinedLater(tokens, last)) return undefined;
    return `${sql.slice(0, end)} on ${condition}${sql.slice(end)}`;
  }
  const [left, dot, name, sign, right, dot2, name2, behind] = tokens.slice(last + 2, last + 10);
  const itself =
    dot?.text === '.' &&
    dot2?.text === '.' &&
    sign?.text === '=' &&
    fold(left?.value ?? '') === fold(right?.value ?? '') &&
    fold(name?.value ?? '') === fold(name2?.value ?? '');
  if (!itself || left === undefined || name2 === undefined) return undefined;
  if (behind?.text === '.') return undefined;
  const condition = conditionFor(reference, before, context);
  if (condition === undefined) return undefined;
  return sql.slice(0, left.start) + condition + sql.slice(name2.start + name2.text.length);
}

/** Index of the last token of the table with its alias. */
function endOfName(tokens: readonly SqlToken[], at: number, handle: string): number {
  const as = fold(tokens[at + 1]?.text ?? '') === 'as';
  const alias = as ? at + 2 : at + 1;
  return fold(tokens[alias]?.value ?? '') === handle ? alias : at;
}

/** `a join b join c on …`: one condition for both. */
function joinedLater(tokens: readonly SqlToken[], last: number): boolean {
  return /^(?:join|inner|left)$/.test(fold(tokens[last + 1]?.text ?? ''));
}

function conditionFor(
  reference: TableReference,
  before: Scope['tables'],
  { links }: CalibrationContext,
): string | undefined {
  const own = fold(reference.table?.name ?? '');
  for (const other of [...before].reverse()) {
    const theirs = fold(other.table?.name ?? '');
    const link = links.find(
      ({ table, target }) =>
        (table === own && target === theirs) || (table === theirs && target === own),
    );
    // Two tables under one name: a condition would still compare the name with itself.
    if (link === undefined || own === theirs || other.handle === reference.handle) continue;
    const outward = link.table === own;
    const mine = outward ? link.column : link.targetColumn;
    const yours = outward ? link.targetColumn : link.column;
    return `${identifier(other.handle)}.${identifier(yours)} = ${identifier(reference.handle)}.${identifier(mine)}`;
  }
  return undefined;
}
