/** Statements (https://sqlite.org/lang_select.html): SELECT, compounds and common tables. */
import { expressionRule, qualifier } from './expression.ts';
import { type NO_NAMES, nameSet } from './name-set.ts';
import { newName } from './new-name.ts';
import {
  addSource,
  joinableColumns,
  keepPromises,
  mergeColumn,
  nextTables,
  takeQualifiedStar,
  unequivocal,
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
import {
  type Clause,
  type Environment,
  enterSelect,
  inScope,
  leaveSelect,
  nextOfCompound,
  type Results,
} from './scope.ts';

/** @param reach whether it may use columns around it @param width its result columns, null: any number */
const select = (reach: boolean, width: number | null): Rule =>
  sequence(
    change((environment) => enterSelect(environment, reach, width)),
    later(() => SELECT),
    change(leaveSelect),
  );

const expression = expressionRule({
  subquery: (width) => sequence(symbol('('), select(true, width), symbol(')')),
  orderTerms: later(() => orderTerms),
});

const enter = (clause: Clause): Rule => change((environment) => inScope(environment, { clause }));

const setResults = (apply: (results: Results, environment: Environment) => Results | null): Rule =>
  change((environment) => {
    const results = apply(environment.scope.results, environment);
    return results && inScope(environment, { results });
  });

const beginResult = setResults((results) => ({ ...results, current: 'nothing' }));

const roomForMore = setResults((results, { scope }) =>
  scope.width !== null && !results.star && results.count >= scope.width ? null : results,
);

const endResult = setResults(({ current, ...results }) => ({
  ...results,
  current,
  count: results.count + 1,
  names: typeof current === 'object' ? [...results.names, current.column] : results.names,
}));

const nameResult = (environment: Environment, name: string): Environment => {
  const { results } = environment.scope;
  return inScope(environment, {
    results: {
      ...results,
      count: results.count + 1,
      names: [...results.names, name],
      aliases: [...results.aliases, name],
    },
  });
};

const starResult = setResults((results) => ({ ...results, count: results.count + 1, star: true }));

/** As many results as wanted; stars are counted by SQLite. */
const endResults = setResults((results, { scope }) =>
  scope.width === null || results.star || results.count === scope.width ? results : null,
);

const result = sequence(
  beginResult,
  choice(
    sequence(symbol('*'), starResult),
    sequence(qualifier, symbol('.'), symbol('*'), change(takeQualifiedStar), starResult),
    sequence(expression, choice(sequence(word('as'), newName(nameResult)), endResult)),
  ),
);

/** How a table joins those before it: USING may still follow, NATURAL merges columns, a comma does neither. */
type Joining = 'using' | 'natural' | 'comma';

const tableName = (joining: Joining): Rule => ({
  kind: 'name',
  among: (environment) => nextTables(environment, joining === 'comma'),
  take: (environment, name) => {
    const columns = environment.scope.tables.get(name) ?? environment.schema.columnsOf(name);
    return columns ? { ...environment, table: { name, columns } } : null;
  },
});

const derivedTable = sequence(
  symbol('('),
  select(false, null),
  symbol(')'),
  change((environment) => ({ ...environment, table: { name: '', columns: environment.ended } })),
);

const tableItem = (joining: Joining): Rule =>
  sequence(
    choice(tableName(joining), derivedTable),
    choice(
      sequence(
        optional(word('as')),
        newName((environment, name) => addSource(environment, name, joining === 'natural')),
      ),
      change((environment) =>
        addSource(environment, environment.table.name, joining === 'natural'),
      ),
    ),
  );

const join = choice(
  word('join'),
  words('inner join'),
  words('left join'),
  words('left outer join'),
  words('right join'),
  words('full join'),
  words('full outer join'),
);

const condition = choice(
  sequence(change(unequivocal), optional(word('on'), expression)),
  sequence(
    word('using'),
    symbol('('),
    list({ kind: 'name', among: joinableColumns, take: mergeColumn }),
    change(unequivocal),
    symbol(')'),
  ),
);

const from = sequence(
  word('from'),
  enter('from'),
  tableItem('comma'),
  many(
    choice(
      sequence(choice(symbol(','), words('cross join')), tableItem('comma'), change(unequivocal)),
      sequence(choice(words('natural join'), words('natural left join')), tableItem('natural')),
      sequence(join, tableItem('using'), condition),
    ),
  ),
);

const core = sequence(
  word('select'),
  optional(choice(word('distinct'), word('all'))),
  list(result, sequence(roomForMore, symbol(','))),
  endResults,
  optional(from),
  change(keepPromises),
  optional(enter('where'), word('where'), expression),
  optional(
    enter('group'),
    words('group by'),
    list(expression),
    optional(enter('having'), word('having'), expression),
  ),
);

const inCompound = (wanted: boolean): Rule =>
  change((environment) => ((environment.scope.first !== null) === wanted ? environment : null));

/** A compound is ordered by its results, anything else by what its tables hold. */
const orderTerm = sequence(
  choice(
    sequence(inCompound(false), expression),
    sequence(
      inCompound(true),
      choice(
        { kind: 'integer' },
        {
          kind: 'name',
          among: ({ scope }) => nameSet(scope.first?.names ?? []),
          take: (environment) => environment,
        },
      ),
    ),
  ),
  optional(choice(word('asc'), word('desc'))),
  optional(word('nulls'), choice(word('first'), word('last'))),
);

const orderTerms: Rule = sequence(words('order by'), list(orderTerm));

const number: Rule = sequence(optional(symbol('-')), { kind: 'integer' });

const limit = sequence(
  word('limit'),
  number,
  optional(choice(word('offset'), symbol(',')), number),
);

const commonTable = sequence(
  newName((environment, name) =>
    environment.scope.tables.has(name)
      ? null
      : inScope(environment, { defining: { name, columns: [] } }),
  ),
  optional(
    symbol('('),
    list(
      newName((environment, column) => {
        const { defining } = environment.scope;
        return (
          defining &&
          inScope(environment, {
            defining: { ...defining, columns: [...defining.columns, column] },
          })
        );
      }),
    ),
    symbol(')'),
    // With its columns known, it may be used in its own definition.
    change(({ scope, ...environment }) => ({
      ...environment,
      scope: { ...scope, tables: defineTable(scope, nameSet(scope.defining?.columns ?? [])) },
    })),
  ),
  word('as'),
  optional(optional(word('not')), word('materialized')),
  symbol('('),
  select(false, null),
  symbol(')'),
  change(({ scope, ...environment }) => {
    const listed = scope.defining?.columns ?? [];
    const columns = listed.length > 0 ? nameSet(listed) : environment.ended;
    return {
      ...environment,
      scope: { ...scope, tables: defineTable(scope, columns), defining: null },
    };
  }),
);

function defineTable(
  { tables, defining }: Environment['scope'],
  columns: typeof NO_NAMES,
): Environment['scope']['tables'] {
  return defining === null ? tables : new Map(tables).set(defining.name, columns);
}

const SELECT: Rule = sequence(
  optional(word('with'), optional(word('recursive')), list(commonTable)),
  core,
  many(
    choice(words('union all'), word('union'), word('intersect'), word('except')),
    change(nextOfCompound),
    core,
  ),
  optional(enter('order'), orderTerms),
  optional(limit),
);

/** A whole statement. */
export const statement: Rule = select(false, null);
