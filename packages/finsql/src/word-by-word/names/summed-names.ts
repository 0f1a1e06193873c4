/** What two amounts of a row come to together: 缴存总额 of 单位缴存额 and 个人缴存额, 含税金额 of 不含税金额 and 税额, 本息. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { COST, type Naming, naming } from '../columns/name-costs.ts';
import { wordsOf } from '../columns/name-words.ts';

const BY_EMPLOYER = /^(?:单位|公司|企业|雇主|用人单位)(\p{Script=Han}{2,5})$/u;
const BY_PERSON = /^(?:个人|员工|职工|雇员|本人)(\p{Script=Han}{2,5})$/u;
const RATIO = /比例|率|基数/u;

/** Two columns and what they are called together. */
const PAIRS: readonly (readonly [first: RegExp, second: RegExp, names: string])[] = [
  [
    /^(?:不含税(?:金额|额|价)?|net amount|amount net|net)$/u,
    /^(?:税额|税金|增值税|增值税额|tax|tax amount|vat|vat amount)$/u,
    '含税金额|含税额|含税总额|含税总金额|含税价|价税合计|含税|含税合计',
  ],
  [
    /^(?:本金|应还本金|principal|principal amount|principal due)$/u,
    /^(?:利息|应还利息|interest|interest amount|interest due)$/u,
    '本息|本息合计|本息总额|本息和|本息金额',
  ],
];

/** None where a column is called so itself. */
export function saidOfBoth(table: Table): Naming[] {
  const columns = table.columns.filter(isNumber);
  const isKept = (text: string) => columns.some((one) => calledBy(one).includes(text));
  return [...parties(columns), ...pairs(columns)].flatMap(({ first, second, names }) =>
    names
      .filter((text) => !isKept(text))
      .map((text) => {
        const by = { table: table.name, column: second.name };
        const steps = [{ sign: '+', by } as const];
        const of = { table: table.name, column: first.name, steps };
        const total = /总额$|合计$/u.test(text) ? ({ total: true } as const) : {};
        return naming(text, { kind: 'column', ...of, ...total, cost: COST.done });
      }),
  );
}

interface Both {
  readonly first: Column;
  readonly second: Column;
  readonly names: readonly string[];
}

/** What an employer and a person each pay of one thing. */
function parties(columns: readonly Column[]): Both[] {
  const ofWhat = (column: Column, by: RegExp) =>
    calledBy(column).flatMap((name) => by.exec(name)?.[1] ?? [])[0];
  return columns.flatMap((first) => {
    const what = ofWhat(first, BY_EMPLOYER);
    const seconds = columns.filter((one) => what !== undefined && ofWhat(one, BY_PERSON) === what);
    const [second, ...more] = seconds;
    if (what === undefined || second === undefined || more.length > 0 || RATIO.test(what))
      return [];
    const stem = what.replace(/(?:金额|额)$/u, '');
    const ends = ['总额', '总金额', '额', '金额', '合计'].map((end) => stem + end);
    const sums = ['单位和个人合计', '单位和个人缴纳合计', '单位加个人', `单位和个人${what}合计`];
    return [{ first, second, names: [...new Set([...ends, `总${what}`, `总${stem}`, ...sums])] }];
  });
}

function pairs(columns: readonly Column[]): Both[] {
  const called = (pattern: RegExp) =>
    columns.filter((one) =>
      [...calledBy(one), wordsOf(one.name).join(' ')].some((name) => pattern.test(name)),
    );
  return PAIRS.flatMap(([one, other, names]) => {
    const [first, ...more] = called(one);
    const [second, ...others] = called(other);
    const isSole = more.length + others.length === 0;
    return first === undefined || second === undefined || !isSole
      ? []
      : [{ first, second, names: names.split('|') }];
  });
}
