/**
 * Days on which something is over with, which hold nothing before it is: `unpaid invoices` have no day on
 * which they were paid, `running contracts` none on which they ended.
 */
import { singular } from '../../retrieval/words.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { calledBy, codesOf } from '../columns/comment-parts.ts';
import { OF_DAY, tableWords, verbForms, wordsOf } from '../columns/name-words.ts';
import { holdsDays, holdsMonthNumbers } from '../columns/schema-columns.ts';
import { emptyNames } from './empty-names.ts';
import { doneOn } from './han-names.ts';
import { awaitedNames, HIRED, LEFT, lifeNames } from './life-names.ts';

/** What the columns are called by, beside the word for day. */
const DONE = new Set(
  `paid pay payment settled settlement closed close closing ended end finished delivered delivery shipped shipment
   received receipt arrived arrival returned return cancelled canceled cancellation resolved resolution completed
   completion terminated termination leave leaving left departure exit approved approval signed repaid refunded redeemed retired resigned`.split(
    /\s+/,
  ),
);
const OF_END = new Set(['end', 'ended', 'terminated', 'termination', 'exit']);
/** What is over with on the day, and active before. */
const OF_LIFE =
  /^(?:cancell?ed|cancell?ation|closed|close|closing|deactivated|deactivation|churned|churn)$/;
const OF_CLOSING = new Set(['closed', 'close', 'closing', 'resolved', 'resolution']);

/** More of what is done, by the word of the column. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  received: ['arrived', 'come in'],
  receipt: ['received', 'arrived'],
  return: ['returned', 'brought back'],
  leave: ['left'],
  leaving: ['left'],
  departure: ['left'],
  pay: ['paid'],
  end: ['ended', 'is over', 'are over', 'was over', 'were over', 'finished'],
  close: ['closed'],
  exit: ['exited', 'left'],
  resolution: ['resolved'],
  settlement: ['settled'],
  completion: ['completed'],
  approval: ['approved'],
};

/** What is said of rows where it is done, or, with `not`, where it is not. */
export interface StoredName {
  readonly text: string;
  readonly not: boolean;
  /** Whether it says that something goes on until then. */
  readonly goesOn?: true;
}

/** What goes on until the day; what is open is so by now. */
function namedUntilThen(text: string): StoredName {
  return { text, not: true, ...(text === 'open' ? {} : { goesOn: true }) };
}

const HAN_DONE =
  /^(?:付款|支付|到货|收货|交付|交货|送达|归还|完成|还款|发货|结清|关闭|退房|离职|缴费|缴纳|完工|竣工|结项|结案|提交|审批|审核|验收|归档|签收|开票)/u;

const PAID = /^(?:paid|pay|payment)$/;
/** What is open until it is paid. */
const OWED = /(?:invoice|bill|debit|charge|installment|claim|note|demand|due|fee)$/;
const HAN_PAID = /^(?:付款|支付|缴费|缴纳)/u;
const NOT_YET = ['未', '尚未', '还没', '还没有', '还未', '没有', '没'];

/** 在职 and 已离职, by the day on which people left. */
function hanLeftNames({ columns }: Table, column: Column): StoredName[] {
  const { name } = column;
  const [word = '', ...more] = wordsOf(name).filter((one) => !OF_DAY.test(one));
  const isLeft = /^(?:离职|辞职)/u.test(name) || (more.length === 0 && LEFT.test(word));
  if (!holdsDays(column) || !isLeft || !columns.some((one) => HIRED.test(one.name))) return [];
  return [
    ...['在职', '还在职', '仍在职', '未离职', '没离职', '没有离职', '还没离职'].map((text) => ({
      text,
      not: true,
    })),
    ...['已离职', '已经离职', '离职了', '离职的'].map((text) => ({ text, not: false })),
  ];
}

/** 未评价 and 在职, which a comment explains to be where nothing is stored: `为空表示在职`, `未评价为空`. */
function hanEmptyNames(column: Column): StoredName[] {
  const { comment } = column;
  const called = calledBy(column);
  const behind =
    /(?:为空|空值|NULL|空)\s*(?:即为|则为|表示|代表|说明|就是|即|则|为|是|指|=|＝)\s*(\p{Script=Han}{2,5})/giu;
  const before = /(?<!\p{Script=Han})(\p{Script=Han}{2,5}?)(?:的|时|则)?为空/gu;
  const found = [...comment.matchAll(behind), ...comment.matchAll(before)];
  return found.flatMap(([, text = '']) =>
    text === ''
      ? []
      : [...new Set([text, ...goesOnForms(text, called)])].map((one) => ({ text: one, not: true })),
  );
}

/** 还占用 and 仍被占用 for 仍占用, 还没还 for 未还, 在办理 for 办理中. */
function goesOnForms(text: string, called: readonly string[]): string[] {
  const goesOn = /^(?:仍|仍在|还在|尚在|在)(\p{Script=Han}{2,3})$/u.exec(text)?.[1];
  if (goesOn !== undefined)
    return ['仍', '还', '仍被', '还被', '仍在', '还在', '仍然', '尚在'].map((on) => on + goesOn);
  const denied = /^未(\p{Script=Han}{1,3})$/u.exec(text)?.[1];
  if (denied !== undefined) {
    // 未审 of 审核金额: 没审核, too.
    const verbs = called.flatMap((name) =>
      denied.length === 1 && name.startsWith(denied) ? name.slice(0, 2) : [],
    );
    return [denied, ...verbs].flatMap((verb) => NOT_YET.map((not) => not + verb));
  }
  const running = /^(\p{Script=Han}{2})中$/u.exec(text)?.[1];
  return running === undefined
    ? []
    : ['在', '正在', '还在', '仍在'].flatMap((on) => [on + running, `${on}${running}中`]);
}

/** 已到货, 尚未付款, 没缴, 欠费. */
export function hanStoredNames(table: Table, column: Column): StoredName[] {
  const [left, empty] = [hanLeftNames(table, column), hanEmptyNames(column)];
  const names = [...left, ...empty.filter(({ text }) => left.every((one) => one.text !== text))];
  const others = table.columns.filter((one) => one !== column);
  const isState = ({ text }: StoredName) =>
    others.some(
      ({ samples, comment }) =>
        samples.includes(text) ||
        codesOf(comment).some(
          ([words]) => words === text || (words.length > 1 && text.startsWith(words)),
        ),
    );
  const done = left.length > 0 ? [] : hanDoneNames(table, column);
  const unsaid = done.filter(({ text }) => names.every((one) => one.text !== text));
  return [...names, ...unsaid].filter((one) => !isState(one));
}

function hanDoneNames({ columns }: Table, column: Column): StoredName[] {
  const [word, ...more] = wordsOf(column.name).filter((one) => !OF_DAY.test(one));
  const isDone = word !== undefined && more.length === 0 && DONE.has(word);
  if (!holdsDays(column) || (!isDone && !HAN_DONE.test(column.name))) return [];
  // Rows that are what is done are there once it is: payments have no other day.
  const isOther = columns.some(
    (one) => one !== column && (holdsDays(one) || holdsMonthNumbers(one)),
  );
  if (!isOther) return [];
  const done = doneOn(column).filter((verb) => verb.length > 1);
  const isPaid = PAID.test(word ?? '') || HAN_PAID.test(column.name);
  if (isPaid) done.push('缴', '付', '交', '收');
  return [
    ...done.flatMap((verb) => [`已${verb}`, `已经${verb}`]).map((text) => ({ text, not: false })),
    ...done
      .flatMap((verb) => NOT_YET.map((not) => not + verb))
      .concat(isPaid ? ['欠费', '欠缴', '拖欠', '欠款'] : [])
      .map((text) => ({ text, not: true })),
  ];
}

/** How a column of a table says what is done; nothing for other columns. */
export function storedNames(table: Table, column: Column): StoredName[] {
  return [...emptyNames(table, column), ...doneNames(table, column), ...makerNames(table, column)];
}

/** `unsatisfied` of satisfied_on: of other things that are done, that they are not. */
function undoneNames(word: string): StoredName[] {
  return /^(?!un)[a-z]{3,}ed$/.test(word) ? [{ text: `un${word}`, not: true }] : [];
}

/** Who has done it, or what it is made of, where some rows have neither. */
const MAKER =
  /^(?!created|entered|added|updated|based|used|named|called|linked|located)[a-z]{3,}ed (?:by|from|into)$/;

/** `approved` and `unapproved` of approved_by, `refinanced` of refinanced_from. */
function makerNames({ columns }: Table, column: Column): StoredName[] {
  const words = wordsOf(column.name);
  const said = MAKER.test(words.join(' ')) ? words[0] : undefined;
  if (said === undefined || column.holdsNull !== true || holdsDays(column)) return [];
  const isOther = (one: Column) =>
    one !== column &&
    (wordsOf(one.name).includes(said) ||
      one.samples.some((value) => value.toLowerCase().includes(said)));
  return columns.some(isOther)
    ? []
    : [
        { text: said, not: false },
        { text: `un${said}`, not: true },
      ];
}

function doneNames(table: Table, column: Column): StoredName[] {
  const { columns } = table;
  const { name } = column;
  const [word, ...more] = wordsOf(name).filter((one) => !OF_DAY.test(one));
  if (!holdsDays(column) || word === undefined || more.length > 0) return [];
  const life = [...lifeNames(table, word), ...awaitedNames(word)];
  const isStated = columns.some((one) => /status|state$|active/i.test(one.name));
  const lively =
    isStated || !OF_LIFE.test(word)
      ? []
      : ['active', 'currently active', 'still active'].map(namedUntilThen);
  if (!DONE.has(word)) return [...undoneNames(word), ...lively, ...life];
  const done = [...new Set([...verbForms(singular(word)), ...(OTHERS[word] ?? [])])].filter(
    (text) => text.endsWith('ed') || !DONE.has(text) || text === 'paid' || text === 'left',
  );
  // Payments are there once they are paid.
  const isOnly = !columns.some((one) => one !== column && holdsDays(one));
  const verbs = tableWords(table.name).flatMap((one) => verbForms(singular(one)));
  if (isOnly && done.some((text) => verbs.includes(text))) return [];
  const goesOn = [
    ...(PAID.test(word) && OWED.test(tableWords(table.name).map(singular).join(' '))
      ? ['open']
      : []),
    ...(OF_END.has(word) ? ['running', 'ongoing', 'active', 'open'] : []),
    ...(OF_CLOSING.has(word) ? ['open'] : []),
  ];
  const running = isStated ? [] : goesOn.map(namedUntilThen);
  return [
    ...done.map((text) => ({ text, not: false })),
    ...[
      ...done.map((text) => `un${text}`),
      ...(PAID.test(word) ? ['outstanding', 'still outstanding', 'still to be paid'] : []),
    ].map((text) => ({ text, not: true })),
    ...running,
    ...lively,
    ...life,
  ];
}
