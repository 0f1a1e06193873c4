import type { Schema } from '../schema/schema.ts';
import type { SqlToken } from '../sql/tokenize.ts';
import { askedColumnAt } from './asked-columns.ts';
import { holdsYears } from './plain-years.ts';

/**
 * How a condition is on one year: `x like '2019-%'`, or `x = 2019` of a column of years; undefined where the
 * year stands otherwise.
 * @param at index of the token with the year
 */
export function yearCondition(
  tokens: readonly SqlToken[],
  at: number,
  year: string,
  schema: Schema,
): 'days' | 'years' | undefined {
  const [sign, token] = [tokens[at - 1]?.text.toLowerCase(), tokens[at]];
  if (sign === 'like' && token?.value === `${year}-%`) return 'days';
  if (sign !== '=' || token?.value !== year) return undefined;
  const asked = askedColumnAt(tokens, schema, at - 2);
  return asked !== undefined && holdsYears(asked.column) ? 'years' : undefined;
}
