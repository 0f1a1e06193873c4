import { readAmounts } from '../retrieval/quantities/amounts.ts';
import { readStated } from '../retrieval/quantities/stated-numbers.ts';
import { findColumn, type Table } from '../schema/schema.ts';
import { applyEdits, type Edit } from '../sql/edit.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { amountScale, scaleBetween } from './amount-scales.ts';
import { sizeComparisons } from './compared-sizes.ts';
import type { Rule } from './rule.ts';
import { CENTS, unitScale } from './unit-scales.ts';

/** Units that amounts are held in: one, thousands, 万, millions, 亿, billions. */
const UNITS: ReadonlySet<number> = new Set([0, -3, -4, -6, -8, -9].map((power) => 10 ** power));

const NUMBER = '(\\d[\\d,]*(?:\\.\\d+)?)';
const MONEY = new RegExp(
  `[$€£¥￥] ?${NUMBER}(?![\\d.,]*\\d| ?(?:[kmb]n?\\b|thousand|[mbt]r?illion|[百千万亿]))|${NUMBER} ?(?:dollars?|euros?|pounds?|yuan|USD|EUR|GBP|CNY|RMB|[美港欧]?元)`,
  'gi',
);
/** Said in the unit of a column in cents. */
const IN_PARTS = /\b(?:cents?|pence)\b|\d ?分(?!之)/i;

/**
 * A small model miscounts zeros. A number with the digits of an amount of the question is brought to the
 * unit in which known questions compare that column; without any, to that of its comment, or to the amount
 * itself where it is off by what is no unit.
 */
export const fixAmounts: Rule = {
  name: 'fix-amounts',
  summary:
    'A number with the digits of an amount of the question, and not its size, gets its size.',
  when: 'always',
  apply(sql, context) {
    const { question = '' } = context;
    const { amounts, others } = readStated(question);
    const money = moneyIn(question);
    if (amounts.length === 0 && money.length === 0) return sql;
    // 20000 as it stands may be meant in the unit of the column.
    const sized = [
      ...readAmounts(question).flatMap(({ kind, value }) => (kind === 'amount' ? [value] : [])),
      ...money,
    ];
    const isInParts = IN_PARTS.test(question);
    const tokens = tokenizeSql(sql);
    const edits: Edit[] = [];
    for (const { owner, column, number: at } of sizeComparisons(tokens, context.schema)) {
      const number = Number(tokens[at]?.value);
      const unit = isInParts ? undefined : commentedScale(owner, column);
      // Whatever is said as money is an amount to what is kept in cents.
      const meant = unit === CENTS ? [...new Set([...amounts, ...money])] : amounts;
      // Said as it stands: `more than 5 funds of over 5 billion`.
      if (others.includes(number) && !meant.includes(number)) continue;
      const [amount, ...more] = meant.filter((value) => scaleBetween(number, value) !== undefined);
      const written = amount && scaleBetween(number, amount);
      if (amount === undefined || written === undefined || more.length > 0) continue;
      const likely = UNITS.has(written) || written === unit;
      const commented = sized.includes(amount) || written === unit ? unit : undefined;
      const scale = amountScale(context, owner.name, column, likely ? 2 : 1, commented);
      const right = scale ?? (likely ? written : 1);
      if (right !== written) edits.push({ at, text: plain(amount * right) });
    }
    return applyEdits(sql, tokens, edits);
  },
};

/** Numbers with a currency, which no column has for its unit in parts: `10,000 dollars`, $10,000, 10000元. */
function moneyIn(question: string): number[] {
  return [...question.matchAll(MONEY)].map(([, before, behind]) =>
    Number((before ?? behind ?? '').replaceAll(',', '')),
  );
}

/** By the unit in the comment, or the name, of the column. */
function commentedScale(owner: Table, name: string): number | undefined {
  const column = findColumn(owner, name);
  return column && unitScale(column);
}

/** Without an exponent, and without the dust of doubles. */
function plain(number: number): string {
  const rounded = Number(number.toPrecision(12));
  return Number.isInteger(rounded) ? BigInt(rounded).toString() : String(rounded);
}
