import { partsAround, readComparison, whereClauses } from '../sql/conditions.ts';
import { textOf } from '../sql/edit.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { CalibrationContext, Rule } from './rule.ts';

/** Known statements with the flag that tell enough. */
const ENOUGH = 20;
/**
 * Where a flag is asked for, some word of the question has it in more of the known statements: in at
 * least 0.4 of them for each of 1,186 known questions of the demo database.
 */
const LEAST_SHARE = 0.25;

const FLAG = /^(?:is|has)_/;

/** A flag that the example has and nobody asks for: "companies in Wuhan" are not the state-owned ones. */
export const dropUnaskedFlags: Rule = {
  name: 'drop-unasked-flags',
  summary:
    'A condition on a flag is left out where no word of the question stands for it in known questions.',
  when: 'always',
  apply(sql, context) {
    let text = sql;
    const tokens = tokenizeSql(sql);
    for (const clause of whereClauses(tokens).reverse()) {
      if (partsAround(clause, 'or').length > 1) continue;
      const parts = partsAround(clause, 'and');
      const kept = parts.filter((part) => !isUnasked(part, context));
      const [first, last] = [clause[0], clause.at(-1)];
      if (kept.length === parts.length || first === undefined || last === undefined) continue;
      // Without any condition the WHERE goes, too.
      const before = kept.length > 0 ? first : tokens[tokens.indexOf(first) - 1];
      const conditions = kept.map((part) => textOf(sql, part)).join(' and ');
      const behind = text.slice(last.start + last.text.length);
      text = `${text.slice(0, before?.start)}${conditions}${behind}`;
    }
    return text.trimEnd();
  },
};

function isUnasked(
  part: readonly SqlToken[],
  { exemplars, schema, question = '' }: CalibrationContext,
): boolean {
  const comparison = readComparison(part);
  if (comparison === undefined || exemplars === undefined || question === '') return false;
  const { sign, value } = comparison;
  const column = comparison.column.split('.').at(-1) ?? '';
  if (!FLAG.test(column) || sign !== '=' || !['0', '1'].includes(value)) return false;
  const { count, share } = exemplars.ofKind(question, schema.name, ({ sql }) =>
    sql.toLowerCase().includes(column),
  );
  return count >= ENOUGH && share < LEAST_SHARE;
}
