import { hasHan } from '../retrieval/words.ts';
import { list } from './english-list.ts';
import { orderInEnglish, windowsInEnglish } from './english-windows.ts';
import type { AnotherReading } from './messages.ts';
import type { Wording } from './wording.ts';

export const english: Wording = {
  cautions: {
    'cut-off': ({ tokens }) => `The SQL was cut off at ${tokens} tokens and may be incomplete.`,
    'more-rows': ({ shown }) => `There are more rows; the first ${shown} are shown.`,
    ties: ({ more, orMore }) => {
      const rows = more === 1 ? 'row is' : 'rows are';
      return `${more}${orMore ? ' or more' : ''} other ${rows} equal to the last one shown in what they are sorted by, and left out.`;
    },
    corrected: ({ rules, error }) => {
      const subject = error === null ? 'The SQL' : `${firstFailed(error)}; it`;
      return `${subject} was corrected by rule: ${mended(rules)}.`;
    },
    'another-attempt': ({ error }) =>
      `${firstFailed(error)}; another attempt of the model is shown.`,
    'another-reading': ({ because }) => ANOTHER_READING[because],
    'as-known': ({ question, changes }) => {
      const swaps = changes.map(({ from, to }) => `'${to}' in place of '${from}'`);
      return `The SQL is that of the known question '${question}', with ${list(swaps)}.`;
    },
    'would-fail': ({ error }) =>
      `This SQL would fail over what may be read of the database (${error}).`,
    'no-rows': () => 'The query ran, but found no rows.',
    'stored-spelling': ({ moved = [] }) =>
      moved.length === 0
        ? 'The first SQL found no rows; a text in it was replaced by its stored spelling, or sought by a part of it.'
        : `The first SQL found no rows; ${list(
            moved.map(({ text, from, to }) => `'${text}' is asked of ${to} in place of ${from}`),
          )}.`,
    'value-not-stored': ({ column, text }) => `${column} holds no '${text}'.`,
    'passed-over': ({ column, text }) =>
      `The question says '${text}', which is stored in ${column}; the SQL does not ask for it.`,
    'number-passed-over': ({ text }) => `The question says ${text}; the SQL leaves it out.`,
    'words-passed-over': ({ words }) =>
      `Nothing in the data explains ${list(words.map((word) => `'${word}'`))}; the SQL is what the rest of the question says.`,
    'words-unexplained': ({ words }) =>
      `Nothing in the data explains ${oneOf(words)}: say it with the names of tables, columns and values, or describe the column that is meant.`,
    'percentage-elsewhere': ({ text, column }) =>
      `The question says ${text}; the SQL compares it with ${column}, which is not in percent.`,
    'outside-data': ({ text, from, to, column, first, last }) =>
      `'${text}' was read as ${days(from, to)}, and ${column} holds ${days(first, last)}. Name the period, if you mean another.`,
    'refers-back': ({ text }) =>
      `'${text}' refers to nothing that was asked before. Name what is meant, or ask it in a conversation, after the question that it goes on from.`,
    doubtful: ({ percent, others }) => {
      const chance = `Doubtful: about ${percent} in 100 such answers are right`;
      return others === null
        ? `${chance}. Check the SQL before you rely on the rows.`
        : `${chance}, and ${others} other candidates were written. Check the SQL before you rely on the rows.`;
    },
  },
  refusals: {
    'off-topic': ({ database, unknown, tables, more }) => {
      if (tables.length === 0) return `The database ${database} has no tables to ask about.`;
      const missing =
        unknown.length === 0
          ? 'it names nothing that is stored'
          : `there is nothing about ${oneOf(unknown)}`;
      const named = `${tables.join(', ')}${more ? ', …' : ''}`;
      // Nothing tells whether the question is about something else, or only in another language.
      if (tables.every(hasHan)) {
        const other =
          unknown.length === 0
            ? 'the question names none of them'
            : `nothing there is called ${oneOf(unknown)}`;
        return `The names in the database ${database} are Chinese, and ${other}. Ask in Chinese, or with the names of its tables: ${named}.`;
      }
      return `This does not seem to be a question about the database ${database}: ${missing}. Name what you want to know of its tables: ${named}.`;
    },
    'not-in-data': ({ database, unknown }) =>
      `Nothing in the database ${database} is called ${oneOf(unknown)}. Ask without it, or name the table or column that you mean.`,
    'nothing-runs': ({ error }) =>
      `No SQL that runs was found for this question; the draft failed with: ${error}. Ask it in other words, or name the table or column that you mean.`,
    'no-such-value': ({ column, text }) =>
      `${column} holds no '${text}'. Check the spelling, or ask for one that is stored.`,
    'candidates-disagree': ({ agreeing, candidates }) =>
      `The candidates disagree: at most ${agreeing} of ${candidates} give the same rows. Ask for one thing at a time, with the names of the data, or check the draft.`,
    'low-confidence': ({ percent }) =>
      `About ${percent} in 100 such answers are right. Ask it in other words, or check the draft.`,
  },
  forbidden: {
    'too-long': ({ characters, most }) =>
      `the statement has ${characters} characters; at most ${most} are accepted`,
    'nul-character': () => 'the statement contains a NUL character',
    'empty-statement': () => 'the statement is empty',
    'too-many-tokens': ({ most }) => `the statement has more than ${most} tokens`,
    'not-sql': ({ text }) => `${JSON.stringify(text)} is not SQL, or a quote is not closed`,
    'several-statements': () => 'more than one statement',
    'not-a-query': ({ word }) =>
      `the statement begins with ${word}; only SELECT, WITH and VALUES are run`,
    'open-parameters': () => 'the statement has open parameters',
    'too-deep': ({ most }) => `more than ${most} levels of parentheses`,
    'internal-name': ({ name }) => `${name} is internal to SQLite`,
    'internal-tables': () => 'the list of tables is internal to SQLite',
    'not-read-only': () => 'the statement does more than read',
    writes: ({ operation }) => `the statement would write (${operation})`,
    'other-database': () => 'the statement reads another database',
    'schema-prefix': ({ prefix }) => `${prefix} may not stand before a table's name`,
  },
  refused: (reason, sql) =>
    sql === null ? `Refused: ${reason}.` : `Refused: ${reason}. SQL: ${sql}`,
  rules: {
    '': 'the form of the statement',
    'fix-operators': 'operators and signs',
    'translate-limits': 'the number of rows as other dialects write it',
    'translate-functions': 'functions of other dialects',
    'quote-names': 'quotes around names',
    'fix-table-names': 'the name of a table',
    'fix-aliases': 'aliases of tables',
    'fix-owners': 'the table of a column',
    'replace-table': 'a table without the columns',
    'join-missing-table': 'a missing join',
    'fix-column-names': 'the name of a column',
    'fix-join-keys': 'the key of a join',
    'fix-counted': 'what is counted',
    'fix-unsaid-columns': 'a column that the question does not name',
    'fix-sibling-columns': 'the column of two that the question spells out',
    'fix-commented-columns': 'the column whose comment the question says',
    'fix-percent-columns': 'the column of a percentage',
    'name-not-key': 'a key in place of a name',
    'group-selected': 'missing groups',
    'select-all': 'all columns',
    'select-once': 'a column selected twice',
    'plain-years': 'the year of a column of years',
    'month-not-quarter': 'a month in place of a quarter',
    'compact-days': 'days without gaps',
    'stored-dates': 'days as their column stores them',
    'group-alternatives': 'parentheses around alternatives',
    'open-ended-years': 'since, after or before a year',
    'whole-spans': 'all years of a span',
    'year-before': 'the year that a change is from',
    'fix-shares': 'a share as a part of one or of a hundred',
    'distinct-arms': 'the same text asked for twice',
    'fix-amounts': 'the size of an amount',
    'fix-factors': 'the factor of a percentage',
    'fix-directions': 'under or over a number',
    'fix-order': 'the way of the order',
    'order-as-said': 'what rows are ordered by',
    'neither-nor': 'neither of the two',
    'complete-lists': 'all texts of a list',
    'drop-unasked-flags': 'a flag that nobody asked for',
    'drop-unasked-divisors': 'a divisor that nobody asked for',
    'fix-averages': 'an average in place of a list',
    'fix-patterns': 'a pattern of text',
    'fix-values': 'the spelling of a value',
    'move-values': 'the column of a value',
    'within-periods': 'a period that a day lies in',
    'drop-excluded-joins': 'a join that the statement excludes',
    'split-contradictions': 'conditions that exclude each other',
    'list-once': 'rows that were listed more than once',
  },
  followUps: {
    'count-or-list': 'the same rows counted, or listed',
    'change-limit': 'another number of rows',
    'change-order': 'another order',
    'turn-extreme': 'the other end of the order',
    'compare-periods': 'beside the period before',
    'replace-parts': 'a part of the question replaced',
    'group-by': 'by group',
    'add-detail': 'one more column',
    'add-condition': 'one more condition',
    'resolve-pronoun': 'what the pronoun stands for',
  },
  retrievers: {
    'exemplar voting': 'the tables and columns of the nearest known questions',
    'lexical (BM25)': 'words of names and comments, and stored values',
    combined: 'votes of similar questions, words, stored values and keys',
  },
  lacking: {
    table: (name) => `there is no table ${name}`,
    column: (table, column, others) =>
      `${table} has no column ${column}; it has ${others.join(', ')}`,
    all: (database, problems, tables) =>
      `${database} lacks what is to be described: ${problems.join('; ')}. Its tables: ${tables.join(', ')}.`,
  },
  sqlite: (message) => message,
  statements: {
    reads: (tables, keys) => {
      const matched = keys.length === 0 ? '' : `, matched where ${keys.join(' and ')}`;
      return `Reads ${list(tables)}${matched}.`;
    },
    inner: (name, sentences, forEachRow) =>
      `Inner query${name === '' ? '' : ` ${name}`}${forEachRow ? ', for each row of the outer one' : ''}: ${sentences.join(' ')}`,
    keepsUnmatched: (tables, others) =>
      `Rows of ${list(tables)} without a match in ${list(others)} are kept, too.`,
    pairs: (tables, others) =>
      `Every row of ${list(tables)} is paired with every row of ${list(others)}.`,
    keepsRows: (condition) => `Keeps rows where ${condition}.`,
    groups: (columns) => `Makes one group per ${list(columns)}.`,
    keepsGroups: (condition) => `Keeps groups where ${condition}.`,
    shows: (values, distinct) => `Shows ${distinct ? 'each different ' : ''}${list(values)}.`,
    units: (units) =>
      `Units: ${units.map(({ column, unit }) => `${column} in ${unit}`).join(', ')}.`,
    codes: ({ column, meanings }) =>
      `Codes of ${column}: ${meanings.map(({ code, words }) => `${code} = ${words}`).join(', ')}.`,
    sorts: (orders) => {
      const phrases = orders.map(orderInEnglish);
      return `Sorts by ${phrases.join('; then ')}.`;
    },
    takes: (count, { skipped, sorted }) => {
      if (count === 'all') return `Leaves out ${sorted ? 'the first' : 'any'} ${skipped}.`;
      const after = skipped > 0 ? ` after leaving out ${skipped}` : '';
      const rows = count === 1 ? 'row' : 'rows';
      return `Takes ${sorted ? 'the first' : 'any'} ${count} ${rows}${after}.`;
    },
    combines: {
      union: 'Adds the rows (without repetitions) of a second query:',
      'union all': 'Adds the rows of a second query:',
      intersect: 'Keeps only rows that a second query gives, too:',
      except: 'Leaves out rows that a second query gives:',
    },
    whole: 'Of the whole result:',

    table: (name, comment, alias) =>
      `${name}${comment === '' ? '' : ` (${comment})`}${alias === '' ? '' : ` as ${alias}`}`,
    innerQuery: 'the result of an inner query',
    functionRows: 'the rows that a function gives',

    allColumns: (table) => (table === '' ? 'all columns' : `all columns of ${table}`),
    collated: (value, sequence) =>
      `${value} (${COLLATIONS[sequence] ?? `compared by ${sequence}`})`,
    columnAt: (position) => `column ${position}`,
    missing: 'missing',
    rowCount: 'the number of rows',
    expression: 'an expression',
    named: (value, name) => `${value} (as ${name})`,
    aggregates: {
      SUM: (value) => `the total of ${value}`,
      AVG: (value) => `the average of ${value}`,
      MIN: (value) => `the lowest ${value}`,
      MAX: (value) => `the highest ${value}`,
      COUNT: (value) => `the number of ${value}`,
      GROUP_CONCAT: (value) => `the list of ${value}`,
    },
    different: (value) => `different ${value}`,
    rowsWhere: (condition) => `the number of rows where ${condition}`,
    rowsKnown: (condition) => `the number of rows where it is known whether ${condition}`,
    shareWhere: (condition) => `the share of rows where ${condition}`,
    onlyWhere: (value, condition) => `${value} where ${condition}`,
    inCases: (cases, otherwise) =>
      [
        ...cases.map(({ condition, value }) => `${value} where ${condition}`),
        `otherwise ${otherwise}`,
      ].join(', '),
    dateParts: {
      year: (value) => `the year of ${value}`,
      quarter: (value) => `the quarter of ${value}`,
      month: (value) => `the month of ${value}`,
      'year and month': (value) => `the year and month of ${value}`,
      day: (value) => `the day of ${value}`,
    },
    today,
    now: 'now',
    casts: {
      whole: (value) => `${value} cut to a whole number`,
      decimal: (value) => `${value} as a decimal number`,
      number: (value) => `${value} as a number`,
      text: (value) => `${value} as text`,
      bytes: (value) => `${value} as bytes`,
    },

    windows: windowsInEnglish,
    resultOf: (query) => `the result of ${innerQuery(query)}`,

    compares: {
      '=': (left, right) => `${left} is ${right}`,
      '!=': (left, right) => `${left} is not ${right}`,
      '>': (left, right) => `${left} is more than ${right}`,
      '>=': (left, right) => `${left} is at least ${right}`,
      '<': (left, right) => `${left} is less than ${right}`,
      '<=': (left, right) => `${left} is at most ${right}`,
    },
    coded: (value, meaning) => `${value} (${meaning})`,
    isMissing: (value, not) => `${value} is ${negated(not)}missing`,
    neverTrue: (value) => `${value} is compared with a missing value (never true)`,
    isLike: (value, pattern, not) =>
      `${value} ${not ? 'does not match' : 'matches'} the pattern ${pattern}`,
    isBetween: (value, low, high, not) => `${value} is ${negated(not)}between ${low} and ${high}`,
    isAmong: (value, values, not) =>
      `${value} is ${negated(not)}${values.length === 1 ? '' : 'among '}${values.join(', ')}`,
    isAmongResults: (value, query, not) =>
      `${value} is ${negated(not)}among the results of ${innerQuery(query)}`,
    hasResults: (query, not) => `${innerQuery(query)} gives ${not ? 'no ' : ''}rows`,
    isShared: (column) => `${column} is the same`,
    namesakesShared: 'columns of one name are the same',
    both: (left, right) => `${left} and ${right}`,
    either: (left, right) => `${left} or ${right}`,
    not: (condition) => `it is not so that (${condition})`,
    together: (condition) => `(${condition})`,
  },
};

/** What texts are compared by, other than letter for letter. */
const COLLATIONS: Readonly<Record<string, string>> = {
  NOCASE: 'in any case',
  BINARY: 'in this case of letters',
  RTRIM: 'whatever blanks end it',
};

const ANOTHER_READING: Readonly<Record<AnotherReading, string>> = {
  'no-rows':
    'The first SQL found nothing; another reading of the question, on which several attempts agree, is shown.',
  'other-adapter':
    'The first SQL found nothing; another reading of the question, by the second adapter, is shown.',
  'passed-over':
    'The first SQL left out a text of the question; another reading, on which several attempts agree, is shown.',
  'joins-everything':
    'The first SQL joined every row with every other; another reading, on which several attempts agree, is shown.',
};

/** Beginnings: of the day before them, and of today. */
const STARTS: Readonly<Record<string, readonly [of: string, now: string]>> = {
  "'start of year'": ['the first day of the year of', 'the first day of this year'],
  "'start of month'": ['the first day of the month of', 'the first day of this month'],
};

/** `'-1 year'` → one year ago today */
function today(shifts: readonly string[]): string {
  return shifts.reduce((day, shift) => {
    const start = STARTS[shift];
    if (start !== undefined) return day === 'today' ? start[1] : `${start[0]} ${day}`;
    const [, sign, digits, unit = ''] = /^'([+-]?)(\d+) (year|month|day)s?'$/.exec(shift) ?? [];
    if (digits === undefined) return `${day} ${shift}`;
    const span = Number(digits) === 1 ? `one ${unit}` : `${digits} ${unit}s`;
    if (day !== 'today') return `${span} ${sign === '-' ? 'before' : 'after'} ${day}`;
    if (sign !== '-') return `${span} from today`;
    return unit === 'day' ? `${span} ago` : `${span} ago today`;
  }, 'today');
}

const firstFailed = (error: string) => `The first SQL failed (${error})`;
const days = (from: string, to: string) => (from === to ? from : `${from} to ${to}`);
const negated = (not: boolean) => (not ? 'not ' : '');
const innerQuery = (name: string) => (name === '' ? 'the inner query' : `inner query ${name}`);

function mended(rules: readonly string[]): string {
  const phrase = (rule: string) => english.rules[rule] ?? '';
  return rules.length === 0
    ? phrase('')
    : rules.map((rule) => `${phrase(rule)} (${rule})`).join(', ');
}

function oneOf(words: readonly string[]): string {
  return list(
    words.map((word) => `“${word}”`),
    'or',
  );
}
