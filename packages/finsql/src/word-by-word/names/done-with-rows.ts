/** What people say they do, of tables that hold what was done: 买 for orders, 付 for payments. */
import { hasHan } from '../../retrieval/words.ts';
import type { Table } from '../../schema/schema.ts';
import { partsOf } from '../columns/comment-parts.ts';
import { thingsOfKey } from '../columns/key-names.ts';
import { tableWords } from '../columns/name-words.ts';
import { bareName } from './han-names.ts';
import { translationsOf } from './han-translations.ts';

/** Rows of a kind, and how a question says that there are any. */
const DONE: readonly (readonly [rows: RegExp, verbs: string])[] = [
  [/^销售/u, '买 购买 买东西 卖 卖出 卖出去 售出 消费 购物 花 花费 花钱'],
  [/^采购/u, '供货'],
  [/^订单/u, '卖 卖出 卖出去 卖掉'],
  [
    // What follows an order is no order: 采购发票.
    /^(?:订单|采购|购买)(?!发票|付款|入库|退货)/u,
    '买 购买 买东西 下单 下单子 下订单 订购 采购 购物 消费 花 花费 花钱 下过订单',
  ],
  [/^(?:付款|支付|缴费|还款)/u, '付 付款 付钱 支付 付费 交钱 缴费 收 收到'],
  [/^(?:持仓|持有|持股)/u, '持有 持仓'],
  [/^(?:认购|申购)/u, '买 购买 买入'],
  [/^(?:收款|回款)/u, '收 收款'],
  [/^(?:贷款|借款)/u, '借 借款 贷款 借钱'],
  [/^(?:理赔|赔案|索赔)/u, '理赔 索赔 申请理赔 报案 出险'],
  [/^合同$/u, '签 签约 签单 签合同'],
  [/^(?:捐款|捐赠)/u, '捐 捐款 捐赠 捐钱'],
  [/^(?:预订|预约)/u, '预订 预约 订房'],
  [/^(?:分红|派息)/u, '分红 派息'],
  [/^(?:就诊|门诊|挂号)/u, '看 看病 看诊 就诊 就医 看医生'],
  [/^(?:报修|维修)/u, '报修 维修 修 修理'],
  [/^(?:投诉)/u, '投诉'],
  [/^(?:保单|投保|承保)/u, '买 购买 投保 买保险 承保 卖 卖出 售出 出单'],
  [/^(?:佣金|提成|奖金|工资|薪资|津贴|补贴)/u, '发 发放 拿 拿到 领 领取 赚'],
  [/^(?:租赁|租约|出租)/u, '租 租赁 租用 承租 出租'],
  [/^(?:借阅|借书)/u, '借 借阅 借书'],
  [/^(?:选课|报名|选修)/u, '报 报名 选 选修'],
  [/^(?:投资)/u, '投 投资'],
  [/^(?:充值)/u, '充 充值'],
  [/^(?:处方)/u, '开 开药 开处方'],
  [/^(?:退货|退款)/u, '退 退货 退款'],
  [/^(?:调薪|加薪)/u, '调薪 加薪 涨薪'],
  [/^(?:培训)/u, '培训 参加培训'],
];

/** What one does the most of in money, and what most often; 买得最多 may be either. */
const OF_MONEY =
  /^(?:花|花费|花钱|消费|付|付款|付钱|付费|交钱|捐|捐款|捐钱|收款|发|发放|拿|拿到|领|领取|赚|充|充值)$/u;
const OF_TIMES =
  /^(?:下单|下订单|预订|预约|订房|就诊|看病|看诊|就医|看医生|报修|维修|投诉|签约|签单|签合同|报案|出险|申请理赔|借书|借阅|报名)$/u;

/** The verbs for the rows of a table. */
export function doneWith(table: Table): string[] {
  // 借款人 borrow, and are no loans.
  const called = thingsOf(table).filter((name) => !/[人者方员]$/u.test(name));
  const found = DONE.filter(([rows]) => called.some((name) => rows.test(name)));
  const said = found.flatMap(([, verbs]) => verbs.split(' '));
  // 认购过: what rows are called is a verb where it is said to be done.
  const verbal = called.filter((name) => name.length === 2);
  return [
    ...said.flatMap((verb) => [verb, ...apart(verb)]),
    ...verbal.flatMap((verb) => [`${verb}过`, `${verb}了`]),
  ];
}

/** What is added up or counted to tell who does the most of it; undefined where either may be. */
export function mostOf(verb: string): 'sum' | 'count' | undefined {
  const bare = verb.replace(/[过了]/u, '');
  if (OF_MONEY.test(bare)) return 'sum';
  return OF_TIMES.test(bare) ? 'count' : undefined;
}

/** 看过病, 报过修: what is done may stand around the word that says that it was. */
function apart(verb: string): string[] {
  const [first, object, ...more] = verb;
  return first === undefined || object === undefined || more.length > 0
    ? []
    : [`${first}过${object}`, `${first}了${object}`];
}

/** What the rows of a table are called in Chinese. */
export function thingsOf(table: Table): string[] {
  const { name, comment } = table;
  const words = tableWords(name);
  // Service orders are orders.
  const own = hasHan(name)
    ? [bareName(name)]
    : [...translationsOf(words), ...translationsOf(words.slice(1))];
  const called = [...own, ...partsOf(comment).filter(hasHan).map(bareName)];
  const ofKey = thingsOfKey(table).filter((thing) => called.every((one) => !one.endsWith(thing)));
  return [...called, ...ofKey];
}
