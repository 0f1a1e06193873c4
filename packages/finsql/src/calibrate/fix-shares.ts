import { applyEdits, type Edit } from '../sql/edit.ts';
import { selectList } from '../sql/select-list.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { CalibrationContext, Rule } from './rule.ts';

/** Known quotients that tell enough. */
const ENOUGH = 20;
/** Part of them that must agree. */
const AGREEING = 0.9;

const PERCENT = /percent|百分|[%％]/i;
const SHARE = /\b(?:share|fraction|proportion|ratio)\b|占比|比例|比重/i;

/**
 * Whether a share of a third is 0.33 or 33 is a habit of those who ask; a percentage is the latter. The
 * known statements tell.
 */
export const fixShares: Rule = {
  name: 'fix-shares',
  summary:
    'A quotient that is asked for is times a hundred where known questions in such words have it so, and only there.',
  when: 'always',
  apply(sql, context) {
    const kind = kindOf(context.question ?? '');
    if (kind === undefined) return sql;
    const tokens = tokenizeSql(sql);
    const factors = (selectList(tokens)?.items ?? []).flatMap(factorsIn);
    const wanted = factors.length === 0 ? undefined : habit(kind, context);
    if (wanted === undefined) return sql;
    const edits = factors
      .filter(({ value }) => Number(value) !== wanted)
      .map(
        (token): Edit => ({ at: tokens.indexOf(token), text: wanted === 100 ? '100.0' : '1.0' }),
      );
    return applyEdits(sql, tokens, edits);
  },
};

function kindOf(question: string): RegExp | undefined {
  return [PERCENT, SHARE].find((words) => words.test(question));
}

/** The 100 or 1 of `x * 100.0 / y`; none beside a factor of another quotient or of the whole. */
function factorsIn(item: readonly SqlToken[]): SqlToken[] {
  const factors = item.filter(
    ({ kind, value }) => kind === 'number' && /^(?:100|1)(?:\.0*)?$/.test(value),
  );
  const [factor, ...more] = factors;
  if (factor === undefined || more.length > 0) return [];
  const at = item.indexOf(factor);
  return item[at - 1]?.text === '*' && item[at + 1]?.text === '/' ? [factor] : [];
}

/** The factor of the quotients that known questions in such words ask for; undefined where they disagree. */
function habit(kind: RegExp, { exemplars, schema }: CalibrationContext): 1 | 100 | undefined {
  let hundred = 0;
  let all = 0;
  for (const { question, sql } of exemplars?.of(schema.name) ?? []) {
    if (kindOf(question) !== kind) continue;
    const factor = QUOTIENT.exec(sql)?.[1];
    if (factor === undefined) continue;
    all++;
    if (Number(factor) === 100) hundred++;
  }
  if (all < ENOUGH) return undefined;
  if (hundred >= AGREEING * all) return 100;
  return hundred <= (1 - AGREEING) * all ? 1 : undefined;
}

/** The first quotient before the first FROM that is no nested query's; there may be ten thousands to look at. */
const QUOTIENT = /^\s*select\b(?:(?!\bfrom\b)[\s\S])*?\*\s*(100(?:\.0*)?|1\.0*)\s*\//i;
