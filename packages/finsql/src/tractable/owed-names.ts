/** What is still owed, by two columns of a row: 欠缴金额 of 认缴金额 and 实缴金额, 未核销金额 of 金额 and 已核销. */
import { isNumber } from '../calibrate/asked-columns.ts';
import type { Column, Table } from '../schema/schema.ts';
import { calledBy } from './comment-parts.ts';
import { COST, type Said, said } from './name-costs.ts';
import { wordsOf } from './name-words.ts';

/** What is to be done, by the verb: 应还, 应付金额, 认缴金额, due_amount. */
const TO_BE = /^(?:应|认|须|计划)(收|付|还|缴|发|交|得|退)(?!日|时|期)/u;
const DONE = /^(?:实|已)(?:际)?(收|付|还|缴|发|交|得|退)(?!日|时|期|次|款日)/u;
/** Of an amount what has been used: 已核销, 已用额度. */
const USED = /^已(核销|使用|用|抵扣|支取|提|摊销|结转|支付|回款|收回|开票)/u;
const WHOLE = /^(?:总)?(?:金额|额度|总额|本金|授信额度|合同金额|预付金额|预算|预算金额)$/u;

interface Pair {
  readonly whole: Column;
  readonly done: Column;
  readonly verb: string;
}

/** The names of what is left, with the column that it is taken off; the rows with some left, too. */
export function saidOfOwed(table: Table): Said[] {
  const pairs = [...pairsOf(table), ...usedOf(table)];
  const [only, ...others] = pairs;
  if (only === undefined || others.length > 0) return [];
  const { whole, done, verb } = only;
  const place = { table: table.name, column: whole.name, minus: done.name } as const;
  const figures = [
    ...[
      '欠*',
      '欠*金额',
      '欠*额',
      '未*金额',
      '未*额',
      '还没*的金额',
      '尚未*金额',
      '少*金额',
      '剩余未*',
    ].map((text) => text.replace('*', verb)),
    ...['未*部分', '还未*金额'].map((text) => text.replace('*', verb)),
    ...(/^[收付还缴交]$/u.test(verb) ? ['欠款', '欠款金额', '欠费', '欠费金额', '欠费额'] : []),
    ...(USED.test(`已${verb}`) ? ['余额', '剩余金额', '结余', '剩余额度', '可用额度'] : []),
  ];
  const rows = [
    `还欠${verb}`,
    `欠${verb}`,
    `没${verb}清`,
    `没${verb}完`,
    `没有${verb}完`,
    `未${verb}完`,
    `还没${verb}完`,
    `未${verb}清`,
    `尚未${verb}完`,
    `还没${verb}清`,
  ];
  return [
    ...figures.map((text) => said(text, { kind: 'column', ...place, cost: COST.verb })),
    ...rows.map((text) => said(text, { kind: 'property', ...place, sign: '>', cost: COST.verb })),
  ];
}

function pairsOf({ columns }: Table): Pair[] {
  const verbIn = (column: Column, pattern: RegExp) =>
    isNumber(column)
      ? calledBy(column).flatMap((name) => pattern.exec(name)?.[1] ?? [])[0]
      : undefined;
  const told = columns.flatMap((whole): Pair[] => {
    const verb = verbIn(whole, TO_BE);
    const dones = columns.filter((one) => verb !== undefined && verbIn(one, DONE) === verb);
    const [done, ...more] = dones;
    return verb === undefined || done === undefined || more.length > 0
      ? []
      : [{ whole, done, verb }];
  });
  return told.length > 0 ? told : inEnglish(columns);
}

/** due_amount and paid_amount. */
function inEnglish(columns: readonly Column[]): Pair[] {
  const called = (pattern: RegExp) =>
    columns.filter((one) => isNumber(one) && pattern.test(wordsOf(one.name).join(' ')));
  const [whole, ...others] = called(/^(?:due amount|amount due|due)$/);
  const [done, ...more] = called(/^(?:paid amount|amount paid|paid)$/);
  if (whole === undefined || done === undefined || others.length + more.length > 0) return [];
  return [{ whole, done, verb: '还' }];
}

/** 金额 and 已核销 of one row. */
function usedOf({ columns }: Table): Pair[] {
  const wholes = columns.filter(
    (one) => isNumber(one) && calledBy(one).some((name) => WHOLE.test(name)),
  );
  const used = columns.flatMap((done) => {
    const verb = isNumber(done)
      ? calledBy(done).flatMap((name) => USED.exec(name)?.[1] ?? [])[0]
      : undefined;
    return verb === undefined ? [] : [{ done, verb }];
  });
  const [whole, ...others] = wholes;
  const [one, ...more] = used;
  if (whole === undefined || one === undefined || others.length + more.length > 0) return [];
  return [{ whole, ...one }];
}
