/** What is still owed, by two columns of a row: 欠缴金额 of 认缴金额 and 实缴金额, 未核销金额 of 金额 and 已核销. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { COST, type Naming, naming } from '../columns/name-costs.ts';
import { wordsOf } from '../columns/name-words.ts';

/** What is to be done, by the verb: 应还, 应付金额, 认缴金额. */
const TO_BE = /^(?:应|认|须|计划)(收|付|还|缴|发|交|得|退)(?!日|时|期)/u;
const DONE = /^(?:实|已)(?:际)?(收|付|还|缴|发|交|得|退)(?!日|时|期|次|款日)/u;
/** Of an amount, what of it has been used or paid back, and of what kind that is: 已核销, 已还本金. */
const USED =
  /^已(核销|使用|用|抵扣|支取|摊销|结转|支付|回款|收回|归还|偿还|开票|还|付|收)(本金|金额|额度|数量|额|款|份额)?$/u;
const WHOLE = /(?:金额|额度|总额|本金|数量|面额|份额|预算|货款)$/u;

interface Pair {
  readonly whole: Column;
  readonly done: Column;
  readonly verb: string;
  /** What the whole is of: 融资 of 融资金额. */
  readonly of: string;
  /** What stands behind the verb: 本金 of 已还本金. */
  readonly rest: string;
  readonly isUsed: boolean;
}

/** The names of what is left, with the column that it is taken off; the rows with some left, too. */
export function saidOfOwed(table: Table): Naming[] {
  const { columns } = table;
  const [only, ...others] = [...pairsOf(columns), ...usedOf(columns)];
  if (only === undefined || others.length > 0) return [];
  const { whole, done, verb } = only;
  const place = { table: table.name, column: whole.name, minus: done.name } as const;
  const isKept = (text: string) =>
    columns.some((one) => calledBy(one).some((name) => name === text || name === `${text}金额`));
  const left = ['有多少没*', '多少没*', '还差多少没*', '还有多少没*', '还剩多少没*', '还剩多少未*'];
  const named = (texts: readonly string[], more: { readonly total?: true } = {}) =>
    texts
      .map((text) => text.replaceAll('*', verb))
      .filter((text) => !isKept(text))
      .map((text) => naming(text, { kind: 'column', ...place, ...more, cost: COST.verb }));
  const rows = [
    '还欠*',
    '欠*',
    '没*清',
    '没*完',
    '没有*完',
    '未*完',
    '未*清',
    '还没*完',
    '还没*清',
    '尚未*完',
  ];
  return [
    ...named(figuresOf(only)),
    ...named(left, { total: true }),
    ...rows
      .map((text) => text.replace('*', verb))
      .map((text) => naming(text, { kind: 'property', ...place, sign: '>', cost: COST.verb })),
  ];
}

function figuresOf({ verb, of, rest, isUsed }: Pair): string[] {
  const isOfMoney = /^[收付还缴交]$/u.test(verb);
  return [
    ...[
      '欠*',
      '欠*金额',
      '欠*额',
      '未*金额',
      '未*额',
      '还没*的金额',
      '尚未*金额',
      '未*部分',
      '没*的金额',
    ],
    ...['还差', '还剩', '剩', '差', '欠', '还欠', '尚欠', '剩余未*'],
    ...(isOfMoney ? ['欠款', '欠款金额', '欠费', '欠费金额', '欠费额'] : []),
    ...(rest === '' ? [] : [`未*${rest}`, `剩余${rest}`, `待*${rest}`]),
    ...(isUsed ? ['余额', '剩余金额', '结余', '剩余额度', '可用额度'] : []),
    ...(isUsed && of !== '' ? [`${of}余额`, `${of}结余`] : []),
  ];
}

function pairsOf(columns: readonly Column[]): Pair[] {
  const verbIn = (column: Column, pattern: RegExp) =>
    isNumber(column)
      ? calledBy(column).flatMap((name) => pattern.exec(name)?.[1] ?? [])[0]
      : undefined;
  const told = columns.flatMap((whole): Pair[] => {
    const verb = verbIn(whole, TO_BE);
    const dones = columns.filter((one) => verb !== undefined && verbIn(one, DONE) === verb);
    const [done, ...more] = dones;
    if (verb === undefined || done === undefined || more.length > 0) return [];
    return [{ whole, done, verb, of: '', rest: '', isUsed: false }];
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
  return [{ whole, done, verb: '还', of: '', rest: '', isUsed: false }];
}

/** 金额 and 已核销 of one row, 融资金额 and 已还本金. */
function usedOf(columns: readonly Column[]): Pair[] {
  const figures = columns.filter(isNumber);
  const used = figures.flatMap((done) =>
    calledBy(done).flatMap((name) => {
      const [, verb, rest = ''] = USED.exec(name) ?? [];
      return verb === undefined ? [] : [{ done, verb, rest }];
    }),
  );
  const wholes = figures.flatMap((whole) =>
    calledBy(whole).flatMap((name) => {
      const isWhole = WHOLE.test(name) && !/^(?:已|未|实|剩余|最低|最高)/u.test(name);
      return isWhole ? [{ whole, of: name.replace(WHOLE, '').replace(/^总$/u, '') }] : [];
    }),
  );
  const [one, ...more] = used;
  const [all, ...others] = wholes;
  if (one === undefined || all === undefined || more.length + others.length > 0) return [];
  return [{ ...one, ...all, isUsed: true }];
}
