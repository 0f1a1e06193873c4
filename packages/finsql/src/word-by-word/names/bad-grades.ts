/** Loans that are not performing: those of the last three of the five grades, 次级, 可疑 and 损失. */
import type { Column } from '../../schema/schema.ts';
import { explainedCodes } from './explained-codes.ts';

const TEXTS = ['不良', '不良类', 'non performing', 'nonperforming'];
const GOOD = /^(?:正常|关注)类?$|^(?:normal|pass|special mention|watch)$/i;
const BAD = /^(?:次级|可疑|损失)类?$|^(?:substandard|doubtful|loss)$/i;

/** The texts with the values that they stand for; none for a column that does not hold these grades. */
export function badGrades(
  column: Column,
): { readonly text: string; readonly values: readonly [string, ...string[]] }[] {
  const { codes } = explainedCodes(column);
  const held = codes.length > 0 ? codes : column.samples.map((text) => [text, text] as const);
  const areGrades = held.length > 2 && held.every(([said]) => GOOD.test(said) || BAD.test(said));
  const [first, ...others] = held.flatMap(([said, value]) => (BAD.test(said) ? [value] : []));
  if (column.kind === 'date' || !areGrades || first === undefined) return [];
  return TEXTS.map((text) => ({ text, values: [first, ...others] }));
}
