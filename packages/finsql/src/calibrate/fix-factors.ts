import { unitOf } from '../explain/units.ts';
import { readAmounts } from '../retrieval/quantities/amounts.ts';
import { readStated } from '../retrieval/quantities/stated-numbers.ts';
import { nameWords } from '../retrieval/words.ts';
import { type Column, fold, type Schema } from '../schema/schema.ts';
import { applyEdits } from '../sql/edit.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import { scaleBetween } from './amount-scales.ts';
import { askedColumnAt } from './asked-columns.ts';
import { isOfCalendar } from './calendar-factors.ts';
import { isNear } from './nearly-equal.ts';
import type { Rule } from './rule.ts';

/** What else a factor may stand for. */
const TIMES =
  /\b(?:hal(?:f|ves?|ved|ving)|twice|thrice|doubl\w*|tripl\w*|quadrupl\w*|thirds?|quarters?|(?:fif|six|seven|eigh|nin|ten|eleven|twelf|hundred|thousand)ths?|dozens?|times|fold|multiples?|ratios?)\b|[倍半翻成]|分之/i;
const PERCENT = /per ?cent|\bpct\b|basis points?|\bbps?\b|百分|基点|个点|[%％‰]/i;
/** `By 20 to 30 percent` has two of them. */
const RANGE =
  /\d[%％]?\s*(?:to|and|or|[-–—~～至到和或])\s*\d+(?:\.\d+)?\s*(?:per ?cent|pct\b|[%％]|个?百分点)/i;
const FALLS =
  /\b(?:los[et]s?|lost|fell|falls?|fallen|drop\w*|declin\w*|down|decreas\w*|shrank|shrunk|below)\b|跌|降|减|缩|低于/i;

/** "Gained more than 10 percent" beside a known question about 40. */
export const fixFactors: Rule = {
  name: 'fix-factors',
  summary:
    'The factor of `b > 1.4 * a` is that of the percentage in the question; there is none where the question has nothing of that kind and it brings no unit, of money or of time, to another.',
  when: 'always',
  apply(sql, { schema, question = '' }) {
    if (question === '' || RANGE.test(question)) return sql;
    const tokens = tokenizeSql(sql);
    const [factor, ...more] = factorsIn(tokens);
    if (factor === undefined || more.length > 0) return sql;
    const [percent, ...others] = percentagesIn(question);
    const written = Number(factor.value);
    const { amounts, others: numbers } = readStated(question);
    const isAmount = amounts.some((amount) => scaleBetween(written, amount) !== undefined);
    // A factor of its own, said as it stands or in words.
    if (TIMES.test(question) || isAmount || numbers.includes(written)) return sql;
    if (isOfUnits(tokens, factor, schema)) return sql;
    if (isOfCalendar(written, `${question} ${namesBeside(tokens, factor, schema)}`)) return sql;
    if (percent === undefined) {
      return PERCENT.test(question) ? sql : without(sql, tokens, factor);
    }
    const part = percent / 100;
    const known = [part, 1 + part, 1 - part, percent];
    if (others.length > 0 || known.some((one) => isNear(one, written))) return sql;
    const right = written > 1 ? 1 + part : FALLS.test(question) ? 1 - part : part;
    const text = String(Number(right.toFixed(6)));
    return applyEdits(sql, tokens, [{ at: tokens.indexOf(factor), text }]);
  },
};

/** Whether a factor brings one column to the unit of another: a power of ten, or any between two units. */
function isOfUnits(tokens: readonly SqlToken[], factor: SqlToken, schema: Schema): boolean {
  const power = Math.log10(Number(factor.value));
  if (Math.abs(power - Math.round(power)) < 1e-9) return true;
  const [one, other] = columnsBeside(tokens, factor, schema).map(
    (column) => column && unitOf(column, 'en'),
  );
  return one !== other;
}

/** What the columns on both sides of a factor are called, with their comments. */
function namesBeside(tokens: readonly SqlToken[], factor: SqlToken, schema: Schema): string {
  return columnsBeside(tokens, factor, schema)
    .map((column) => (column ? [...nameWords(column.name), column.comment].join(' ') : ''))
    .join(' ');
}

/** The columns before the sign of a comparison and behind the factor. */
function columnsBeside(
  tokens: readonly SqlToken[],
  factor: SqlToken,
  schema: Schema,
): (Column | undefined)[] {
  const at = tokens.indexOf(factor);
  const behind = tokens[at + 3]?.text === '.' ? at + 4 : at + 2;
  return [at - 2, behind].map((place) => askedColumnAt(tokens, schema, place)?.column);
}

/** The 1.4 of `b > 1.4 * a`. */
function factorsIn(tokens: readonly SqlToken[]): SqlToken[] {
  return tokens.filter(
    ({ kind }, at) =>
      kind === 'number' &&
      /^[<>]=?$/.test(tokens[at - 1]?.text ?? '') &&
      tokens[at + 1]?.text === '*',
  );
}

/** `b > 1.4 * a` → `b > a`; a column is never larger than itself, so that `a > 0.9 * a` stays. */
function without(sql: string, tokens: readonly SqlToken[], factor: SqlToken): string {
  const at = tokens.indexOf(factor);
  const behind = tokens[at + 2];
  if (behind === undefined || sameColumn(tokens, at - 2, at + 2)) return sql;
  return sql.slice(0, factor.start) + sql.slice(behind.start);
}

/** Whether the column that ends before a comparison is the one that begins behind it. */
function sameColumn(tokens: readonly SqlToken[], before: number, behind: number): boolean {
  const left = tokens.slice(tokens[before - 1]?.text === '.' ? before - 2 : before, before + 1);
  const right = tokens.slice(behind, tokens[behind + 1]?.text === '.' ? behind + 3 : behind + 1);
  const text = (part: readonly SqlToken[]) => fold(part.map(({ value }) => value).join(''));
  return text(left) === text(right);
}

function percentagesIn(question: string): number[] {
  return readAmounts(question).flatMap(({ kind, value }) => (kind === 'percentage' ? [value] : []));
}
