/**
 * Expressions (https://sqlite.org/lang_expr.html). Precedence does not matter to what is well formed,
 * so an expression is an operand and any number of tails.
 */
import {
  beginArgument,
  callable,
  closeCall,
  distinctArguments,
  openCall,
  starArgument,
} from './calls.ts';
import { newName } from './new-name.ts';
import {
  bareColumns,
  beforeFrom,
  promiseAlias,
  qualifiedColumns,
  qualifiers,
  takeBareColumn,
  takeQualifiedColumn,
  takeQualifier,
} from './references.ts';
import {
  change,
  choice,
  later,
  list,
  many,
  optional,
  type Rule,
  sequence,
  symbol,
  word,
  words,
} from './rule.ts';
import { type Environment, inScope } from './scope.ts';

/** What expressions take from the grammar of statements. */
export interface Statements {
  /** `( SELECT … )`. @param width its result columns; null: any number */
  readonly subquery: (width: number | null) => Rule;
  /** `ORDER BY …`. */
  readonly orderTerms: Rule;
}

/** Aliases before their FROM clause: `t1`, `a`, not a misspelt table. */
const LONGEST_PROMISED_ALIAS = 3;

/** The result that is being written is no mere column. */
const compute = change((environment: Environment) => {
  const { results } = environment.scope;
  if (results.current === 'other') return environment;
  return inScope(environment, { results: { ...results, current: 'other' } });
});

/** The name before a dot. */
export const qualifier: Rule = choice(
  { kind: 'name', among: qualifiers, take: takeQualifier },
  sequence(change(beforeFrom), newName(promiseAlias, LONGEST_PROMISED_ALIAS)),
);

const column: Rule = choice(
  { kind: 'name', among: bareColumns, take: takeBareColumn },
  sequence(qualifier, symbol('.'), {
    kind: 'name',
    among: qualifiedColumns,
    take: takeQualifiedColumn,
  }),
);

const literal = choice(
  { kind: 'number' },
  { kind: 'text' },
  ...['null', 'true', 'false', 'current_date', 'current_time', 'current_timestamp'].map(word),
);

const inParentheses = (...parts: readonly Rule[]): Rule =>
  sequence(symbol('('), ...parts, symbol(')'));

const frame = sequence(
  choice(word('rows'), word('range')),
  word('between'),
  choice(
    words('unbounded preceding'),
    words('current row'),
    sequence({ kind: 'integer' }, word('preceding')),
  ),
  word('and'),
  choice(
    words('unbounded following'),
    words('current row'),
    sequence({ kind: 'integer' }, word('following')),
  ),
);

const TYPES = 'integer int bigint real float double numeric decimal text varchar char date'.split(
  ' ',
);

const onlyAfter = (...kinds: readonly string[]): Rule =>
  change((environment) =>
    kinds.includes(environment.called?.callee.kind ?? '') ? environment : null,
  );

/** A window has no `sum(distinct x)`. */
const notDistinct = change((environment) =>
  environment.called?.distinct === true ? null : environment,
);

const sign = choice(...['-', '+', '~'].map(symbol));
const ARITHMETIC = ['+', '-', '*', '/', '%', '||', '&', '|', '<<', '>>'].map(symbol);
const COMPARISON = ['=', '==', '!=', '<>', '<', '<=', '>', '>='].map(symbol);

/** The rule of an expression. */
export function expressionRule({ subquery, orderTerms }: Statements): Rule {
  const expression: Rule = later(() => whole);
  const over = sequence(
    word('over'),
    inParentheses(
      optional(words('partition by'), list(expression)),
      optional(orderTerms, optional(frame)),
    ),
  );

  const call = sequence(
    { kind: 'name', among: callable, take: openCall },
    inParentheses(
      choice(
        sequence(change(starArgument), symbol('*')),
        change((environment) => environment),
        sequence(
          optional(change(distinctArguments), word('distinct')),
          change(beginArgument),
          expression,
          many(change(beginArgument), symbol(','), expression),
        ),
      ),
      change(closeCall),
    ),
    choice(
      onlyAfter('scalar', 'aggregate'),
      sequence(onlyAfter('aggregate', 'window'), notDistinct, over),
    ),
  );

  const cases = sequence(
    word('case'),
    optional(expression),
    word('when'),
    expression,
    word('then'),
    expression,
    many(word('when'), expression, word('then'), expression),
    optional(word('else'), expression),
    word('end'),
  );

  const cast = sequence(
    word('cast'),
    inParentheses(expression, word('as'), choice(...TYPES.map(word))),
  );

  const operand = choice(
    column,
    sequence(
      compute,
      choice(
        literal,
        call,
        inParentheses(expression),
        subquery(1),
        sequence(word('exists'), subquery(null)),
        cases,
        cast,
      ),
    ),
  );

  const signed = sequence(many(compute, sign), operand);
  const negated = sequence(many(compute, choice(sign, word('not'))), operand);

  const arithmetic = sequence(signed, many(choice(...ARITHMETIC), signed));

  const tail = sequence(
    compute,
    choice(
      sequence(choice(...ARITHMETIC, ...COMPARISON, word('and'), word('or')), negated),
      sequence(
        optional(word('not')),
        choice(
          sequence(word('between'), arithmetic, word('and'), arithmetic),
          sequence(
            choice(word('like'), word('glob')),
            signed,
            optional(word('escape'), { kind: 'text' }),
          ),
          sequence(word('in'), choice(subquery(1), inParentheses(list(expression)))),
        ),
      ),
      sequence(word('is'), optional(word('not')), signed),
      word('isnull'),
      word('notnull'),
      words('not null'),
      sequence(word('collate'), choice(...['nocase', 'binary', 'rtrim'].map(word))),
    ),
  );

  const whole = sequence(negated, many(tail));
  return expression;
}
