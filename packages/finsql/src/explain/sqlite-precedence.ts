/**
 * Conditions grouped as SQLite groups them (https://sqlite.org/lang_expr.html#operators_and_parse_affecting_attributes):
 * node-sql-parser takes AND and OR from left to right, `not (a) = b` for `(not a) = b`,
 * `a is not (b)` for `a is (not b)`, and knows no order among comparisons or between bits and sums.
 */
import type { Expression } from './ast.ts';

type Binary = Extract<Expression, { type: 'binary_expr' }>;
type Negation = Extract<Expression, { type: 'unary_expr' }>;
type Call = Extract<Expression, { type: 'function' }>;
type Chain = Binary | Negation | Call;

/** From loose to tight. NOT stands before what binds tighter than it. */
const LEVELS: readonly RegExp[] = [
  /^OR$/,
  /^AND$/,
  /^NOT$/,
  /^(?:=|==|<>|!=|IS|IS NOT|(?:NOT )?(?:IN|LIKE|GLOB|REGEXP|MATCH|BETWEEN))$/,
  /^(?:<|<=|>|>=)$/,
  /^(?:&|\||<<|>>)$/,
  /^[-+]$/,
  /^[*/%]$/,
  /^(?:\|\||->|->>)$/,
];
const NOT = LEVELS.findIndex((level) => level.test('NOT'));
const COMPARISON = NOT + 1;

/** Whose right side is closed: a list, or two limits. */
const CLOSED = /\b(?:IN|BETWEEN)$/;

type Part = { readonly operand: Expression } | { readonly operator: string };

/** Whether an expression may be grouped otherwise than SQLite does. */
export function isChain(expression: Expression): expression is Chain {
  return (
    expression.type === 'binary_expr' ||
    (expression.type === 'unary_expr' && expression.operator === 'NOT') ||
    negated(expression) !== undefined
  );
}

/**
 * The same operands and operators in SQLite's order; what stands in brackets stays together.
 * @param inside what becomes of each operand, from left to right
 */
export function regrouped(chain: Chain, inside: (operand: Expression) => Expression): Expression {
  const parts = partsOf(chain);
  let at = 0;
  const operand = (): Expression => {
    const part = parts[at++];
    if (part === undefined) return { type: 'null' };
    return 'operand' in part
      ? inside(part.operand)
      : { type: 'unary_expr', operator: part.operator, expr: grouped(NOT) };
  };
  const grouped = (loosest: number): Expression => {
    let left = operand();
    for (;;) {
      const part = parts[at];
      if (part === undefined || 'operand' in part || levelOf(part.operator) < loosest) return left;
      at++;
      const { operator } = part;
      const right = CLOSED.test(operator) ? operand() : grouped(levelOf(operator) + 1);
      left = { type: 'binary_expr', operator, left, right };
    }
  };
  return { ...grouped(0), ...marksOf(chain) };
}

/** What a tree says of a whole chain. */
function marksOf(chain: Chain): Pick<Binary, 'parentheses' | 'escape'> {
  const { parentheses, escape: mark } = chain as Binary;
  return { ...(parentheses && { parentheses }), ...(mark && { escape: mark }) };
}

function levelOf(operator: string): number {
  const level = LEVELS.findIndex((words) => words.test(operator.toUpperCase()));
  return level === -1 ? COMPARISON : level;
}

/** Operands and operators in the order in which they are written. */
function partsOf(chain: Chain): Part[] {
  const side = (expression: Expression): Part[] => {
    const isOpen = isChain(expression) && Object.keys(marksOf(expression)).length === 0;
    return isOpen ? partsOf(expression) : [{ operand: expression }];
  };
  if (chain.type === 'binary_expr') {
    const right = side(chain.right);
    const isIsNot = /^is$/i.test(chain.operator) && isNegation(right[0]);
    return isIsNot
      ? [...side(chain.left), { operator: 'IS NOT' }, ...right.slice(1)]
      : [...side(chain.left), { operator: chain.operator }, ...right];
  }
  const call = negated(chain);
  if (call !== undefined) return [{ operator: 'NOT' }, { operand: call }];
  return chain.type === 'unary_expr' ? [{ operator: 'NOT' }, ...side(chain.expr)] : [];
}

const isNegation = (part: Part | undefined): boolean =>
  part !== undefined && 'operator' in part && part.operator === 'NOT';

/** The x of `not (x)`, which the parser reads as the call of a function. */
function negated(expression: Expression): Expression | undefined {
  if (expression.type !== 'function') return undefined;
  const [name, ...path] = expression.name.name;
  const [only, ...others] = expression.args?.value ?? [];
  if (!/^not$/i.test(name?.value ?? '') || path.length + others.length > 0) return undefined;
  return only && ({ ...only, parentheses: true } as Expression);
}
