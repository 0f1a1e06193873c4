import { type Comparison, partsAround, readComparison } from '../sql/conditions.ts';
import { textOf } from '../sql/edit.ts';
import { aggregates, selectList, topLevel } from '../sql/select-list.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import type { Rule } from './rule.ts';

export const splitContradictions: Rule = {
  name: 'split-contradictions',
  summary:
    'Two conditions that no row can meet at once are asked one by one: `x = 1 and x = 2` becomes an intersection.',
  when: 'empty',
  apply(sql) {
    const tokens = tokenizeSql(sql);
    const where = topLevel(tokens, /^where$/);
    const list = selectList(tokens);
    // Counted, grouped, ordered or cut off: the whole is asked for, not its halves.
    if (list === undefined || where === undefined || list.items.some(aggregates)) return sql;
    if (topLevel(tokens, /^(?:group|order|limit|union|intersect|except|window)$/)) return sql;
    if (topLevel(tokens, /^or$/, where) !== undefined) return sql;
    const conjuncts = partsAround(tokens.slice(where + 1), 'and');
    const found = contradiction(conjuncts.map(readComparison));
    if (found === undefined) return sql;
    const halves = found.map((left) => {
      const kept = conjuncts.filter((_, at) => at !== left).map((part) => textOf(sql, part));
      return `${sql.slice(0, tokens[where]?.start)}where ${kept.join(' and ')}`;
    });
    return halves.reverse().join(' intersect ');
  },
};

/** Indices of the only two that contradict each other. */
function contradiction(
  comparisons: readonly (Comparison | undefined)[],
): readonly [number, number] | undefined {
  const pairs = comparisons.flatMap((one, at) =>
    comparisons
      .slice(at + 1)
      .flatMap((other, offset): [number, number][] =>
        one !== undefined && other !== undefined && contradict(one, other)
          ? [[at, at + 1 + offset]]
          : [],
      ),
  );
  return pairs.length === 1 ? pairs[0] : undefined;
}

function contradict(one: Comparison, other: Comparison): boolean {
  if (one.column !== other.column) return false;
  if (one.sign === '=' && other.sign === '=') return one.value !== other.value;
  const [below, above] = one.sign.startsWith('<') ? [one, other] : [other, one];
  return (
    below.sign.startsWith('<') &&
    below.sign !== '<>' &&
    above.sign.startsWith('>') &&
    Number(below.value) <= Number(above.value)
  );
}
