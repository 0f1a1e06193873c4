import { type Column, fold } from '../schema/schema.ts';
import { applyEdits } from '../sql/edit.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import { type AskedColumn, askedColumns } from './asked-columns.ts';
import { differOtherwise } from './paired-rows.ts';
import { holdsYears } from './plain-years.ts';
import type { Rule } from './rule.ts';

/** Said of what changed from one year to the next. */
const GROWTH =
  /同比|增速|增长|增幅|上年|较上|\b(?:year[ -](?:on|over)[ -]year|yoy|grew|growth|previous year|year before|prior year|year earlier)\b/i;
const YEAR = /(?<!\d)(?:19|20)\d\d(?!\d)/g;

/** A row set against itself has not grown. */
export const yearBefore: Rule = {
  name: 'year-before',
  summary:
    'Of two rows of one table that are set against each other and are of the same year, the one that is subtracted or divided by is of the year before.',
  when: 'always',
  apply(sql, { schema, question = '' }) {
    if (!GROWTH.test(question) || new Set(question.match(YEAR)).size !== 1) return sql;
    const tokens = tokenizeSql(sql);
    const asked = askedColumns(tokens, schema);
    const years = asked.filter(
      ({ at, column }) =>
        holdsYears(column) && tokens[at + 1]?.text === '=' && tokens[at + 2]?.kind === 'number',
    );
    const [one, other, ...more] = years;
    if (one === undefined || other === undefined || more.length > 0) return sql;
    const isPair = one.column === other.column && one.reference.handle !== other.reference.handle;
    const [year, same] = [tokens[one.at + 2]?.value, tokens[other.at + 2]?.value];
    if (!isPair || year !== same) return sql;
    const earlier = [one, other].filter((side) => isBase(tokens, asked, side));
    const [base] = earlier;
    if (base === undefined || earlier.length > 1) return sql;
    // From one quarter to the next both are of the same year.
    const figures = asked.filter(({ at }) => isTakenFrom(tokens, at));
    const left = new Set([one.column, ...figures.map(({ column }) => column)].map(nameOf));
    const handles = [fold(one.reference.handle), fold(other.reference.handle)] as const;
    if (differOtherwise(tokens, handles, left)) return sql;
    return applyEdits(sql, tokens, [{ at: base.at + 2, text: String(Number(year) - 1) }]);
  },
};

/** Whether a figure of the same row is subtracted or divided by. */
function isBase(
  tokens: readonly SqlToken[],
  asked: readonly AskedColumn[],
  { reference }: AskedColumn,
): boolean {
  return asked.some(
    ({ at, reference: own }) =>
      fold(own.handle) === fold(reference.handle) && isTakenFrom(tokens, at),
  );
}

/** Whether a column is what is subtracted or divided by. */
function isTakenFrom(tokens: readonly SqlToken[], at: number): boolean {
  return tokens[at - 1]?.text === '.' && /^[-/]$/.test(tokens[at - 3]?.text ?? '');
}

function nameOf({ name }: Column): string {
  return fold(name);
}
