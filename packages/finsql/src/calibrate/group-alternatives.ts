import { partsAround, readComparison, whereClauses } from '../sql/conditions.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { Rule } from './rule.ts';

/** `Above 20 or any shop visit`, `or those of London`: what is asked of the others is not asked of these. */
const OR_ALL =
  /\bor (?:else )?(?:any|all|every|everyone|everybody|everything|anyone|anybody|anything|else|also|those|these|(?:the )?ones)\b|或者?(?:是)?(?:任何|任意|所有|全部|那些|那几)/i;

/** AND binds closer than OR, and who asks for one broker's doctors or masters means the broker for both. */
export const groupAlternatives: Rule = {
  name: 'group-alternatives',
  summary:
    'Alternatives of one column get parentheses: `a = 1 and x = 2 or x = 3` becomes `a = 1 and (x = 2 or x = 3)`.',
  when: 'always',
  apply(sql, { question = '' }) {
    if (OR_ALL.test(question)) return sql;
    let text = sql;
    for (const clause of whereClauses(tokenizeSql(sql)).reverse()) {
      const alternatives = alternativesIn(clause);
      const [first, last] = [alternatives?.[0], alternatives?.at(-1)];
      if (first === undefined || last === undefined) continue;
      const end = last.start + last.text.length;
      text = `${text.slice(0, first.start)}(${text.slice(first.start, end)})${text.slice(end)}`;
    }
    return text;
  },
};

/** The tokens from the first to the last of the alternatives; undefined where none stand beside an AND. */
function alternativesIn(clause: readonly SqlToken[]): readonly SqlToken[] | undefined {
  const terms = partsAround(clause, 'or').map((part) => partsAround(part, 'and'));
  const [first, last] = [terms[0], terms.at(-1)];
  if (first === undefined || last === undefined || terms.length < 2) return undefined;
  const [before, behind] = [first.slice(0, -1), last.slice(1)];
  // What stands between two ORs alone is an alternative; beside one AND, either before or behind them.
  const inner = [...terms.slice(1, -1), ...(before.length > 0 ? [last] : [first])];
  if (before.length > 0 === behind.length > 0) return undefined;
  if (inner.some(({ length }) => length > 1)) return undefined;
  const alternatives = [first.at(-1) ?? [], ...terms.slice(1, -1).flat(), last[0] ?? []];
  const columns = new Set(alternatives.map(equalColumn));
  if (columns.size > 1 || columns.has(undefined)) return undefined;
  const [from, to] = [alternatives[0]?.[0], alternatives.at(-1)?.at(-1)];
  return from && to && [from, to];
}

/** The column that is asked to be equal to a literal, or like a pattern. */
function equalColumn(part: readonly SqlToken[]): string | undefined {
  const comparison = readComparison(part);
  return comparison && /^(?:=|like)$/.test(comparison.sign) ? comparison.column : undefined;
}
