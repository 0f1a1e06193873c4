/**
 * Stored categories that a Chinese question says in other words: 硕士 for `Master`, 信用卡 for `credit card`,
 * 被终止 for 已终止. Only where they are stored, and only in columns that they make sense in.
 */
import type { DatabaseContext } from '../../retrieval/context.ts';
import type { Retrieval } from '../../retrieval/retrieve.ts';
import type { Place } from '../../retrieval/values/lookup.ts';
import type { LinkedValue } from '../../retrieval/values.ts';
import { hasHan } from '../../retrieval/words.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Phrase } from '../model/phrase.ts';

/** What a category costs that is said in the other language, or in another form. */
const SAID_OTHERWISE = 0.4;

/** Chinese for categories with the texts that may be stored; behind @ the columns that they are of. */
const CATEGORIES = `
女 女性 女士=Female,F,Woman,女@gender,sex,性别
男 男性 男士=Male,M,Man,男@gender,sex,性别
硕士 硕士学历 硕士学位=Master,Masters,Master's,Master's degree,MSc
博士 博士学历 博士学位=Doctorate,PhD,Doctor,Doctoral@education,degree
本科 本科学历 学士 学士学位=Bachelor,Bachelors,Bachelor's,Bachelor's degree,BSc
高风险=High@risk
中风险 中等风险=Medium,Moderate@risk
低风险=Low@risk
高=High@risk,priority,severity
低=Low@risk,priority,severity
取消的 已取消 取消了 被取消=Cancelled,Canceled
完成的 已完成 完成了=Completed,Complete,Done,Finished
待处理 待处理的=Pending@status
部分到货 部分收货=Partially received,Partial@status
部分付款 部分支付=Partially paid,Part paid,Partial@status
部分发货=Partially shipped,Partial@status
草稿=Draft@status
待审批 审批中=Pending approval,Awaiting approval@status
进行中=In progress,Ongoing@status
处理中 处理中的=Processing,In progress@status
已发货=Shipped
已送达 已签收 送达的=Delivered
已退货 退货的=Returned
已退款 退款的=Refunded
有效 有效的 生效中=Active@status
过期的 已过期 已失效 失效的=Expired
已关闭=Closed@status
逾期的 已逾期 逾期=Overdue
违约的 已违约=Defaulted
已批准 获批的 批准的 获批 通过的 审批通过=Approved,已批准,已通过
已拒绝 被拒的 被拒绝的 被拒 被拒绝 被拒了 没通过 未通过 被驳回 驳回的=Rejected,Declined,Denied,已拒绝,已驳回,驳回
已结清 结清的 已还清 还清的=Paid off,Settled
暂停申购 暂停的=Suspended
已终止 被终止的=Terminated
信用卡=credit card@method,payment,type
借记卡=debit card,debit@method,payment,type
银行转账 转账=bank transfer,wire transfer,transfer@method,payment
现金=cash@method,payment
支票=cheque,check@method,payment
自动扣款 直接扣款=direct debit@method,payment
刷卡 银行卡=card@method,payment
买入=Buy@side,rating,type,action
卖出=Sell@side,rating,type,action
持有=Hold@rating
增持=Overweight@rating
减持=Underweight@rating
申购 认购=Subscription@type,side
赎回=Redemption@type,side
科技=Technology
金融=Financials,Finance,Financial Services
能源=Energy
医药 医疗 医疗保健 医药健康=Healthcare,Health Care
工业=Industrials
房地产 地产=Real Estate
公用事业=Utilities
材料=Materials
零售业 零售=Retail
制造业=Manufacturing
建筑业=Construction
教育业=Education@industry,sector
酒店餐饮业 酒店业=Hospitality@industry,sector
股票 股票类=Equity,Equities@class,type
债券 债券类=Bond,Fixed Income,Bonds@class,type
欧洲=Europe
亚洲=Asia
非洲=Africa
北美 北美洲=North America
南美 南美洲=South America
大洋洲=Oceania
个人=Individual,Retail@type,segment
机构=Institutional,Institution@type,segment
企业=Business,Corporate,Company@type,segment
柴油=Diesel@fuel
汽油=Petrol,Gasoline@fuel
电动 纯电 纯电动=Electric@fuel
混合动力 混动=Hybrid@fuel
年假=annual,annual leave@type
病假=sick,sick leave@type
火灾=fire@cause,reason,type
盗窃 失窃=theft@cause,reason,type
水灾 洪水=flood@cause,reason,type
碰撞=collision@cause,reason,type
车险 汽车险=Auto,Motor,Car@line,type,product
寿险 人寿险=Life@line,type,product
家财险 房屋险=Home,Homeowners@line,type,product
旅行险 旅游险=Travel@line,type,product
健康险 医疗险=Health@line,type,product
储蓄账户 储蓄=savings@type
活期账户 活期=current,checking@type
定期存款 定期=fixed deposit,term deposit@type
单人间=Single@type
双人间=Double@type
双床房=Twin@type
套房=Suite@type
绿色债券 绿债=Green Bond@type,category,kind
公司债 公司债券=Corporate Bond@type,category,kind
可转债 可转换债券=Convertible Bond,Convertible@type,category,kind
中期票据 中票=Medium-Term Note,MTN@type,category,kind
短期融资券 短融=Commercial Paper@type,category,kind
董事长=Chairman,Chairperson@position,title,role
首席执行官=Chief Executive Officer,CEO@position,title,role
首席财务官 财务总监=Chief Financial Officer,CFO@position,title,role
董事会秘书 董秘=Board Secretary@position,title,role
年报 年度报告=Annual Report@category,type
回购 股份回购 股票回购=Share Buyback,Buyback,Share Repurchase@category,type
收购=Acquisition@category,type
诉讼=Litigation,Lawsuit@category,type
中标=Contract Win@category,type
外资=Foreign@type
私募 私募股权=Private Equity@type
养老金=Pension@type
展望稳定 稳定=Stable@outlook
展望正面 正面=Positive@outlook
展望负面 负面=Negative@outlook`;

/** Cities whose Chinese names are not spelled by their sound in Pinyin. */
const CITIES = `
东京 Tokyo|大阪 Osaka|京都 Kyoto|首尔 Seoul|新加坡 Singapore|曼谷 Bangkok|孟买 Mumbai|新德里 New Delhi
班加罗尔 Bangalore|迪拜 Dubai|伊斯坦布尔 Istanbul|悉尼 Sydney|墨尔本 Melbourne|奥克兰 Auckland|伦敦 London
曼彻斯特 Manchester|伯明翰 Birmingham|利兹 Leeds|布里斯托 Bristol|布里斯托尔 Bristol|利物浦 Liverpool
爱丁堡 Edinburgh|格拉斯哥 Glasgow|牛津 Oxford|剑桥 Cambridge|谢菲尔德 Sheffield|布莱顿 Brighton
都柏林 Dublin|巴黎 Paris|里昂 Lyon|马赛 Marseille|柏林 Berlin|慕尼黑 Munich|汉堡 Hamburg|法兰克福 Frankfurt
科隆 Cologne|苏黎世 Zurich|日内瓦 Geneva|巴塞尔 Basel|维也纳 Vienna|布鲁塞尔 Brussels|阿姆斯特丹 Amsterdam
鹿特丹 Rotterdam|卢森堡 Luxembourg|马德里 Madrid|巴塞罗那 Barcelona|里斯本 Lisbon|罗马 Rome|米兰 Milan
都灵 Turin|雅典 Athens|哥本哈根 Copenhagen|斯德哥尔摩 Stockholm|奥斯陆 Oslo|赫尔辛基 Helsinki|华沙 Warsaw
布拉格 Prague|布达佩斯 Budapest|莫斯科 Moscow|纽约 New York|洛杉矶 Los Angeles|芝加哥 Chicago|休斯顿 Houston
休斯敦 Houston|达拉斯 Dallas|奥斯汀 Austin|波士顿 Boston|西雅图 Seattle|旧金山 San Francisco|丹佛 Denver
迈阿密 Miami|亚特兰大 Atlanta|费城 Philadelphia|凤凰城 Phoenix|圣地亚哥 San Diego|拉斯维加斯 Las Vegas
华盛顿 Washington|多伦多 Toronto|温哥华 Vancouver|蒙特利尔 Montreal|墨西哥城 Mexico City|圣保罗 Sao Paulo
香港 Hong Kong|澳门 Macau|台北 Taipei|开罗 Cairo|内罗毕 Nairobi|约翰内斯堡 Johannesburg`;

interface Category {
  readonly said: string;
  readonly stored: readonly string[];
  readonly of: readonly string[];
}

const KNOWN: readonly Category[] = [
  ...CITIES.trim()
    .split(/[|\n]/)
    .map((city): Category => {
      const [said = '', ...stored] = city.split(' ');
      return { said, stored: [stored.join(' ')], of: [] };
    }),
  ...CATEGORIES.trim()
    .split('\n')
    .flatMap((line): Category[] => {
      const [said = '', rest = ''] = line.split('=');
      const [stored = '', of = ''] = rest.split('@');
      return said.split(' ').map((text) => ({
        said: text,
        stored: stored.split(','),
        of: of === '' ? [] : of.split(','),
      }));
    }),
];

/** 被终止的, 取消的, 被取消了, 还没付款的: of two characters with what is stored as 已终止, 未付款; 正在审核 for 审核中. */
const FORMS: readonly (readonly [form: RegExp, stored: readonly string[]])[] = [
  [/(?:已经?)?被(\p{Script=Han}{2})了/gu, ['已*', '被*']],
  [/(?<![未没有不已待被])(\p{Script=Han}{2})(?=了?的)/gu, ['已*']],
  [/(?:已经?)?被(\p{Script=Han}{2})(?=了?的)/gu, ['已*', '被*']],
  [/已经(\p{Script=Han}{2})(?=了?的)/gu, ['已*']],
  [/(?:还没有?|尚未|没有?)(\p{Script=Han}{2})(?=的)/gu, ['未*', '待*']],
  [/(?:还在|正在|仍在|在)(\p{Script=Han}{2})(?![了过])/gu, ['*中']],
];

/** The categories that a question says in other words, where it has them. */
export function hanValues(
  { schema, values }: DatabaseContext,
  { question, evidence }: Retrieval,
): Phrase[] {
  if (!hasHan(question)) return [];
  const places = evidence.flatMap((found) => [
    ...placePhrase(question, found),
    ...kindPhrase(question, found),
  ]);
  const known = KNOWN.flatMap(({ said, stored, of }) =>
    placesIn(question, said).flatMap((from) => {
      const places = stored.flatMap((text) =>
        text.length > 1 ? values.holders(text) : sampled(schema, text),
      );
      const isOf = ({ column }: Place) =>
        of.length === 0 || of.some((name) => column.toLowerCase().includes(name));
      return phraseOf(from, said.length, places.filter(isOf));
    }),
  );
  const formed = FORMS.flatMap(([form, stored]) =>
    [...question.matchAll(form)].flatMap(({ 0: text, 1: done = '', index }) =>
      phraseOf(
        index,
        text.length,
        stored.flatMap((text) => values.holders(text.replace('*', done))),
      ),
    ),
  );
  return [...known, ...formed, ...places, ...letters(schema, question)];
}

const GRADED = /grade|rating|level|tier|class|等级|级别|评级|信用/i;

/** 信用为A或B: of columns that grade, a letter that they hold. */
function letters(schema: Schema, question: string): Phrase[] {
  const found = question.matchAll(/(?<![A-Za-z\d])[A-E](?![A-Za-z\d+-])/gu);
  return [...found].flatMap(({ 0: text, index }) => {
    const places = sampled(schema, text).filter(
      ({ column, table }) => GRADED.test(column) || GRADED.test(commentOf(schema, table, column)),
    );
    return phraseOf(index, 1, places);
  });
}

function commentOf({ tables }: Schema, table: string, column: string): string {
  const found = tables.find(({ name }) => name === table);
  return found?.columns.find(({ name }) => name === column)?.comment ?? '';
}

/** 江苏省 for 江苏. */
function placePhrase(question: string, { table, column, value, from, to }: LinkedValue): Phrase[] {
  const isPlace = /city|town|province|state|region|office|location|省|市|地/i.test(column);
  if (from === undefined || to === undefined || !isPlace) return [];
  return /^[省市县区]/u.test(question.slice(to))
    ? phraseOf(from, to + 1 - from, [{ table, column, value }])
    : [];
}

/** 权益类 for 权益, 股票型 for 股票; not of a name. */
function kindPhrase(question: string, { table, column, value, from, to }: LinkedValue): Phrase[] {
  const isKind =
    from !== undefined && to !== undefined && /^[类型](?![别型])/u.test(question.slice(to));
  return isKind && /^\p{Script=Han}{2,4}$/u.test(value)
    ? phraseOf(from, to + 1 - from, [{ table, column, value }])
    : [];
}

/** Texts of one letter are in no index. */
function sampled({ tables }: Schema, text: string): Place[] {
  return tables.flatMap((table) =>
    table.columns
      .filter(({ kind, samples }) => kind === 'text' && samples.includes(text))
      .map((column) => ({ table: table.name, column: column.name, value: text })),
  );
}

function placesIn(question: string, text: string): number[] {
  return [...question.matchAll(new RegExp(text, 'gu'))].map(({ index }) => index);
}

function phraseOf(from: number, length: number, places: readonly Place[]): Phrase[] {
  if (places.length === 0) return [];
  const meanings = places.map(({ table, column, value }) => ({
    kind: 'value' as const,
    table,
    column,
    value,
    cost: SAID_OTHERWISE,
  }));
  return [{ from, to: from + length, meanings }];
}
