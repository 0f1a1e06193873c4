/** How Chinese questions say tables and columns: by Chinese names and comments, by English names in Chinese. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { hasHan, singular } from '../../retrieval/words.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { calledBy, codesOf, namesInComment, partsOf } from '../columns/comment-parts.ts';
import { thingsOfKey, thingsOfKinds } from '../columns/key-names.ts';
import { COST, type Named } from '../columns/name-costs.ts';
import { hanSynonyms, OF_DAY, tableWords, wordsOf } from '../columns/name-words.ts';
import { holdsDays, holdsYears } from '../columns/schema-columns.ts';
import { CHINESE } from '../words/chinese.ts';
import { feeIncomes } from './fee-incomes.ts';
import { translatedVerbs, translationsOf } from './han-translations.ts';

/** Ends of Chinese names that say of what kind a column is. */
const KIND =
  /(?:名称|姓名|金额|额度|日期|时间|年份|天数|数量|状态|类型|类别|方式|比例|等级|城市|地点|所在地|率)$/u;

/** Names that say themselves that they tell a kind, or that tell single rows. */
const KIND_OF =
  /(?:类型|类别|种类|品类|分类|等级|级别|状态|名称|姓名|简称|方式|编号|代码|号码|号|日期|时间|城市|地区|省份|地址|备注|说明|描述|人|员|者)$/u;

/** What tells of which kind a row is. */
const OF_KIND = /(?:类型|类别|种类|品类|分类)$|(?:^|_)(?:type|category)$/i;

/** Texts that say something whatever a schema is called. */
const SAID: ReadonlySet<string> = new Set(
  CHINESE.flatMap(([texts]) => texts.split('|').map((text) => text.trim())),
);

/** A Chinese name of a table without the word for table: 客户信息表 → 客户, 交易流水 → 交易. */
export function bareName(name: string): string {
  return name.replace(
    /(?:(?:基本|基础)?(?:信息|资料))?表$|(?:基本|基础)?信息$|(?<=..)(?:基本|基础)?资料$|记录$|明细$|(?<=..)(?:流水|台账|档案|清单|名册|目录)$/u,
    '',
  );
}

/** Ends of names that say how much something is. */
const FIGURES = /^(?:规模|净值|余额|份额|金额|价格|估值|收益|业绩|市值|评级|指标)$/u;

/** 产品 for 理财产品; not 净值 for 产品净值 with the figures of that name. */
function headOf({ columns }: Table, bare: string): string[] {
  const head = bare.slice(-2);
  const isOwn = columns.some((one) => calledBy(one).some((name) => name.endsWith(head)));
  // 赎回 of 申购赎回 is a kind of its rows.
  const isKind = columns.some(
    ({ samples, comment }) =>
      samples.includes(head) || codesOf(comment).some(([said]) => said === head),
  );
  if (isKind) return [];
  return bare.length === 4 && !isOwn && !SAID.has(head) ? [head] : [];
}

/** 存款 for 存款账户, 分期 for 分期订单; not where a column is called so. */
function frontOf({ columns }: Table, bare: string): string[] {
  const front = /^(\p{Script=Han}{2})(?:账户|合同|合约|协议|订单|申请|申请单)$/u.exec(bare)?.[1];
  const isOwn = columns.some((one) => calledBy(one).some((name) => name === front));
  return front === undefined || isOwn || SAID.has(front) || OF_WHOM.test(front) ? [] : [front];
}

/** Those who have such rows are others than these. */
const OF_WHOM = /客户|用户|会员|公司|企业|个人|单位|员工|供应|商户|机构|信息|基本|主要|合作/u;

/** What a table is called in Chinese; 退税申请 where it holds the day on which something is applied for. */
export function hanTableNames(table: Table): Named[] {
  const names = hanNamesOf(table);
  const isOfRequests = table.columns.some((column) => doneOn(column).includes('申请'));
  return isOfRequests
    ? [
        ...names,
        ...names
          .filter(([text, cost]) => cost <= COST.verb && !text.includes('申请'))
          .map(([text, cost]): Named => [`${text}申请`, cost]),
      ]
    : names;
}

function hanNamesOf(table: Table): Named[] {
  const { name, comment } = table;
  if (!hasHan(name)) {
    const own = tableWords(name);
    return [
      ...translationsOf(own).map((text): Named => [text, COST.translated]),
      ...translationsOf(own)
        .flatMap(hanSynonyms)
        .map((text): Named => [text, COST.synonym]),
      // card_txn: 交易.
      ...translationsOf(own.slice(1)).map((text): Named => [text, COST.synonym]),
      ...labelledThings(table, partsOf(comment)),
      ...thingsOfKey(table).map((text): Named => [text, COST.verb]),
      ...(hasHan(comment) ? [] : labelledRows(table)),
      ...thingsOfKinds(table).map((text): Named => [text, COST.verb]),
      // khxx, by its comment 客户信息: 客户; 规模 of 基金规模 is a figure and no row.
      ...partsOf(comment)
        .filter(hasHan)
        .map(bareName)
        .flatMap((bare) => bareNames(table, bare))
        .filter(([text]) => !FIGURES.test(text)),
    ];
  }
  const bare = bareName(name);
  const own = [name, bare, ...partsOf(comment)].filter((text) => text !== '');
  return [
    ...own.map((text): Named => [text, COST.full]),
    ...bareNames(table, bare),
    ...thingsOfKey(table).map((text): Named => [text, COST.verb]),
    // 销售单: 单子.
    ...(bare.endsWith('单') ? [['单子', COST.done] as const] : []),
  ];
}

/** Without the word for table, with another word for it, or by the end of it. */
function bareNames(table: Table, bare: string): Named[] {
  return [
    ...(bare === '' ? [] : [[bare, COST.full] as const]),
    ...hanSynonyms(bare).map((text): Named => [text, COST.synonym]),
    ...headOf(table, bare).map((text): Named => [text, COST.head]),
    ...frontOf(table, bare).map((text): Named => [text, COST.head]),
  ];
}

/** 产品 for 信托产品 whose rows are called by a 产品名称. */
function labelledThings({ columns }: Table, things: readonly string[]): Named[] {
  return columns.flatMap((column): Named[] => {
    const called = [column.name, ...partsOf(column.comment)];
    const told = called.flatMap(
      (text) => /^(\p{Script=Han}{2,4})(?:名称|姓名)$/u.exec(text)?.[1] ?? [],
    );
    return told
      .filter((thing) => things.some((one) => one.endsWith(thing) && one !== thing))
      .map((thing) => [thing, COST.verb]);
  });
}

/** 股东 for a table that nothing explains, whose second column is a 股东名称. */
function labelledRows({ columns }: Table): Named[] {
  const [key, label] = columns;
  const thing = /^(\p{Script=Han}{2,4})(?:名称|姓名|简称)$/u.exec(label?.comment.trim() ?? '')?.[1];
  return key?.primaryKey && thing !== undefined ? [[thing, COST.verb]] : [];
}

/** 上级机构 for 上级机构号: the row above, by its number. */
function aboveNames(column: Column): Named[] {
  return calledBy(column).flatMap((name): Named[] => {
    const above = /^(上级\p{Script=Han}{2,4}?)(?:编号|编码|代码|号码?|ID)$/iu.exec(name)?.[1];
    return above === undefined ? [] : [[above, COST.done]];
  });
}

/** What a column is called in Chinese. */
export function hanColumnNames(table: Table, column: Column): Named[] {
  const names = hasHan(column.name)
    ? hanNames(table, column)
    : [...translatedNames(table, column), ...commentNames(table, column)];
  return [
    ...names
      .filter(([text, cost]) => cost < COST.part || !SAID.has(text))
      .filter(([text]) => !isBounded(column, text)),
    ...kindNames(table, column),
    ...aboveNames(column),
  ];
}

/** 申购金额 is no 最低申购金额: what has a bound is not the bound. */
function isBounded(column: Column, text: string): boolean {
  return calledBy(column).some(
    (name) => /^最[低高大小多少]/u.test(name) && name.slice(2).endsWith(text),
  );
}

/** Whether a text names a column with the things that it tells the kinds of. */
export function isKindOfThings({ name, comment }: Column, text: string): boolean {
  // 类家庭 for 家庭类型 tells the kinds of no rows.
  if (calledBy({ name, comment }).some((one) => one.startsWith(text.slice(1)))) return false;
  return text.length > 2 && /^种?类/u.test(text) && !name.includes(text);
}

/** 类物料 for the type of materials: 各类物料, 哪类物料; 类家庭 for 家庭类型. */
function kindNames(table: Table, column: Column): Named[] {
  const things = calledBy(column).flatMap(
    (name) => /^(\p{Script=Han}{2,4})(?:类型|类别|种类)$/u.exec(name)?.[1] ?? [],
  );
  const isKind = column.kind === 'text' && !column.primaryKey;
  const own = isKind ? things.map((thing): Named => [`类${thing}`, COST.done]) : [];
  const bare = isKind ? [...calledBy(column), ...translationsOf(wordsOf(column.name))] : [];
  // 能源类型 for a column of 能源.
  const plain = bare
    .filter((name) => /^\p{Script=Han}{2,3}$/u.test(name) && !KIND_OF.test(name))
    .flatMap((name) => ['类型', '种类', '类别'].map((end): Named => [name + end, COST.verb]));
  return [...own, ...plain, ...kindsOfRows(table, column)];
}

function kindsOfRows(table: Table, column: Column): Named[] {
  const kinds = table.columns.filter(
    (one) =>
      one.kind === 'text' &&
      [...calledBy(one), wordsOf(one.name).join('_')].some((name) => OF_KIND.test(name)),
  );
  if (kinds.length !== 1 || kinds[0] !== column) return [];
  return hanTableNames(table).flatMap(([text, cost]) =>
    ['类', '类型', '种类'].map((kind): Named => [`${kind}${text}`, cost + COST.done]),
  );
}

/** A Chinese name, without what its table is called, without the word for its kind, or the end of it. */
function hanNames(table: Table, column: Column): Named[] {
  const { name } = column;
  return [
    ...[name, ...namesInComment(column)].map((text): Named => [text, COST.full]),
    ...bareOf(table, name).map((text): Named => [text, COST.full]),
    ...partNames(table, name),
    ...hanSynonyms(name).map((text): Named => [text, COST.synonym]),
  ];
}

/** The name without what its table is called. */
function bareOf({ name: table, comment }: Table, name: string): string[] {
  const things = [bareName(table), ...partsOf(comment).filter(hasHan)];
  return things
    .filter((thing) => name.startsWith(thing) && name.length > thing.length + 1)
    .map((thing) => name.slice(thing.length));
}

/** 办公 for 办公地点, 金额 for 合同金额. */
function partNames(table: Table, name: string): Named[] {
  const kind = KIND.exec(name)?.[0] ?? '';
  const stemmed = name.slice(0, name.length - kind.length);
  const bare = bareOf(table, name)[0] ?? name;
  const ends = [
    name.slice(-2),
    bare.slice(-3),
    ...(name.length > 5 ? [name.slice(-4)] : []),
  ].filter((text) => text.length >= 2 && text !== name);
  const isThing =
    stemmed === bareName(table.name) ||
    partsOf(table.comment).some((thing) => thing.endsWith(stemmed));
  return [
    // What is done on a day is another thing to say than the day.
    ...(stemmed.length >= 2 && !isThing && !isKindOfOthers(stemmed, kind)
      ? [stemmed, ...hanSynonyms(stemmed)].map((text): Named => [text, COST.synonym])
      : []),
    // 所属行业: 行业.
    ...(/^所[属在]\p{Script=Han}{2,}/u.test(name) ? [[name.slice(2), COST.verb] as const] : []),
    ...otherEnds(name).filter(([text]) => text.length > 1),
    ...[...ends, ...withoutMiddle(name)].map((text): Named => [text, COST.part]),
    ...feeIncomes(name),
    // 应收学费: 应收; 月租金: 每月租金.
    ...(/^[应实已](?:收|付|还|缴|发|交).{2,}/u.test(name)
      ? [[name.slice(0, 2), COST.synonym] as const]
      : []),
    ...(/^[年月日]\p{Script=Han}{2,3}$/u.test(name)
      ? [`每${name}`, `每${name.slice(0, 1)}的${name.slice(1)}`].map(
          (text): Named => [text, COST.done],
        )
      : []),
    // 实还本金: 已还本金.
    ...(/^实(?:收|付|还|缴|发|交).{2,}/u.test(name)
      ? [[`已${name.slice(1)}`, COST.synonym] as const]
      : []),
    // 年管理费率: 管理费率.
    ...(/^[年月日总][^年月日]{3,}$/u.test(name) ? [[name.slice(1), COST.synonym] as const] : []),
  ];
}

/** Those who have a kind, and what is done on a day, are others to say: 客户 is no 客户类型. */
function isKindOfOthers(stemmed: string, kind: string): boolean {
  if (/日期|时间|年份/u.test(kind)) return true;
  const isOfThings = /客户|用户|会员|人|商|产品|商品|公司|企业|机构|员工|基金|合同|单$/u.test(
    stemmed,
  );
  return isOfThings && /类型|类别|等级|状态|数量/u.test(kind);
}

/** 企业客户 for 企业 of 客户类型, where the rows are called otherwise; the code, where the comment explains it. */
export function hanKinds(table: Table, column: Column): (readonly [text: string, value: string])[] {
  const endsIn = (end: RegExp) =>
    calledBy(column)
      .find((name) => end.test(name))
      ?.replace(end, '') ?? '';
  // 审批通过 for 通过 of 审批结果.
  const done = endsIn(/(?<=^\p{Script=Han}{2})结果$/u);
  if (done !== '') return heldWords(column).map(([text, value]) => [`${done}${text}`, value]);
  const thing = endsIn(/(?<=^\p{Script=Han}{2,4})(?:类型|类别|种类)$/u);
  // 债券型基金 of funds are the things, and those that are so.
  const isTable = hanTableNames(table).some(
    ([text, cost]) => text === thing && cost < COST.synonym,
  );
  if (thing === '' || isTable) return [];
  return heldWords(column)
    .filter(([text]) => !text.endsWith(thing))
    .map(([text, value]) => [`${text}${thing}`, value]);
}

/** What a column holds in words, by itself or as its comment explains it. */
function heldWords({ comment, samples }: Column): (readonly [text: string, value: string])[] {
  const codes = codesOf(comment).filter(([, code]) => samples.includes(code));
  const stored = samples.map((text) => [text, text] as const);
  return [...codes, ...stored].filter(([text]) => /^\p{Script=Han}{2,4}$/u.test(text));
}

/** 合同号 for 合同编号, 发票号 for 发票号码, 到期日 for 到期日期. */
function otherEnds(name: string): Named[] {
  const ends: readonly (readonly [end: RegExp, others: readonly string[], cost?: number])[] = [
    [/(?<=\p{Script=Han}{2})金额$/u, ['额'], COST.done],
    [/(?<=\p{Script=Han}{2})(?<![余税限总差份面净])额$/u, ['金额'], COST.done],
    [/(?<=\p{Script=Han}{2})总额$/u, ['金额', '总金额'], COST.done],
    [/(?<=\p{Script=Han}{2})数量$/u, ['数', '量'], COST.done],
    [/(?<=\p{Script=Han}{2})(?<![人户家])数$/u, ['数量'], COST.done],
    [/编号$/u, ['号', '号码']],
    [/号码$/u, ['号', '编号']],
    [/(?<![编账帐卡房])号$/u, ['号码', '编号']],
    [/租金$/u, ['租']],
    [/^出生日期$/u, ['生日']],
    [/^生日$/u, ['出生日期', '出生日']],
    [/(?<=..)名称$/u, ['名']],
    [/日期$/u, ['日', '时间']],
    [/(?<=..)时间$/u, ['日期']],
    [/(?<=..)日$/u, ['日期']],
  ];
  return ends.flatMap(([end, others, cost = COST.synonym]) =>
    end.test(name) ? others.map((other): Named => [name.replace(end, other), cost]) : [],
  );
}

/** 风险等级 for 风险承受等级, 预期收益率 for 预期年化收益率. */
function withoutMiddle(name: string): string[] {
  return /^\p{Script=Han}{6,7}$/u.test(name) ? [name.slice(0, 2) + name.slice(4)] : [];
}

/** What is done on the day or in the year that a column tells: 签订 and 签 for 签订日期, 入职 for hire_date. */
export function doneOn(column: Column): string[] {
  if (!isTime(column)) return [];
  const { name, comment } = column;
  const called = hasHan(name) ? [name] : partsOf(comment).filter(hasHan);
  const done = called
    .map((text) => text.replace(/(?:日期|时间|年份|年度|日)$/u, ''))
    .filter((text) => text !== '' && !called.includes(text));
  const short = hasHan(name) ? done.map((text) => [...text][0] ?? '') : [];
  // A comment tells better what is done than the name in the other language.
  const translated = done.length > 0 ? [] : translatedVerbs(verbWords(wordsOf(name)));
  return [...done, ...short, ...translated];
}

/** A comment in Chinese is said in parts, as a name is. */
function commentNames(table: Table, column: Column): Named[] {
  return namesInComment(column)
    .filter(hasHan)
    .flatMap((said) => [
      ...bareOf(table, said).map((text): Named => [text, COST.synonym]),
      ...partNames(table, said),
    ]);
}

/** An English name in Chinese: in full, without its table's, with that, or its end. */
function translatedNames(table: Table, column: Column): Named[] {
  const own = wordsOf(column.name);
  const of = new Set(wordsOf(table.name).map(singular));
  const rest = own.filter((word) => !of.has(singular(word)));
  const isBare = rest.length > 0 && rest.length < own.length;
  const things = holdsDays(column)
    ? []
    : [
        ...translationsOf(wordsOf(table.name)),
        ...partsOf(table.comment).filter(hasHan).map(bareName),
      ];
  // 托管费率 of cust_rate: a comment tells better what is meant than a part of the other language.
  const isTold = namesInComment(column).some(hasHan);
  const ends = isTold ? [] : own.slice(1).flatMap((_, at) => translationsOf(own.slice(at + 1)));
  const isPlace =
    own.at(-1) === 'code' && /^(?:state|country|province|region|currency)$/.test(own[0] ?? '');
  // 费用 is no fee_type.
  const isOfMoney = /^(?:fee|charge|expense|cost|tax|payment)_type$/.test(own.join('_'));
  const isOfOther = /^(?:id|code|name|number|date)$/.test(own.at(-1) ?? '');
  const tellsStart = own.length > 1 && !isOfOther && !isOfMoney;
  const starts = !isTold && (tellsStart || isPlace) ? translationsOf(own.slice(0, -1)) : [];
  const all = translationsOf(own);
  return [
    ...[...all, ...(isBare ? translationsOf(rest) : [])].map(
      (text): Named => [text, COST.translated],
    ),
    ...things.flatMap((thing) =>
      translationsOf(rest).map((text): Named => [thing + text, COST.translated]),
    ),
    ...all.flatMap(otherEnds),
    ...all.flatMap(feeIncomes),
    ...ends.filter((text) => !all.includes(text)).map((text): Named => [text, COST.part]),
    // state_code: 州; capacity_pallets: 容量.
    ...starts.map((text): Named => [text, isPlace ? COST.synonym : COST.part]),
    // 付款 for payment_method.
    ...all
      .filter((text) => text.endsWith('方式'))
      .map((text): Named => [text.slice(0, -2), COST.synonym]),
    ...doneNames(column, own),
  ];
}

/** 入职日期 for hire_date. */
function doneNames(column: Column, own: readonly string[]): Named[] {
  if (!isTime(column)) return [];
  const verbs = translatedVerbs(verbWords(own));
  const day = holdsDays(column) ? ['日期', '时间', '日'] : ['年份', '年'];
  return verbs.flatMap((verb) => day.map((end): Named => [verb + end, COST.translated]));
}

function verbWords(own: readonly string[]): string[] {
  return own.filter((word) => !OF_DAY.test(word) && word !== 'year');
}

function isTime(column: Column): boolean {
  if (column.kind === 'date' || holdsDays(column)) return true;
  return isNumber(column) && (/year$|年份$|年度?$/i.test(column.name) || holdsYears(column));
}
