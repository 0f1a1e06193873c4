import { identifier } from '../schema/identifiers.ts';
import type { Column } from '../schema/schema.ts';
import { applyEdits, type Edit } from '../sql/edit.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { askedColumns, isNumber } from './asked-columns.ts';
import { isInPercent, type Misplaced, misplacedPercentages, saysAll } from './percent-columns.ts';
import type { Rule } from './rule.ts';

/** "A loan to value above 80 %" beside an amount of money that stands first in the prompt. */
export const fixPercentColumns: Rule = {
  name: 'fix-percent-columns',
  summary:
    'A column in another unit that a percentage of the question is compared with becomes the only one in percent that the question names.',
  when: 'always',
  apply(sql, { schema, question = '' }) {
    const tokens = tokenizeSql(sql);
    const misplaced = misplacedPercentages(tokens, schema, question);
    if (misplaced.length === 0) return sql;
    const asked = askedColumns(tokens, schema);
    const edits = misplaced.flatMap((found): Edit[] => {
      const other = named(found, question);
      const at = asked.findLast((one) => one.at < found.number && one.column === found.column)?.at;
      if (other === undefined || at === undefined) return [];
      return [
        { at, text: identifier(other.name) },
        { at: found.number, text: String(found.value) },
      ];
    });
    // `between 60 and 80` names its column once.
    const once = new Map(edits.map((edit) => [edit.at, edit]));
    return applyEdits(sql, tokens, [...once.values()]);
  },
};

/** The only column in percent that the question names. */
function named({ table }: Misplaced, question: string): Column | undefined {
  const [other, ...more] = table.columns.filter(
    (one) => isNumber(one) && isInPercent(one) && saysAll(question, one),
  );
  return more.length === 0 ? other : undefined;
}
