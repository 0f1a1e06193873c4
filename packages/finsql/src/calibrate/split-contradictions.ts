import { fold } from '../schema/schema.ts';
import { textOf } from '../sql/edit.ts';
import { aggregates, selectList, topLevel } from '../sql/select-list.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
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
    const conjuncts = conjunctsOf(tokens, where + 1);
    const found = contradiction(conjuncts.map(readComparison));
    if (found === undefined) return sql;
    const halves = found.map((left) => {
      const kept = conjuncts.filter((_, at) => at !== left).map((part) => textOf(sql, part));
      return `${sql.slice(0, tokens[where]?.start)}where ${kept.join(' and ')}`;
    });
    return halves.reverse().join(' intersect ');
  },
};

/** The parts that AND holds together; none where there is an OR beside them. */
function conjunctsOf(tokens: readonly SqlToken[], start: number): SqlToken[][] {
  if (topLevel(tokens, /^or$/, start) !== undefined) return [];
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  let between = false;
  for (const token of tokens.slice(start)) {
    depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
    const word = depth === 0 ? fold(token.text) : '';
    if (word === 'and' && !between) {
      parts.push([]);
      continue;
    }
    if (word === 'between') between = true;
    else if (word === 'and') between = false;
    parts.at(-1)?.push(token);
  }
  return parts;
}

interface Comparison {
  readonly column: string;
  readonly sign: string;
  readonly value: string;
}

/** `t.x = 'a'`, `x < 3`; undefined for anything else. */
function readComparison(part: readonly SqlToken[]): Comparison | undefined {
  const qualified = part[1]?.text === '.';
  const [sign, literal, ...more] = part.slice(qualified ? 3 : 1);
  if (literal === undefined || more.length > 0) return undefined;
  if (literal.kind !== 'string' && literal.kind !== 'number') return undefined;
  const column = part.slice(0, qualified ? 3 : 1).map(({ value }) => fold(value));
  return { column: column.join(''), sign: sign?.text ?? '', value: literal.value };
}

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
