/** What a CASE gives under which condition. */
import type { Expression } from './ast.ts';

export interface Cases {
  readonly arms: readonly { readonly condition: Expression; readonly value: Expression }[];
  /** NULL where the statement has no ELSE. */
  readonly otherwise: Expression;
}

const MISSING: Expression = { type: 'null' };

/** The arms of `case when a then b else c end`, `case a when b then c end` and `iif(a, b, c)`; undefined for anything else. */
export function casesOf(expression: Expression): Cases | undefined {
  if (expression.type === 'function') {
    const [condition, value, otherwise = MISSING, ...more] = expression.args?.value ?? [];
    const isIf = /^(?:iif|if)$/i.test(expression.name.name.map((name) => name.value).join('.'));
    if (!isIf || condition === undefined || value === undefined || more.length > 0)
      return undefined;
    return { arms: [{ condition, value }], otherwise };
  }
  if (expression.type !== 'case') return undefined;
  const { expr: compared, args } = expression;
  const arms = args.flatMap((arm) => {
    if (arm.type !== 'when') return [];
    const { cond, result } = arm;
    const condition: Expression =
      compared === null
        ? cond
        : { type: 'binary_expr', operator: '=', left: compared, right: cond };
    return [{ condition, value: result }];
  });
  return { arms, otherwise: args.find((arm) => arm.type === 'else')?.result ?? MISSING };
}

/** What is summed up, counted, … of the rows for which a condition holds. */
interface Conditional {
  readonly condition: Expression;
  /** `one` where rows are counted, `share` where they are compared with all. */
  readonly value: Expression | 'one' | 'share';
}

/** The rows that an aggregate of a CASE of one condition is about; undefined where it is about all of them. */
export function conditionalOf(aggregate: string, argument: Expression): Conditional | undefined {
  const cases = casesOf(argument);
  const [arm, ...more] = cases?.arms ?? [];
  if (cases === undefined || arm === undefined || more.length > 0) return undefined;
  const { condition, value } = arm;
  const isZero = isNumber(cases.otherwise, 0);
  const isMissing = cases.otherwise.type === 'null';
  if (aggregate === 'SUM' && (isZero || isMissing)) {
    return { condition, value: isNumber(value, 1) ? 'one' : value };
  }
  if (aggregate === 'AVG' && isZero && isNumber(value, 1)) return { condition, value: 'share' };
  if (!isMissing) return undefined;
  const isCount = aggregate === 'COUNT' && value.type === 'number';
  return { condition, value: isCount ? 'one' : value };
}

/** The parser leaves decimals as they are written. */
function isNumber(expression: Expression, value: number): boolean {
  return expression.type === 'number' && Number(expression.value) === value;
}
